# SPDX-License-Identifier: MIT
"""Text, line ends, wrapping at the last column, scrolling, tabs."""
from model import Random
from screen_model import Screen, options, random_text  # noqa: F401


def expected(seed):
    random, screen = Random(seed), Screen()
    for _ in range(60):
        screen.write(random_text(random, 100))
        screen.write({0: "\n", 1: "\r", 2: "\b\b", 3: "\t"}.get(random.below(5), "\r\n"))
    return list(screen.lines())
