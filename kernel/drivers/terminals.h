/* SPDX-License-Identifier: MIT */
/*
 * terminals.h - the machine's terminals.
 */
#pragma once

struct tty;

/* Make ttyS0 and tty1 and connect them to their devices. */
void terminal_serial_init(void); /* tty_serial.c */
void terminal_screen_init(void); /* tty_screen.c */
struct tty *terminal_console(void); /* what /dev/console stands for: `console=`, else ttyS0 */
struct tty *terminal_serial(void);  /* NULL: no such device */
struct tty *terminal_screen(void);
