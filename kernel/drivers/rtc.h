/* SPDX-License-Identifier: MIT */
/*
 * rtc.h - the battery-backed clock.  rtc_read() is declared by its caller (task/clock.h).
 */
#pragma once

#include "lib/types.h"

/* Days since 1970-01-01 in the Gregorian calendar; month 1-12, day 1-31. */
int64_t days_since_1970(int year, int month, int day);
