# SPDX-License-Identifier: MIT
"""Select graphic rendition: colours, bold, dim, underline, blink, reverse, and their ends."""
from model import Random
from screen_model import Screen, options, random_text  # noqa: F401

COLOURS = [30, 40, 90, 100]  # the first of eight each; from 90 on they are bright
STYLES = [0, 1, 2, 4, 5, 7, 22, 24, 25, 27, 39, 49]


def expected(seed):
    random, screen = Random(seed), Screen()
    for _ in range(120):
        choice = random.below(len(COLOURS) + 4)
        number = random.below(8 if choice < len(COLOURS) else len(STYLES))
        screen.style(COLOURS[choice] + number if choice < len(COLOURS) else STYLES[number])
        screen.write(random_text(random, 30))
    return list(screen.lines(attributes=True))
