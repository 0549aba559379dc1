# SPDX-License-Identifier: MIT
"""A screen of 80 by 25 that scrolls: rows wrap, and what comes in at the bottom is plain."""
from model import Random

COLUMNS, ROWS = 80, 25
GREY, GREEN = 0x07, 0x0a


class Screen:
    def __init__(self):
        self.rows = [[0x0720] * COLUMNS for _ in range(ROWS)]
        self.x = self.y = 0
        self.colour, self.wraps = GREY, False

    def newline(self):
        self.y += 1
        if self.y == ROWS:
            self.rows = self.rows[1:] + [[0x0720] * COLUMNS]
            self.y = ROWS - 1

    def put(self, character):
        if self.wraps:  # the row was full: only the next character goes on
            self.x, self.wraps = 0, False
            self.newline()
        self.rows[self.y][self.x] = self.colour << 8 | character
        self.wraps = self.x == COLUMNS - 1
        self.x = min(self.x + 1, COLUMNS - 1)

    def line_ends(self):
        self.x, self.wraps = 0, False
        self.newline()


def expected(seed):
    random, screen, number = Random(seed), Screen(), 0xcbf29ce484222325
    for i in range(500):
        count = 10 + random.below(90)
        if i % 4 == 0:
            screen.colour = GREEN if i % 8 else GREY
        for at in range(count):
            screen.put(ord("!") + (i + at) % 94)
        screen.line_ends()
    for row in screen.rows:
        for cell in row:
            number = (number ^ cell) * 0x100000001b3 & (1 << 64) - 1
    return [f"screen={number:x}"]
