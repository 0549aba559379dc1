# SPDX-License-Identifier: MIT
"""Numbers that are drawn for one student: the same for the same name, key and purpose, on every machine.

SHA-256 of the words and a count; no library's generator, so that no version of Python changes them.
"""
import hashlib

PUBLIC = "public"  # the key that everybody has


class Draw:
    def __init__(self, *words):
        self._words = "\0".join(str(word) for word in words)
        self._count = 0

    def next(self):
        """64 bits."""
        self._count += 1
        digest = hashlib.sha256(f"{self._words}\0{self._count}".encode()).digest()
        return int.from_bytes(digest[:8], "little")

    def below(self, limit):
        return self.next() % limit

    def between(self, first, last):
        """A number of [first, last]."""
        return first + self.below(last - first + 1)

    def choose(self, things):
        return things[self.below(len(things))]
