/* SPDX-License-Identifier: MIT */
/* socket.h - socket(2): only what programs that find no network need to be told so properly. */
#pragma once

#include <stdint.h>

#define AF_UNSPEC        0
#define AF_UNIX          1
#define AF_INET          2
#define AF_INET6         10
#define AF_NETLINK       16
#define AF_PACKET        17
#define SOCK_STREAM      1
#define SOCK_DGRAM       2
#define SOCK_RAW         3
#define SOCK_SEQPACKET   5
#define SOCK_CLOEXEC     02000000
#define SOCK_NONBLOCK    04000
#define SOL_SOCKET       1
#define SO_TYPE          3
#define SO_ERROR         4
#define SO_SNDBUF        7
#define SO_RCVBUF        8
#define SO_PEERCRED      17
#define SO_REUSEADDR     2
#define SO_KEEPALIVE     9
#define SO_PASSCRED      16
#define SHUT_RD          0
#define SHUT_WR          1
#define SHUT_RDWR        2
#define MSG_OOB          0x1
#define MSG_PEEK         0x2
#define MSG_DONTWAIT     0x40
#define MSG_NOSIGNAL     0x4000
#define MSG_TRUNC        0x20
#define MSG_CTRUNC       0x8
#define MSG_WAITALL      0x100
#define MSG_CMSG_CLOEXEC 0x40000000
#define SCM_RIGHTS       1
#define SCM_CREDENTIALS  2

struct sockaddr {
	uint16_t sa_family;
	char sa_data[14];
};
struct sockaddr_un {
	uint16_t sun_family;
	char sun_path[108];
};
struct msghdr { /* as the kernel reads it: addresses are user addresses */
	uint64_t msg_name;
	int32_t msg_namelen;
	uint64_t msg_iov, msg_iovlen, msg_control, msg_controllen;
	uint32_t msg_flags;
};
