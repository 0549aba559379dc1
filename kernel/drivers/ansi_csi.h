/* SPDX-License-Identifier: MIT */
/*
 * ansi_csi.h - what ansi.c's state machine calls when a sequence is complete.
 */
#pragma once

#include "drivers/ansi.h"

/* The parameter at `index`, from 0; 0 when it was not given. */
static inline int ansi_parameter(const struct ansi_terminal *terminal, int index)
{
	return index < terminal->parameter_count ? terminal->parameters[index] : 0;
}

/* As a count or a position: what is not given, or 0, is 1. */
static inline int ansi_count(const struct ansi_terminal *terminal, int index)
{
	return max(ansi_parameter(terminal, index), 1);
}

/* Carries out "CSI parameters letter". */
void ansi_csi(struct ansi_terminal *terminal, char letter);
/* Answers as a VT102. */
void ansi_identify(struct ansi_terminal *terminal);

/* ---- ansi_cursor.c ---- */
/* To a position as the program counts it, but both from 0. */
void ansi_move_to(struct ansi_terminal *terminal, int x, int y);
/* The cursor's row as the program counts it, from 0. */
int ansi_row(const struct ansi_terminal *terminal);
/* The letters that move the cursor; false: it is another letter. */
bool ansi_csi_move(struct ansi_terminal *terminal, char letter);
void ansi_set_scroll_region(struct ansi_terminal *terminal);
/* ESC 7 and ESC 8: position, style and character sets. */
void ansi_cursor_save(struct ansi_terminal *terminal);
void ansi_cursor_restore(struct ansi_terminal *terminal);

/* ---- ansi_style.c ---- */
void ansi_select_style(struct ansi_terminal *terminal);
