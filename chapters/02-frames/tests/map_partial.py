# SPDX-License-Identifier: MIT
"""Frames that are only partly usable."""
from map_model import lines


def expected(_):
    return [*lines("part", [(0x1800, 0x5400, True)]), *lines("within", [(0x1001, 0x1fff, True)]),
            *lines("halves", [(0x1000, 0x1800, True), (0x1800, 0x3000, True)]),
            *lines("upper_half_first", [(0x1800, 0x3000, True), (0x1000, 0x1800, True)]),
            *lines("gap", [(0x1000, 0x1800, True), (0x1801, 0x3000, True)]),
            *lines("hole", [(0x1000, 0x9000, True), (0x4fff, 0x5001, False)])]
