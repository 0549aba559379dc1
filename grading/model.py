# SPDX-License-Identifier: MIT
"""What models of in-kernel tests share: the kernel's pseudo-random numbers (kernel/ktest.c)."""

MASK = (1 << 64) - 1


class Random:
    """splitmix64, seeded like the kernel by `seed=N`."""

    def __init__(self, seed):
        self._state = seed

    def next(self):
        self._state = (self._state + 0x9e3779b97f4a7c15) & MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xbf58476d1ce4e5b9) & MASK
        z = ((z ^ (z >> 27)) * 0x94d049bb133111eb) & MASK
        return z ^ (z >> 31)

    def below(self, limit):
        return self.next() % limit
