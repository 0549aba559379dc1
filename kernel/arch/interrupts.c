/* SPDX-License-Identifier: MIT */
/*
 * interrupts.c - who is called when a device or the timer interrupts.
 *
 * A handler runs with interrupts off, on the stack of whatever it interrupted; it only takes what
 * the device has and wakes somebody.  The controller is told of the end after the handler, so one
 * line never nests.  PCI devices may share a line: all its handlers are called.
 *
 * interrupt_register() is for boot, when drivers are initialised; handlers are never taken away,
 * so dispatching needs no lock. A handler may wake tasks, send signals and arm timers
 * (docs/locks.md, spinlocks); whether the woken task runs is decided on the way out
 * (task/return.c).
 */
#include "arch/controller.h"
#include "arch/interrupts.h"
#include "arch/timer_event.h"
#include "arch/trap.h"
#include "lib/assert.h"
#include "lib/printf.h"

#define LINES	 16
#define HANDLERS 4 /* that may share one line */

struct line_handler {
	interrupt_handler call;
	void *data;
};

/* Filled at boot only; read in interrupts. */
static struct line_handler handlers[LINES][HANDLERS];
static const struct interrupt_controller *controller;

void interrupt_register(unsigned line, interrupt_handler handler, void *data)
{
	uint64_t flags = interrupts_save();
	unsigned i = 0;

	assert(line < LINES && handler && controller);
	while (i < HANDLERS && handlers[line][i].call)
		i++;
	assert(i < HANDLERS);
	handlers[line][i] = (struct line_handler){ .call = handler, .data = data };
	/* Last: the handler is in place when the first interrupt comes. */
	controller->unmask(line);
	interrupts_restore(flags);
}

static void line_interrupt(unsigned line)
{
	debug_assert(!interrupts_enabled() && line < LINES);
	unsigned i;

	if (controller->is_spurious && controller->is_spurious(line))
		return;
	for (i = 0; i < HANDLERS && handlers[line][i].call; i++)
		handlers[line][i].call(handlers[line][i].data);
	controller->end(line);
}

void interrupt_dispatch(struct registers *r)
{
	this_cpu()->interrupts++;
	this_cpu()->interrupted = r;
	if (r->vector == VECTOR_TIMER)
		timer_event_interrupt(r);
	else if (r->vector < VECTOR_LINE0 + LINES)
		line_interrupt(r->vector - VECTOR_LINE0);
	else if (r->vector != VECTOR_SPURIOUS)
		kprintf(LOG_WARNING, "interrupt at vector %u, which nobody uses", r->vector);
}

void interrupts_init(void)
{
	pic_init();
	assert(!controller);
	controller = apic_init() ? &apic_controller : &pic_controller;
	kprintf(LOG_INFO, "interrupts: %s", controller->name);
	timer_event_init();
}
