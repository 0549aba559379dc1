/* SPDX-License-Identifier: MIT */
/*
 * poll.h - poll(2), select(2), epoll(7).
 */
#pragma once

#include <stdint.h>

#define POLLIN     0x1
#define POLLPRI    0x2
#define POLLOUT    0x4
#define POLLERR    0x8
#define POLLHUP    0x10
#define POLLNVAL   0x20
#define POLLRDNORM 0x40
#define POLLRDBAND 0x80
#define POLLWRNORM 0x100
#define POLLWRBAND 0x200
#define POLLMSG    0x400
#define POLLREMOVE 0x1000
#define POLLRDHUP  0x2000

struct pollfd {
	int32_t fd;
	int16_t events, revents;
};

#define FD_SETSIZE 1024
struct fd_set_bits { /* fd_set */
	uint64_t fds_bits[FD_SETSIZE / 64];
};

#define EPOLL_CTL_ADD  1
#define EPOLL_CTL_DEL  2
#define EPOLL_CTL_MOD  3
#define EPOLLET        0x80000000
#define EPOLLONESHOT   0x40000000
#define EPOLLEXCLUSIVE 0x10000000
#define EPOLLWAKEUP    0x20000000
#define EPOLL_CLOEXEC  0x80000

struct epoll_event {
	uint32_t events;
	uint64_t data;
} __attribute__((__packed__));
