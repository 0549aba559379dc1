# SPDX-License-Identifier: MIT
"""As many are used as are held."""
from model import Random


def expected(seed):
    random, held, lines = Random(seed), set(), ["no owl: found=0 used=0 slabs=0"]
    for step in range(400):
        held ^= {random.below(64)}
        if step % 50 == 49:
            lines.append(f"owls: found=1 used={len(held)} slabs=1")
    return lines + ["no owls: found=0 used=0 slabs=0"]
