/* SPDX-License-Identifier: MIT */
/* uio.h - readv(2) and writev(2). */
#pragma once

#include <stdint.h>

struct iovec {
	uint64_t iov_base, iov_len; /* a user address; bytes */
};
#define UIO_MAXIOV 1024
#define RWF_HIPRI  0x1
#define RWF_DSYNC  0x2
#define RWF_SYNC   0x4
#define RWF_NOWAIT 0x8
#define RWF_APPEND 0x10
