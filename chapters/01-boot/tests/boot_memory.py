# SPDX-License-Identifier: MIT
"""The memory map of QEMU's PC, as its firmware gives it: RAM with the holes of an IBM PC, and from 7.1 on one below
2^40, which AMD's processors use for themselves."""
from strix import machine

MEMORY = 301 << 20
FIRMWARE = 0x20000  # at the top of RAM
options = {"memory": f"{MEMORY >> 20}M"}


def expected(_):
    top = MEMORY - FIRMWARE
    return ["loader=pvh", "0-9fc00 usable", "9fc00-a0000 reserved", "f0000-100000 reserved",
            f"100000-{top:x} usable", f"{top:x}-{MEMORY:x} reserved",
            "fffc0000-100000000 reserved",
            *(["fd00000000-10000000000 reserved"] if machine.qemu_version() >= (7, 1) else [])]
