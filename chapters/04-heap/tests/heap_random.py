# SPDX-License-Identifier: MIT
"""Random steps: the bytes that are live at the end tell that every step was taken."""
from model import Random

SLOTS = 500


def expected(seed):
    random, lengths = Random(seed), {}

    def length():
        shift = random.below(15)
        return 1 + random.below(1 << shift)
    for _ in range(20000):
        slot = random.below(SLOTS)
        if slot in lengths and random.below(2):
            del lengths[slot]
            continue
        lengths[slot] = length()
        random.next()
    return [f"damage=0 live_at_end={sum(lengths.values())} leaked=0"]
