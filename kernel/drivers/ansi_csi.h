/* SPDX-License-Identifier: MIT */
/*
 * ansi_csi.h - what ansi.c's state machine calls when a sequence is complete.
 */
#pragma once

#include "drivers/ansi.h"

/* Carries out "CSI parameters letter". */
void ansi_csi(struct ansi_terminal *terminal, char letter);
/* Answers as a VT102. */
void ansi_identify(struct ansi_terminal *terminal);
void ansi_cursor_save(struct ansi_terminal *terminal);
void ansi_cursor_restore(struct ansi_terminal *terminal);
/* ansi_style.c */
void ansi_select_style(struct ansi_terminal *terminal);
