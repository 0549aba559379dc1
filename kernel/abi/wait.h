/* SPDX-License-Identifier: MIT */
/*
 * wait.h - wait4(2) and waitid(2): options, and how a status word is put together.
 */
#pragma once

#define WNOHANG     0x1
#define WUNTRACED   0x2
#define WSTOPPED    0x2
#define WEXITED     0x4
#define WCONTINUED  0x8
#define WNOWAIT     0x1000000
#define __WNOTHREAD 0x20000000
#define __WALL      0x40000000
#define __WCLONE    0x80000000
#define P_ALL       0
#define P_PID       1
#define P_PGID      2
#define P_PIDFD     3

/* The status word: what a parent reads. */
#define WAIT_EXITED(code)     (((code) & 0xff) << 8)
#define WAIT_KILLED(signal)   (signal)
#define WAIT_CORE	      0x80
#define WAIT_STOPPED(signal)  ((signal) << 8 | 0x7f)
#define WAIT_CONTINUED	      0xffff
#define WAIT_IS_EXIT(status)  (((status) & 0x7f) == 0)
#define WAIT_CODE(status)     (((status) >> 8) & 0xff)
#define WAIT_SIGNAL(status)   ((status) & 0x7f)
