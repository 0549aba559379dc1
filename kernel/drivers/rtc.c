/* SPDX-License-Identifier: MIT */
/*
 * rtc.c - time of day from the CMOS clock (Motorola MC146818).
 *
 * Once a second the chip updates its registers, and for up to 2 ms around that they must not be
 * read; "update in progress" rises 244 us before.  So a reading that begins with the bit clear and
 * ends with it clear is whole, and only one that meets the bit has to be repeated: no waiting for
 * the second to change.  Registers are BCD or binary, hours of 12 or 24, as status register B says.
 * The clock is taken to run in UTC.
 */
#include "arch/arch.h"
#include "arch/io.h"
#include "drivers/rtc.h"
#include "lib/assert.h"
#include "task/clock.h"

#define CMOS_INDEX 0x70
#define CMOS_DATA  0x71

enum { SECOND = 0, MINUTE = 2, HOUR = 4, DAY = 7, MONTH = 8, YEAR = 9, STATUS_A = 10,
       STATUS_B = 11 };
#define UPDATE_IN_PROGRESS 0x80 /* STATUS_A */
#define HOURS_24	   0x02 /* STATUS_B */
#define BINARY		   0x04
#define AFTERNOON	   0x80 /* HOUR, when it counts to 12 */
#define TRIES		   20000 /* port reads take a microsecond on a PC */

struct reading {
	uint8_t second, minute, hour, day, month, year, status_b;
};

/* Bit 7 of the index port is the mask of the NMI: 0 leaves it on. */
static uint8_t cmos_read(uint8_t index)
{
	outb(CMOS_INDEX, index);
	return inb(CMOS_DATA);
}

static bool updating(void)
{
	return cmos_read(STATUS_A) & UPDATE_IN_PROGRESS;
}

static struct reading registers_read(void)
{
	return (struct reading){
		.second = cmos_read(SECOND),
		.minute = cmos_read(MINUTE),
		.hour = cmos_read(HOUR),
		.day = cmos_read(DAY),
		.month = cmos_read(MONTH),
		.year = cmos_read(YEAR),
		.status_b = cmos_read(STATUS_B),
	};
}

/* False: there is no clock, or it never comes to rest. */
static bool reading_take(struct reading *reading)
{
	uint64_t flags = interrupts_save(); /* no pause between the two looks at the bit */
	bool whole = false;

	for (int i = 0; i < TRIES && !whole; i++) {
		if (updating())
			continue;
		*reading = registers_read();
		whole = !updating();
	}
	interrupts_restore(flags);
	return whole;
}

/* Status B says for all registers alike which of the two it is. */
static int decode(const struct reading *reading, uint8_t value)
{
	return reading->status_b & BINARY ? value : (value >> 4) * 10 + (value & 15);
}

/* 12 o'clock is 0, at noon with the bit of the afternoon. */
static int decode_hour(const struct reading *reading)
{
	int hour;

	if (reading->status_b & HOURS_24)
		return decode(reading, reading->hour);
	hour = decode(reading, reading->hour & (uint8_t)~AFTERNOON) % 12;
	return reading->hour & AFTERNOON ? hour + 12 : hour;
}

/* Years are counted from March, so that the leap day is the last of its year. */
int64_t days_since_1970(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	assert(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 31);
	return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

uint64_t rtc_read(void)
{
	struct reading now = { 0 };
	int year, month, day;
	int64_t seconds;

	if (!reading_take(&now))
		return 0;
	year = decode(&now, now.year);
	/* The chip keeps two digits; the century register is at no fixed place. */
	year += year < 70 ? 2000 : 1900;
	month = decode(&now, now.month);
	day = decode(&now, now.day);
	if (month < 1 || month > 12 || day < 1 || day > 31)
		return 0;
	seconds = days_since_1970(year, month, day) * 86400 + decode_hour(&now) * 3600 +
		  decode(&now, now.minute) * 60 + decode(&now, now.second);
	return seconds > 0 ? (uint64_t)seconds : 0;
}
