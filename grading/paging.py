# SPDX-License-Identifier: MIT
"""Page tables, walked from outside (SDM vol. 3, 4.5): rights are the AND along the path."""
import struct

PRESENT, WRITE, USER, LARGE, NX = 1, 2, 4, 0x80, 1 << 63
ADDRESS = 0x000ffffffffff000
SIZES = {4: 1 << 39, 3: 1 << 30, 2: 1 << 21, 1: 1 << 12}


def leaves(monitor, table, level=4, base=0, rights=WRITE | USER, first=0, last=511):
    """(address, size, physical, rights) of all that is mapped; rights: of WRITE, USER, NX."""
    entries = struct.unpack("<512Q", monitor.memory(table, 4096, physical=True))
    for i in range(first, last + 1):
        entry = entries[i]
        if not entry & PRESENT:
            continue
        address = base + i * SIZES[level]
        if level == 4 and i >= 256:
            address |= 0xffff << 48
        here = (rights & entry & (WRITE | USER)) | ((rights | entry) & NX)
        if level == 1 or (level < 4 and entry & LARGE):
            yield address, SIZES[level], entry & ADDRESS & -SIZES[level], here
        else:
            yield from leaves(monitor, entry & ADDRESS, level - 1, address, here)


def letters(rights):
    return "r" + ("w" if rights & WRITE else "-") + ("-" if rights & NX else "x")
