# SPDX-License-Identifier: MIT
"""The accounting by kind."""
from model import Random

CACHE = 4


def expected(seed):
    random, kinds, first = Random(seed), [0] * 5, None
    for _ in range(200):
        order = random.below(3)
        kind = random.below(5)
        kinds[kind] += 1 << order
        first = first or (kind, 1 << order)
    kinds[first[0]] -= first[1]
    kinds[CACHE] += first[1]
    return [f"kind {i}: {n}" for i, n in enumerate(kinds)] + ["adds_up=1", "as_before=1"]
