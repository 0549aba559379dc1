/* SPDX-License-Identifier: MIT */
/*
 * i8042.c - talking to the keyboard controller.
 *
 * Port 0x60 carries data both ways, 0x64 takes commands and gives the status.  "Output full" means
 * a byte waits for us, "input full" that the controller has not yet taken our last one.  Waiting is
 * bounded: emulated controllers answer at once, and a machine without one must still boot.
 *
 * Two devices share the data port; the status says whose byte it is. The mouse stays off: its
 * bytes would only fill the buffer and keep the keyboard waiting. Interrupts are off, or the lock
 * of keyboard.c held, wherever the ports are touched.
 */
#include "arch/arch.h"
#include "arch/io.h"
#include "drivers/i8042.h"
#include "lib/assert.h"

#define DATA		     0x60
#define STATUS		     0x64
#define COMMAND		     0x64
#define STATUS_OUTPUT_FULL   0x01
#define STATUS_INPUT_FULL    0x02
#define STATUS_FROM_MOUSE    0x20
#define READ_CONFIGURATION   0x20
#define WRITE_CONFIGURATION  0x60
#define DISABLE_MOUSE	     0xa7
#define DISABLE_KEYBOARD     0xad
#define ENABLE_KEYBOARD	     0xae
#define CONFIG_INTERRUPTS    0x03 /* keyboard's and mouse's */
#define CONFIG_KEYBOARD	     0x01
#define CONFIG_KEYBOARD_OFF  0x10
#define CONFIG_TRANSLATE     0x40 /* scan codes to set 1 */
#define KEYBOARD_SCAN_ON     0xf4
#define KEYBOARD_ACKNOWLEDGE 0xfa
#define TRIES		     10000

static bool wait_input_empty(void)
{
	for (int i = 0; i < TRIES; i++)
		if (!(inb(STATUS) & STATUS_INPUT_FULL))
			return true;
	return false;
}

static bool wait_output_full(void)
{
	for (int i = 0; i < TRIES; i++)
		if (inb(STATUS) & STATUS_OUTPUT_FULL)
			return true;
	return false;
}

static bool command(uint8_t byte)
{
	if (!wait_input_empty())
		return false;
	outb(COMMAND, byte);
	return true;
}

static bool send(uint8_t byte)
{
	if (!wait_input_empty())
		return false;
	outb(DATA, byte);
	return true;
}

/* 0 when the controller does not answer; then nothing else will work either. */
static uint8_t configuration_read(void)
{
	if (!command(READ_CONFIGURATION) || !wait_output_full())
		return 0;
	return inb(DATA);
}

static void configuration_write(uint8_t value)
{
	if (command(WRITE_CONFIGURATION))
		send(value);
}

/* At most as many bytes as any controller or device could hold: one that never runs dry must not
 * stop the boot. */
static void flush(void)
{
	for (int i = 0; i < 64 && inb(STATUS) & STATUS_OUTPUT_FULL; i++)
		inb(DATA);
}

/* Both devices off first: what they sent meanwhile would be taken for the answer to a command. */
bool i8042_init(void)
{
	uint8_t configuration;

	assert(!interrupts_enabled());
	/* An absent port reads as ones. */
	if (inb(STATUS) == 0xff || !command(DISABLE_KEYBOARD) || !command(DISABLE_MOUSE))
		return false;
	flush();
	configuration = configuration_read();
	configuration_write((configuration & (uint8_t)~CONFIG_INTERRUPTS) | CONFIG_TRANSLATE);
	return true;
}

void i8042_enable_keyboard(void)
{
	uint64_t flags = interrupts_save(); /* the acknowledgement is no key */
	uint8_t configuration = configuration_read();

	command(ENABLE_KEYBOARD);
	/* The keyboard's acknowledgement is thrown away here, while no interrupt can take it for a
	 * key. */
	if (send(KEYBOARD_SCAN_ON) && wait_output_full())
		flush();
	configuration &= (uint8_t)~CONFIG_KEYBOARD_OFF;
	configuration_write(configuration | CONFIG_KEYBOARD);
	interrupts_restore(flags);
}

/* The mouse's bytes and acknowledgements are read and dropped, or they would stay at the door. */
bool i8042_read_key(uint8_t *byte)
{
	for (;;) {
		uint8_t status = inb(STATUS);

		if (!(status & STATUS_OUTPUT_FULL))
			return false;
		*byte = inb(DATA);
		if (!(status & STATUS_FROM_MOUSE) && *byte != KEYBOARD_ACKNOWLEDGE)
			return true;
	}
}
