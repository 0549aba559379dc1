# SPDX-License-Identifier: MIT
"""Random runs: what is used is the sum of what is held."""
from model import Random


def expected(seed):
    random, slots, found = Random(seed), {}, []
    for step in range(4000):
        i = random.below(64)
        if i in slots:
            del slots[i]
        else:
            slots[i] = 1 << random.below(10)
        if step % 500 == 499:
            found.append(f"used={sum(slots.values())}")
    return found + ["overlaps=0 misaligned=0 leaked=0"]
