# SPDX-License-Identifier: MIT
"""What the exercises and solutions of a chapter hold, as the files under them describe it.

exercises/NN-name/functions lists what the student writes, in the order in which to write it:
    baseline 12                         points of the kernel in which none of them is written
    FUNCTION  FILE  TEST[,TEST...]      FILE relative to kernel/; the tests that this function earns
    early FUNCTION                      kernels of earlier chapters call it, too: their trees have it
and exercises/NN-name/FUNCTION.c (or .S) is its skeleton.  A test is earned by one function at most.

solutions/NN-name/wrong/MISTAKE.c is an overlay with a mistake; its first comment has the lines
    symptom: what a user of this kernel sees
    fails: TEST [TEST ...]              the tests that must fail, the first in the chapter's order first
    see: the section of the lesson
"""
import os
import re
import sys
from collections import namedtuple

import course
import submission
from overlay import build, pieces, scan

Function = namedtuple("Function", "name file tests")
Exercise = namedtuple("Exercise", "directory baseline functions early")
Wrong = namedtuple("Wrong", "chapter name path symptom fails see")


class Malformed(Exception):
    """A description that cannot be read; the argument says where and why."""


def parse(text, directory):
    """The Exercise that the text of a file `functions` describes."""
    baseline, functions, early = None, [], set()
    for number, line in enumerate(text.split("\n"), 1):
        words = line.split("#")[0].split()
        if not words:
            continue
        if words[0] == "baseline" and len(words) == 2:
            baseline = int(words[1])
        elif words[0] == "early" and len(words) == 2:
            early.add(words[1])
        elif len(words) == 3:
            functions.append(Function(words[0], words[1], words[2].split(",")))
        else:
            raise Malformed(f"{directory}/functions:{number}: neither a baseline nor a function: {line}")
    if baseline is None:
        raise Malformed(f"{directory}/functions: no baseline")
    return Exercise(directory, baseline, functions, early)


def exercise(chapter):
    """The Exercise of a Chapter, or None."""
    directory = f"{course.SOURCE}/exercises/{chapter.directory}"
    if not os.path.exists(f"{directory}/functions"):
        return None
    with open(f"{directory}/functions") as file:
        return parse(file.read(), directory)


def skeleton(exercise, function):
    """The path of a function's skeleton."""
    return f"{exercise.directory}/{function.name}{os.path.splitext(function.file)[1]}"


def kernels_own(exercise):
    """{(file, name): Piece} of the exercise's functions as the kernel has them."""
    found = {}
    for function in exercise.functions:
        path = build.source_path(function.file)
        with open(f"{course.SOURCE}/{path}") as file:
            text = file.read()
        part = next(part for part in scan.parts(path, text) if part.name == function.name)
        found[function.file, function.name] = pieces.Piece(
            function.file, function.name, text[part.start:part.end], path, text.count("\n", 0, part.start) + 1)
    return found


def submissions(directory):
    """The names of the directories and tarballs in `directory`: one a student.  Without it the program ends.
    Other files are named, so that nobody is lost by them; hidden ones are nobody's.
    """
    if not os.path.isdir(directory):
        raise SystemExit(f"{directory or 'the directory of submissions'}: no such directory")
    found = []
    for name in sorted(os.listdir(directory)):
        path = os.path.join(directory, name)
        if os.path.isdir(path) and not name.startswith((".", "__MACOSX")) or submission.is_tarball(path):
            found.append(name)
        elif not name.startswith((".", "__MACOSX")):
            print(f"{path}: not graded: neither a directory nor a .tar.gz", file=sys.stderr)
    return found


def field(text, name):
    """The text after `name:` in an overlay's first comment; continued where lines are indented."""
    found = re.search(rf"^ \* {name}: (.*(?:\n \*[ \t]{{2,}}.*)*)", text, re.M)
    return re.sub(r"\s*\n \*\s+", " ", found[1]).strip() if found else ""


def wrong_answers(chapter):
    """[Wrong] of a Chapter, by name; then the private layer's."""
    found = wrong_in(chapter, f"{course.SOURCE}/solutions/{chapter.directory}/wrong")
    if course.private():
        found += wrong_in(chapter, f"{course.private().solutions(chapter.directory)}/wrong")
    return found


def wrong_in(chapter, directory):
    """[Wrong] of a directory, by name."""
    found = []
    for name in sorted(os.listdir(directory)) if os.path.isdir(directory) else []:
        if not name.endswith((".c", ".S")):
            continue
        with open(f"{directory}/{name}") as file:
            text = file.read()
        fails = field(text, "fails").replace(",", " ").split()
        if not fails or not field(text, "symptom"):
            raise Malformed(f"{directory}/{name}: its head lacks `symptom:` or `fails:`")
        found.append(Wrong(chapter.number, os.path.splitext(name)[0], f"{directory}/{name}",
                           field(text, "symptom"), fails, field(text, "see")))
    return found
