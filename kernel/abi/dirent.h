/* SPDX-License-Identifier: MIT */
/*
 * dirent.h - directory entries as getdents64(2) packs them.
 */
#pragma once

#include <stdint.h>

struct linux_dirent64 {
	uint64_t d_ino;
	int64_t d_off;	   /* cookie of the *next* entry: what lseek(2) takes */
	uint16_t d_reclen; /* bytes to the next record, a multiple of 8 */
	uint8_t d_type;	   /* DT_* */
	char d_name[];	   /* with its NUL */
};

#define DT_UNKNOWN 0
#define DT_FIFO    1
#define DT_CHR     2
#define DT_DIR     4
#define DT_BLK     6
#define DT_REG     8
#define DT_LNK     10
#define DT_SOCK    12
#define DT_WHT     14
