# SPDX-License-Identifier: MIT
"""A firmware's map with overlaps, 64 GiB: the same whatever its order."""
from map_model import lines

RANGES = [(0, 0x9fc00, True), (0x9fc00, 0xa0000, False), (0xf0000, 0x100000, False),
          (0x100000, 0xbfffa400, True), (0x8000000, 0x8200800, False),
          (0xbffe0000, 0xbfff0000, False), (0xbff00000, 0xbffe0001, False),
          (0x100000000, 0x1000000000, True)]


def expected(_):
    return lines("order", RANGES) * 4
