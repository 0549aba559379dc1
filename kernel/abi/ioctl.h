/* SPDX-License-Identifier: MIT */
/*
 * ioctl.h - ioctl(2) requests: terminals (ioctl_tty(2)), any descriptor, consoles, block devices.
 */
#pragma once

#include <stdint.h>

/* How newer requests are put together: direction, bytes of the argument, subsystem, number. */
#define _IOC(direction, type, number, bytes)                                                       \
	((direction) << 30 | (unsigned)(bytes) << 16 | (type) << 8 | (number))

#define TCGETS             0x5401
#define TCSETS             0x5402
#define TCSETSW            0x5403
#define TCSETSF            0x5404
#define TCGETA             0x5405
#define TCSETA             0x5406
#define TCSETAW            0x5407
#define TCSETAF            0x5408
#define TCSBRK             0x5409
#define TCXONC             0x540a
#define TCFLSH             0x540b
#define TIOCEXCL           0x540c
#define TIOCNXCL           0x540d
#define TIOCSCTTY          0x540e
#define TIOCGPGRP          0x540f
#define TIOCSPGRP          0x5410
#define TIOCOUTQ           0x5411
#define TIOCSTI            0x5412
#define TIOCGWINSZ         0x5413
#define TIOCSWINSZ         0x5414
#define TIOCMGET           0x5415
#define TIOCMBIS           0x5416
#define TIOCMBIC           0x5417
#define TIOCMSET           0x5418
#define TIOCGSOFTCAR       0x5419
#define TIOCSSOFTCAR       0x541a
#define FIONREAD           0x541b
#define TIOCINQ            0x541b
#define TIOCLINUX          0x541c
#define TIOCCONS           0x541d
#define TIOCGSERIAL        0x541e
#define TIOCSSERIAL        0x541f
#define TIOCPKT            0x5420
#define FIONBIO            0x5421
#define TIOCNOTTY          0x5422
#define TIOCSETD           0x5423
#define TIOCGETD           0x5424
#define TCSBRKP            0x5425
#define TIOCSBRK           0x5427
#define TIOCCBRK           0x5428
#define TIOCGSID           0x5429
#define TCGETS2            0x802c542a
#define TCSETS2            0x402c542b
#define TCSETSW2           0x402c542c
#define TCSETSF2           0x402c542d
#define TIOCGPTN           0x80045430
#define TIOCSPTLCK         0x40045431
#define TIOCGDEV           0x80045432
#define TIOCSIG            0x40045436
#define TIOCVHANGUP        0x5437
#define TIOCGPKT           0x80045438
#define TIOCGPTLCK         0x80045439
#define TIOCGEXCL          0x80045440
#define TIOCGPTPEER        0x5441
#define FIONCLEX           0x5450
#define FIOCLEX            0x5451
#define FIOASYNC           0x5452
#define FIOQSIZE           0x5460
#define TIOCPKT_DATA       0x0
#define TIOCPKT_FLUSHREAD  0x1
#define TIOCPKT_FLUSHWRITE 0x2
#define TIOCPKT_STOP       0x4
#define TIOCPKT_START      0x8
#define TIOCPKT_NOSTOP     0x10
#define TIOCPKT_DOSTOP     0x20
#define TIOCPKT_IOCTL      0x40
#define TIOCM_DTR          0x2
#define TIOCM_RTS          0x4
#define TIOCM_CTS          0x20
#define TIOCM_CAR          0x40
#define TIOCM_DSR          0x100

#define KDGETMODE     0x4b3b
#define KDSETMODE     0x4b3a
#define KDGKBTYPE     0x4b33
#define KDGKBMODE     0x4b44
#define KDSKBMODE     0x4b45
#define KDSIGACCEPT   0x4b4e
#define KDGKBENT      0x4b46
#define KDSKBENT      0x4b47
#define GIO_FONT      0x4b60
#define VT_OPENQRY    0x5600
#define VT_GETMODE    0x5601
#define VT_SETMODE    0x5602
#define VT_GETSTATE   0x5603
#define VT_ACTIVATE   0x5606
#define VT_WAITACTIVE 0x5607
#define KD_TEXT       0x0
#define KD_GRAPHICS   0x1
#define KB_101        0x2
#define K_RAW         0x0
#define K_XLATE       0x1
#define K_MEDIUMRAW   0x2
#define K_UNICODE     0x3

#define RNDGETENTCNT  0x80045200

#define BLKROSET        0x125d
#define BLKROGET        0x125e
#define BLKRRPART       0x125f
#define BLKGETSIZE      0x1260
#define BLKFLSBUF       0x1261
#define BLKSSZGET       0x1268
#define BLKBSZGET       0x80081270
#define BLKGETSIZE64    0x80081272
#define BLKDISCARD      0x1277
#define BLKPBSZGET      0x127b
#define FICLONE         0x40049409
#define FICLONERANGE    0x4020940d
struct file_clone_range { /* ioctl_ficlonerange(2) */
	int64_t from; /* a descriptor */
	uint64_t offset, length, to_offset;
};
#define FS_IOC_FIEMAP   0xc020660b
#define FS_IOC_GETFLAGS 0x80086601
#define FS_IOC_SETFLAGS 0x40086602
#define FIBMAP          0x1
#define FIGETBSZ        0x2
