# SPDX-License-Identifier: MIT
"""The chapters' tests, as the files under chapters/ describe them.

chapters/NN-name/tests/points has one test a line:
    POINTS NAME KIND [needs=OTHER,...] what it asks
The points of a chapter sum to 100.  A private layer (layer.py) adds hidden tests, whose lines may also
say category=WORD: all that students learn of a hidden test is its category's sum.  Kinds, and where each takes its expected lines from:
    kernel   ktest/NAME.c, linked into the kernel    NAME.py: expected(seed), or NAME.expect
    image    tests/NAME.c, judged by how it dies     NAME.key, recorded on Linux
    program  tests/NAME.c, what it observes          NAME.key, recorded on Linux
    outside  the ended machine is looked at          NAME.py: look(monitor, symbols), expected(seed)
tests/NAME.py may also hold
    options, limit, append   Machine's attributes; seconds of guest time; kernel command line
    files                    {path in the guest: (bytes, mode)}
    observed(run)            the lines, where they are not simply the records'
    said(lines)              image: what its death says, in other words
    ends                     verdicts other than OFF that are right
    later = False            asks nothing of later kernels
    phases                   so many runs, the first end of a slice earlier in each (chapter 7 on)
    leaves                   {count: why} for what it may leave behind (counts.py)
    host_differs             {key: why} for lines that differ on the host's Linux (test_linux.py)
    host_lacks               a device file without which the host does not run it
"""
import functools
import importlib.util
import os
import re
import sys
from collections import namedtuple

import layer

SOURCE = os.environ.get("STRIX_SOURCE") or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.environ.get("STRIX_BUILD") or SOURCE
LAST_BARE = 7    # up to this chapter programs have no C library and images are flat
FIRST_FILES = 9  # from this chapter on the runner starts the program
LAST_KERNEL = 9  # later chapters are graded on the complete kernel
COMPLETE = 18
KINDS = ("kernel", "image", "program", "outside")

Chapter = namedtuple("Chapter", "number directory title tests")  # tests: the hidden ones last
LINE = re.compile(r"(\d+)\s+(\w+)\s+(\w+)\s+(?:needs=([\w,]+)\s+)?(?:category=([\w-]+)\s+)?(.+)")


class Test:
    """One line of a points file in `folder`; its programs are built in `built`."""

    def __init__(self, chapter, directory, line, folder=None, built=None, hidden=False):
        self.chapter, self.directory, self.hidden = chapter, directory, hidden
        self.folder = folder or f"{SOURCE}/chapters/{directory}/tests"
        self._built = built or f"{BUILD}/chapters/{directory}/tests"
        match = LINE.fullmatch(line)
        if not match or match[3] not in KINDS or (match[5] and not hidden):
            raise SystemExit(f"{self.folder}/points: not a test: {line}")
        self.points, self.name, self.kind = int(match[1]), match[2], match[3]
        self.needs = match[4].split(",") if match[4] else []
        self.category = match[5] or ("other" if hidden else None)
        self.what = match[6]
        self._module = None

    def path(self, suffix):
        return f"{self.folder}/{self.name}{suffix}"

    def built(self, suffix):
        return f"{self._built}/{self.name}{suffix}"

    @property
    def costs(self):
        """The file of what its folder's tests cost (counts.py)."""
        return f"{self.folder}/costs"

    @property
    def module(self):
        """tests/NAME.py, or an object without attributes."""
        if self._module is None:
            self._module = object()
            if os.path.exists(self.path(".py")):
                spec = importlib.util.spec_from_file_location(f"{self.directory}.{self.name}",
                                                              self.path(".py"))
                self._module = importlib.util.module_from_spec(spec)
                shared = [self.folder, f"{SOURCE}/chapters/{self.directory}/tests"]
                sys.path[:0] = shared  # models shared by its tests
                spec.loader.exec_module(self._module)
                del sys.path[:len(shared)]
        return self._module

    def wish(self, name, otherwise):
        return getattr(self.module, name, otherwise)

    def expected(self, seed):
        """The lines that are right, or None where nobody has written them down."""
        if hasattr(self.module, "expected"):
            return self.module.expected(seed)
        for suffix in (".expect", ".key"):
            if os.path.exists(self.path(suffix)):
                with open(self.path(suffix)) as file:
                    return [line.rstrip("\n") for line in file if not line.startswith("#")]
        return None


def has_kernel(chapter):
    return chapter <= LAST_KERNEL


def kernel(chapter):
    """(file, the last chapter in it) of the kernel that a chapter is graded on."""
    if has_kernel(chapter):
        return f"{BUILD}/chapter{chapter:02}.elf", chapter
    return f"{BUILD}/strix.elf", COMPLETE


def read_tests(number, directory, folder=None, built=None, hidden=False):
    """[Test] of a folder's points file; the chapter's own without a folder."""
    with open(f"{folder or f'{SOURCE}/chapters/{directory}/tests'}/points") as file:
        lines = [line.strip() for line in file]
    return [Test(number, directory, line, folder, built, hidden) for line in lines
            if line and not line.startswith("#")]


@functools.lru_cache
def private():
    """The private layer that STRIX_COURSE names, or None.  An odd one ends the program."""
    directory = os.environ.get("STRIX_COURSE")
    try:
        return layer.Layer(directory, SOURCE, BUILD) if directory else None
    except layer.Odd as error:
        raise SystemExit(str(error)) from None


def _hidden_tests(number, directory, visible):
    folder, built = private().tests(directory)
    if not os.path.exists(f"{folder}/points"):
        return []
    hidden = read_tests(number, directory, folder, built, hidden=True)
    try:
        private().check_tests(directory, visible, hidden)
    except layer.Odd as error:
        raise SystemExit(str(error)) from None
    return hidden


def chapters():
    """{number: Chapter} of those that have tests; with the private layer's, if there is one."""
    found = {}
    for directory in sorted(os.listdir(f"{SOURCE}/chapters")):
        if os.path.exists(f"{SOURCE}/chapters/{directory}/tests/points"):
            number = int(directory[:2])
            tests = read_tests(number, directory)
            if private():
                tests += _hidden_tests(number, directory, tests)
            found[number] = Chapter(number, directory, directory[3:], tests)
    return found
