# SPDX-License-Identifier: MIT
"""Random ranges that overlap in every way."""
from map_model import lines
from model import Random


def expected(seed):
    random, found = Random(seed), []
    for _ in range(40):
        ranges = []
        for _ in range(1 + random.below(24)):
            a, b, kind = random.below(1 << 20), random.below(1 << 20), random.below(8)
            if random.below(2):
                a, b = a & ~0xfff, b & ~0xfff
            ranges.append((min(a, b), max(a, b), kind < 4))
        found += lines("map", ranges)
    return found
