/* SPDX-License-Identifier: MIT */
/*
 * reboot_call.c - reboot(2).  The two magic numbers keep a stray jump from ending the machine.
 *
 * Nothing is synchronised or stopped first: that is the caller's duty, as on Linux.
 *
 * Errors (reboot(2)): EPERM without CAP_SYS_BOOT, EINVAL for magic numbers or an unknown command.
 * The report channel gets an "end" record first, so the one who runs the machine can tell an
 * orderly end.
 */
#include "abi/errno.h"
#include "abi/reboot.h"
#include "abi/syscalls.h"
#include "drivers/power.h"
#include "drivers/report.h"
#include "lib/printf.h"
#include "task/credentials.h"

static bool magic_is_right(uint32_t magic, uint32_t magic2)
{
	return magic == LINUX_REBOOT_MAGIC1 &&
	       (magic2 == LINUX_REBOOT_MAGIC2 || magic2 == LINUX_REBOOT_MAGIC2A ||
		magic2 == LINUX_REBOOT_MAGIC2B || magic2 == LINUX_REBOOT_MAGIC2C);
}

long sys_reboot(uint32_t magic, uint32_t magic2, uint32_t command, user_address argument)
{
	if (!capable(CAP_SYS_BOOT))
		return -EPERM;
	if (!magic_is_right(magic, magic2))
		return -EINVAL;
	switch (command) {
	case LINUX_REBOOT_CMD_CAD_ON:
	case LINUX_REBOOT_CMD_CAD_OFF:
		return 0; /* ctrl-alt-del does nothing here */
	case LINUX_REBOOT_CMD_POWER_OFF:
		kprintf(LOG_INFO, "power off");
		report_record("end", "", 0);
		machine_power_off();
	case LINUX_REBOOT_CMD_HALT:
		kprintf(LOG_INFO, "halted");
		report_record("end", "", 0);
		machine_halt();
	case LINUX_REBOOT_CMD_RESTART:
	case LINUX_REBOOT_CMD_RESTART2:
		kprintf(LOG_INFO, "restart");
		report_record("end", "", 0);
		machine_restart();
	default:
		return -EINVAL;
	}
}
