# SPDX-License-Identifier: MIT
"""Cursor addressing, also beyond the edges, inserting, and erasing parts of lines and of the screen."""
from model import Random
from screen_model import COLUMNS, ROWS, Screen, options, random_text  # noqa: F401


def erase(screen, kind):
    here, row = screen.y * COLUMNS + screen.x, screen.y * COLUMNS
    first, last = [(here, row + COLUMNS), (row, here + 1), (row, row + COLUMNS),
                   (here, ROWS * COLUMNS), (0, here + 1)][kind]
    screen.erase(first, last)


def expected(seed):
    random, screen = Random(seed), Screen()
    for i in range(160):
        choice = random.below(5 if i < 120 else 4)
        a, b = 1 + random.below(30), 1 + random.below(90)
        count = a % 9 + 1
        if choice < 2:
            screen.move(b - 1, a - 1)
        elif choice == 2:
            x, y = [(0, -count), (0, count), (count, 0), (-count, 0)][b % 4]
            screen.move(screen.x + x, screen.y + y)
        elif choice == 3:
            screen.insert = b % 2 == 1
        else:
            erase(screen, b % 5)
        screen.write(random_text(random, 40))
    return list(screen.lines())
