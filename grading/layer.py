# SPDX-License-Identifier: MIT
"""A private layer, COURSE=DIR: hidden tests, wrong answers and a seed that students never see.

DIR lies outside of the source tree and has the same layout:
    chapters/NN-name/tests/     points, NAME.c, NAME.key, NAME.py ... of hidden tests; their points sum to 25
    chapters/NN-name/ktest/*.c  in-kernel tests (KTEST), linked into each kernel that is graded
    solutions/NN-name/wrong/    wrong answers, for `make grade-selftest`
    solutions/NN-name/hunts     those of them that hunts draw from, beside the tree's (hunts.py)
    seed                        one number: the seed of every grading that does not name another
    secret                      a word or a sentence: which hunt a student gets follows from it (hunts.py)
What make builds of it goes into BUILD/course/, below a folder that is named after DIR.
A chapter's 100 visible points and 25 hidden ones are in one unit, as 40 and 10 of a course's hundred.
"""
import os
import re

HIDDEN_POINTS = 25
KNOWN = ("chapters", "solutions", "seed", "secret")
PARTS = {"chapters": ("tests", "ktest"), "solutions": ("wrong", "hunts")}


class Odd(Exception):
    """The layer cannot be used; the argument says why, for whoever keeps it."""


def _entries(path):
    """The names in a directory, without hidden files and texts about the layer."""
    return sorted(name for name in os.listdir(path)
                  if not name.startswith(".") and not name.endswith((".md", "~")))


class Layer:
    def __init__(self, directory, source, build):
        self.root = os.path.abspath(directory)
        self.built = f"{build}/course/{self.root.replace('/', '+')}"  # as grading.am names it
        self._source = source
        self._check()
        self.seed = self._read_seed()
        self.secret = self._read_secret()

    def _odd(self, what):
        raise Odd(f"COURSE={self.root}: {what}")

    def _check(self):
        """The layout; that names are those of the tree, so that nothing is left out silently."""
        if not os.path.isdir(self.root):
            self._odd("there is no such directory")
        inside = os.path.realpath(self.root) + "/"
        if inside.startswith(os.path.realpath(self._source) + "/"):
            self._odd("lies in the source tree, whose files reach students; put it elsewhere")
        if " " in self.root:
            self._odd("a name with a space, which make cannot take")
        there = _entries(self.root)
        if not set(there) & set(KNOWN):
            self._odd(f"has none of {', '.join(KNOWN)}")
        for name in there:
            if name not in KNOWN:
                self._odd(f"{name}: a layer has {', '.join(KNOWN)} only")
        for kind, parts in PARTS.items():
            if kind in there:
                self._check_chapters(kind, parts)

    def _check_chapters(self, kind, parts):
        known = [name for name in sorted(os.listdir(f"{self._source}/chapters"))
                 if re.match(r"\d\d-", name)]
        for chapter in _entries(f"{self.root}/{kind}"):
            if chapter not in known:
                self._odd(f"{kind}/{chapter}: no chapter of the tree ({known[0]} ... {known[-1]})")
            for part in _entries(f"{self.root}/{kind}/{chapter}"):
                if part not in parts:
                    self._odd(f"{kind}/{chapter}/{part}: only {', '.join(parts)} belong there")
            tests = f"{self.root}/{kind}/{chapter}/tests"
            if os.path.isdir(tests) and not os.path.exists(f"{tests}/points"):
                self._odd(f"{kind}/{chapter}/tests has no points file")

    def _text(self, name):
        """What one of its files says, or None."""
        path = f"{self.root}/{name}"
        if not os.path.exists(path):
            return None
        with open(path) as file:
            return file.read().strip()

    def _read_seed(self):
        text = self._text("seed")
        if text is None:
            return None
        if not re.fullmatch(r"\d{1,18}", text):
            self._odd(f"seed: not a number: {text[:40]}")
        return int(text)

    def _read_secret(self):
        """Never printed."""
        text = self._text("secret")
        if text == "":
            self._odd("secret: it is empty, so everybody would know it")
        return text

    def tests(self, chapter):
        """The folder of a chapter's hidden tests, and the one that their programs are built in."""
        path = f"chapters/{chapter}/tests"
        return f"{self.root}/{path}", f"{self.built}/{path}"

    def check_tests(self, chapter, visible, hidden):
        """What must hold of a chapter's hidden Tests, besides their form."""
        where = f"chapters/{chapter}/tests"
        total = sum(test.points for test in hidden)
        if hidden and total != HIDDEN_POINTS:
            self._odd(f"{where}/points: sums to {total}; hidden tests have {HIDDEN_POINTS} points")
        names = [test.name for test in visible]
        for test in hidden:
            if test.name in names:
                self._odd(f"{where}/points: there is a test {test.name} already")
            names.append(test.name)
            if test.kind in ("image", "program") and not os.path.exists(test.path(".c")):
                self._odd(f"{where}/{test.name}.c is missing")

    def kernel_sources(self, chapter):
        """The in-kernel tests to link into a kernel of this chapter."""
        directory = f"{self.root}/chapters/{chapter}/ktest"
        names = _entries(directory) if os.path.isdir(directory) else []
        return [f"{directory}/{name}" for name in names if name.endswith(".c")]

    def solutions(self, chapter):
        return f"{self.root}/solutions/{chapter}"
