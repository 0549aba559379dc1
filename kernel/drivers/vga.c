/* SPDX-License-Identifier: MIT */
/*
 * vga.c - the VGA's text mode: cells in memory at 0xb8000, the cursor in the CRT controller.
 *
 * Everything visible is done by ansi.c on the cells; the hardware cursor follows once after each
 * write.  Where there is no VGA the writes go to memory that nobody looks at.
 *
 * Output comes from tasks and from the log in any context, so writing is done with interrupts off;
 * no spinlock, for the log may speak of a fault in here.
 */
#include "arch/arch.h"
#include "arch/io.h"
#include "drivers/ansi.h"
#include "drivers/driver.h"
#include "drivers/vga.h"
#include "lib/assert.h"
#include "lib/printf.h"

#define VGA_MEMORY	 0xb8000
#define CRTC_INDEX	 0x3d4
#define CRTC_DATA	 0x3d5
#define CURSOR_START	 0x0a /* with bit 5: off */
#define CURSOR_END	 0x0b
#define CURSOR_HIGH	 0x0e
#define CURSOR_LOW	 0x0f
#define CURSOR_OFF	 0x20
#define ATTRIBUTE_INDEX	 0x3c0
#define ATTRIBUTE_READ	 0x3c1
#define ATTRIBUTE_RESET	 0x3da /* reading it makes the next write to 0x3c0 an index */
#define ATTRIBUTE_MODE	 0x30  /* register 0x10, palette kept on */
#define MODE_BLINK	 0x08  /* bit 7 of an attribute blinks instead of a bright background */

static struct ansi_terminal terminal;
static void (*reply_to)(const char *text, size_t bytes);

/* Index and data are two ports of one chip: with an interrupt in between that does the same the
 * data would go to another register.  Callers have interrupts off. */
static void crtc_write(uint8_t index, uint8_t value)
{
	outb(CRTC_INDEX, index);
	outb(CRTC_DATA, value);
}

/* Port writes are slow (an exit of the virtual machine each), so only what has changed is written.
 * Scan lines 14 and 15 of the 16 that a character has: an underline. */
static void cursor_update(void)
{
	static int shown_at = -1;
	static bool shown;
	int at = terminal.screen.y * VGA_COLUMNS + terminal.screen.x;

	assert(at >= 0 && at < VGA_COLUMNS * VGA_ROWS);
	if (at != shown_at) {
		crtc_write(CURSOR_HIGH, (uint8_t)(at >> 8));
		crtc_write(CURSOR_LOW, (uint8_t)at);
		shown_at = at;
	}
	if (terminal.cursor_visible != shown) {
		shown = terminal.cursor_visible;
		crtc_write(CURSOR_START, shown ? 14 : CURSOR_OFF);
	}
}

void vga_write(const char *text, size_t bytes)
{
	uint64_t flags = interrupts_save();

	assert(terminal.screen.cells); /* vga_init() comes first */
	ansi_write(&terminal, text, bytes);
	cursor_update();
	interrupts_restore(flags);
}

/* Log lines end with a newline only; the terminal's own mode stays as programs set it. */
static void console_write(const char *text, size_t bytes)
{
	uint64_t flags = interrupts_save();
	bool mode = terminal.newline_mode;

	terminal.newline_mode = true;
	vga_write(text, bytes);
	terminal.newline_mode = mode;
	interrupts_restore(flags);
}

static struct log_console console = { .name = "tty0", .write = console_write };

/* Called in the midst of vga_write(): see struct ansi_terminal. */
static void answer(struct ansi_terminal *from, const char *text, size_t bytes)
{
	if (reply_to)
		reply_to(text, bytes);
}

void vga_set_reply(void (*reply)(const char *text, size_t bytes))
{
	reply_to = reply;
}

bool vga_cursor_keys(void)
{
	return terminal.cursor_keys;
}

/* The attribute controller has one port for index and data, which take turns; after a read of 0x3da
 * it is the index's.  The index keeps bit 5 set, or the screen would go dark. */
static void bright_backgrounds(void)
{
	uint8_t mode;

	inb(ATTRIBUTE_RESET);
	outb(ATTRIBUTE_INDEX, ATTRIBUTE_MODE);
	mode = inb(ATTRIBUTE_READ);
	inb(ATTRIBUTE_RESET);
	outb(ATTRIBUTE_INDEX, ATTRIBUTE_MODE);
	outb(ATTRIBUTE_INDEX, mode & (uint8_t)~MODE_BLINK);
}

/* The firmware has left text mode 3: 80 columns, 25 rows, 16 colours.  Modes are not set here. */
static void vga_init(void)
{
	ansi_init(&terminal, direct_map(VGA_MEMORY), VGA_COLUMNS, VGA_ROWS);
	terminal.reply = answer;
	bright_backgrounds();
	crtc_write(CURSOR_END, 15);
	cursor_update();
	log_console_add(&console);
}

static struct driver vga_driver = { .name = "vga", .init = vga_init };
REGISTER(driver, vga_driver);
