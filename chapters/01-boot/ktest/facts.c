/* SPDX-License-Identifier: MIT */
/*
 * facts.c - what the kernel learns at boot: the memory map, the module, the command line, the date;
 * and how it speaks: formats, the log.
 */
#include "arch/arch.h"
#include "drivers/rtc.h"
#include "ktest.h"
#include "lib/command_line.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "task/clock.h"

static void boot_memory(void)
{
	static const char *const kinds[] = { "usable", "reserved", "acpi", "acpi-nvs", "bad" };

	observe("loader=%s", boot_info.loader);
	for (unsigned i = 0; i < boot_info.range_count; i++) {
		const struct memory_range *range = &boot_info.ranges[i];

		observe("%lx-%lx %s", range->start, range->end, kinds[range->kind]);
	}
}
KTEST(boot_memory);

static void boot_module(void)
{
	const uint8_t *bytes = direct_map(boot_info.module_start);
	uint64_t length = boot_info.module_end - boot_info.module_start, hash = 0xcbf29ce484222325;

	for (uint64_t i = 0; i < length; i++)
		hash = (hash ^ bytes[i]) * 0x100000001b3;
	observe("length=%lu", length);
	observe("hash=%lx", hash);
	observe("outside_the_kernel=%d", boot_info.module_start >= physical_of(image_end) ||
						 boot_info.module_end <= physical_of(image_start));
}
KTEST(boot_module);

static void observe_word(const char *name, size_t room)
{
	char value[32];

	if (command_line_get(name, value, room))
		observe("%s=%s", name, value);
	else
		observe("%s: no", name);
}

static void boot_words(void)
{
	observe_word("colour", 32);
	observe_word("twice", 32);
	observe_word("empty", 32);
	observe_word("absent", 32);
	observe_word("hidden", 32);
	observe_word("col", 32);
	observe_word("long", 4);
	observe("bare=%d", command_line_has("bare"));
	observe("bar=%d", command_line_has("bar"));
	observe("colour_is_bare=%d", command_line_has("colour"));
	observe("hexadecimal=%lu", command_line_number("hexadecimal", 7));
	observe("otherwise=%lu", command_line_number("absent", 7));
	observe("arguments=%s", command_line_arguments());
}
KTEST(boot_words);

static void clock_date(void)
{
	observe("now=%lu", rtc_read());
	for (int i = 0; i < 40; i++) {
		int year = (int)(1970 + ktest_random_below(431));
		int month = (int)(1 + ktest_random_below(12)), day = (int)(1 + ktest_random_below(28));

		observe("%d-%02d-%02d=%ld", year, month, day, days_since_1970(year, month, day));
	}
	observe("2000-02-29=%ld", days_since_1970(2000, 2, 29));
	observe("1969-12-31=%ld", days_since_1970(1969, 12, 31));
}
KTEST(clock_date);

static void printf_forms(void)
{
	static char narrow[] = "%hhd|%hd|%zu|%td"; /* no literal: a compiler would narrow for us */
	char small[8];
	int length;

	observe("%d|%5d|%-5d|%05d|%+d|% d", -42, 42, 42, 42, 42, 42);
	observe("%u|%x|%X|%#x|%o|%08lx", 4294967295u, 0xbeefu, 0xbeefu, 0xbeefu, 8u, 0xfeedUL);
	observe("%ld|%lu|%lld", -9223372036854775807L - 1, 18446744073709551615UL, 1LL << 62);
	observe(narrow, 300, 70000, (size_t)7, (ptrdiff_t)-7);
	observe("%s|%10s|%-10s|%.3s|%c|%%", "owl", "owl", "owl", "strix", 'x');
	observe("%*d|%-*d|%.*s", 6, 1, 6, 1, 2, "abc");
	observe("%.0d|%.3d|%5.3d|%x", 0, 7, 7, 0);
	length = snprintf(small, sizeof(small), "%s", "longer than that");
	observe("cut=%s length=%d", small, length);
	length = snprintf(NULL, 0, "%d", 12345);
	observe("length=%d", length);
}
KTEST(printf_forms);

#define LINES 300

/* Their end comes right before the machine's: nothing may stay behind in the device. */
static void log_lines(void)
{
	log_console_level = LOG_DEBUG;
	for (int i = 0; i < LINES; i++)
		kprintf(i % 2 ? LOG_INFO : LOG_ERROR, "line %d of %d: %016lx", i, LINES,
			ktest_random());
	log_console_level = LOG_WARNING;
	kprintf(LOG_WARNING, "not below the level: hidden");
	kprintf(LOG_ERROR, "below the level: shown");
}
KTEST(log_lines);
