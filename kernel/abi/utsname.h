/* SPDX-License-Identifier: MIT */
/* utsname.h - what uname(2) answers. */
#pragma once

#define __NEW_UTS_LEN 64

struct new_utsname {
	char sysname[__NEW_UTS_LEN + 1], nodename[__NEW_UTS_LEN + 1], release[__NEW_UTS_LEN + 1];
	char version[__NEW_UTS_LEN + 1], machine[__NEW_UTS_LEN + 1], domainname[__NEW_UTS_LEN + 1];
};
