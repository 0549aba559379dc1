/* SPDX-License-Identifier: MIT */
/* sysinfo.h - what sysinfo(2) answers. */
#pragma once

#include <stdint.h>

struct sysinfo {
	int64_t uptime;	   /* seconds */
	uint64_t loads[3]; /* 1, 5, 15 minutes, scaled by 1 << SI_LOAD_SHIFT */
	/* in mem_unit bytes */
	uint64_t totalram, freeram, sharedram, bufferram, totalswap, freeswap;
	uint16_t procs, pad;
	uint64_t totalhigh, freehigh;
	uint32_t mem_unit;
};
#define SI_LOAD_SHIFT 16
