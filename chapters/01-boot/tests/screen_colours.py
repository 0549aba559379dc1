# SPDX-License-Identifier: MIT
"""Select graphic rendition: colours, bold, dim, underline, blink, reverse, and their ends."""
from model import Random
from screen_model import Screen, options, random_text  # noqa: F401

STYLES = [0, 1, 2, 4, 5, 7, 22, 24, 25, 27, 39, 49]


def expected(seed):
    random, screen = Random(seed), Screen()
    for _ in range(120):
        choice = random.below(4)
        number = random.below(len(STYLES) if choice >= 2 else 8)
        screen.style(STYLES[number] if choice >= 2 else 30 + 10 * choice + number)
        screen.write(random_text(random, 30))
    return list(screen.lines(attributes=True))
