/* SPDX-License-Identifier: MIT */
/*
 * uts.h - the machine's names, as uname(2) and /proc/sys/kernel show them.
 */
#pragma once

#include "abi/utsname.h"

extern struct new_utsname uts; /* nodename and domainname change whole, by one copy */
