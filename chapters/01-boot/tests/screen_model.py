# SPDX-License-Identifier: MIT
"""A terminal of 80 x 25 cells: what console_codes(4) says, as far as the tests draw."""
COLUMNS, ROWS = 80, 25
VGA_COLOUR = [0, 4, 2, 6, 1, 5, 3, 7]  # ANSI counts red 1, VGA blue 1
VGA_COLOUR += [8 | colour for colour in VGA_COLOUR]  # the bright ones
UNDERLINE, DIM = 6, 8  # the colours that stand for what colour text cannot do
options = {"devices": ["-device", "VGA"]}


class Screen:
    def __init__(self):
        self.cells = [[" "] * COLUMNS for _ in range(ROWS)]
        self.attributes = [[7] * COLUMNS for _ in range(ROWS)]
        self.x = self.y = 0
        self.wrap = self.insert = False
        self.reset()

    # ---- style
    def reset(self):
        self.front, self.back, self.bold, self.blink, self.reverse = 7, 0, False, False, False
        self.dim = self.underline = False

    def style(self, n):
        if n == 0:
            self.reset()
        elif n in (1, 2, 22):
            self.bold, self.dim = n == 1, n == 2
        elif n in (4, 24):
            self.underline = n == 4
        elif n in (5, 25):
            self.blink = n == 5
        elif n in (7, 27):
            self.reverse = n == 7
        elif 30 <= n <= 37:
            self.front = n - 30
        elif 40 <= n <= 47:
            self.back = n - 40
        elif 90 <= n <= 97:
            self.front = n - 90 + 8
        elif 100 <= n <= 107:
            self.back = n - 100 + 8
        elif n == 39:
            self.front = 7
        elif n == 49:
            self.back = 0

    def attribute(self):
        front = UNDERLINE if self.underline else DIM if self.dim else self.front
        value = VGA_COLOUR[front] | (8 if self.bold else 0) | VGA_COLOUR[self.back] << 4 | \
            (0x80 if self.blink else 0)
        if self.reverse:  # the intensities stay
            value = value & 0x88 | (value >> 4 & 7) | (value & 7) << 4
        return value

    def blank(self):
        return 7 | VGA_COLOUR[self.back & 7] << 4

    # ---- drawing
    def put(self, c):
        if self.wrap:
            self.feed()
            self.x = 0
        self.wrap = False
        if self.insert:
            for row, new in ((self.cells[self.y], " "), (self.attributes[self.y], self.blank())):
                row.insert(self.x, new)
                row.pop()
        self.cells[self.y][self.x], self.attributes[self.y][self.x] = c, self.attribute()
        if self.x + 1 < COLUMNS:
            self.x += 1
        else:
            self.wrap = True

    def feed(self):
        self.wrap = False
        if self.y + 1 < ROWS:
            self.y += 1
            return
        self.cells = self.cells[1:] + [[" "] * COLUMNS]
        self.attributes = self.attributes[1:] + [[self.blank()] * COLUMNS]

    def control(self, c):
        if c == "\n":
            self.feed()
            return
        self.wrap = False
        if c == "\r":
            self.x = 0
        elif c == "\b":
            self.x = max(0, self.x - 1)
        elif c == "\t":
            self.x = min(COLUMNS - 1, (self.x // 8 + 1) * 8)

    def write(self, text):
        for c in text:
            self.control(c) if c < " " else self.put(c)

    # ---- moving and erasing
    def move(self, x, y):
        self.x, self.y = max(0, min(COLUMNS - 1, x)), max(0, min(ROWS - 1, y))
        self.wrap = False

    def erase(self, first, last):
        """Cells from index `first` up to and without `last`, counted through the rows."""
        self.wrap = False
        for i in range(first, last):
            self.cells[i // COLUMNS][i % COLUMNS] = " "
            self.attributes[i // COLUMNS][i % COLUMNS] = self.blank()

    # ---- what the test reports
    def lines(self, attributes=False):
        for y in range(ROWS):
            yield f"row{y:02}=" + "".join(self.cells[y])
            if attributes:
                yield f"attributes{y:02}=" + "".join(f"{a:02x}" for a in self.attributes[y])
        yield f"cursor={self.y * COLUMNS + self.x}"


def random_text(random, most):
    count = 1 + random.below(most)
    return "".join(chr(ord("!") + random.below(94)) for _ in range(count))
