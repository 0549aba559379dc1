/* SPDX-License-Identifier: MIT */
/*
 * glyphs.h - which character of the VGA font (code page 437) shows a Unicode character.
 */
#pragma once

#include "lib/types.h"

/* The font's character for `rune`; one that it lacks shows as a block. */
uint8_t glyph_of(uint32_t rune);
/* DEC's line-drawing set: 0x5f-0x7e mean lines and symbols. */
uint8_t glyph_of_graphics(uint8_t c);
