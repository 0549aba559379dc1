# SPDX-License-Identifier: MIT
"""The marks of 64 pages, touched at random and looked at in random ranges; a large page has one pair for all."""
from model import Random

PAGES, ROUNDS = 64, 24


class Marks:
    def __init__(self):
        self.accessed, self.dirty = set(), set()

    def touch(self, page, write):
        self.accessed.add(page)
        if write:
            self.dirty.add(page)

    def look(self, first, count):
        """The text of a look, which takes the marks away."""
        found = [marks & set(range(first, first + count)) for marks in (self.accessed, self.dirty)]
        self.accessed -= found[0]
        self.dirty -= found[1]
        return "accessed={} dirty={}".format(*map(len, found))


def expected(seed):
    random, marks, lines = Random(seed), Marks(), []
    for number in range(ROUNDS):
        for _ in range(8):
            page = random.below(PAGES)
            marks.touch(page, random.below(2))
        first = random.below(PAGES)
        lines.append(f"round {number}: " + marks.look(first, 1 + random.below(PAGES - first)))
    lines += [f"rest {number}: " + marks.look(0, PAGES) for number in range(2)]
    large = [(0, 0), (3, 0), (0, 0), (512, 512), (512, 0)]
    alone = [(0, 0), (1, 1), (1, 0)]
    for name, figures in (("large", large), ("alone", alone)):
        lines += [f"{name} {number}: accessed={a} dirty={d}" for number, (a, d) in enumerate(figures)]
    return lines + ["alone: to=1 writable=1 executable=0"]
