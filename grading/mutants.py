# SPDX-License-Identifier: MIT
"""Mechanical mistakes in the functions of an exercise: each changes one place of the kernel's text.

A mutant is killed when some test of the chapter does not pass on it.  One that survives is either
equivalent (no caller can tell), and then listed with a reason in solutions/NN-name/equivalents as

    FUNCTION: TEXT OF THE LINE => TEXT OF THE MUTANT: why nobody can tell

or a hole in the grader.  The changes: each comparison, and/or, plus/minus, shift and bit operator
becomes its neighbour, each number is one more, each `!` goes, each simple statement goes.  Of assembly,
each instruction goes, each conditional jump is taken in the other case.  Assertions and declarations are
left alone; what does not compile, or compiles to the very code of the kernel's own, does not count.
"""
import hashlib
import os
import re
import shutil
from collections import namedtuple

import counts
import course
import exercises
import judge
from overlay import build, pieces, scan

Mutant = namedtuple("Mutant", "function line before after piece")

SWAPS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&",
         "+": "-", "-": "+", "+=": "-=", "-=": "+=", "<<": ">>", ">>": "<<", "&": "|", "|": "&",
         "&=": "|=", "|=": "&="}
BINARY = re.compile(r" (" + "|".join(re.escape(op) for op in sorted(SWAPS, key=len, reverse=True)) + r") ")
STEP = re.compile(r"\+\+|--")
NUMBER = re.compile(r"(?<![\w.])(\d+)([UL]*)(?![\w.])")
NOT = re.compile(r"!(?=[\w(*])")
STATEMENT = re.compile(r"^\t+(?!return\b|break\b|continue\b|goto\b|assert\()[\w*(>.\[\]-][^{};]*[)\w\]+-];$")
DECLARATION = re.compile(r"^\t+(?:const |static |struct |unsigned |u?int|long |bool |char |size_t |"
                         r"void |enum |\w+_t |\w+_address )")
INSTRUCTION = re.compile(r"^\t+(?!ud2\b)[a-z]\w*\b[^\\]*$")
JUMP = re.compile(r"^\t+(j)(n?[abcelgosz]e?)\b")
COMMENT = re.compile(r"/\*.*?(?:\*/|$)|^\s+\* .*|\"(?:\\.|[^\"\\])*\"")
MOST = 60  # mutants a chapter in one run; which of them is decided by a digest of their text


def _changed_lines(line):
    """Each version of a line of C with one mistake in it."""
    hidden = [match.span() for match in COMMENT.finditer(line)]

    def visible(match):
        return not any(start <= match.start() < end for start, end in hidden)

    def with_(match, group, text):
        return line[:match.start(group)] + text + line[match.end(group):]
    for match in filter(visible, BINARY.finditer(line)):
        yield with_(match, 1, SWAPS[match[1]])
    for match in filter(visible, STEP.finditer(line)):
        yield with_(match, 0, "--" if match[0] == "++" else "++")
    for match in filter(visible, NUMBER.finditer(line)):
        yield with_(match, 1, str(int(match[1]) + 1))
    for match in filter(visible, NOT.finditer(line)):
        yield with_(match, 0, "")
    code = COMMENT.sub("", line).rstrip()
    if STATEMENT.match(code) and not DECLARATION.match(code):
        yield re.match(r"\t*", line)[0] + ";"


def _changed_instructions(line):
    """The same of a line of assembly."""
    jump = JUMP.match(line)
    if jump:
        opposite = jump[2][1:] if jump[2][0] == "n" else "n" + jump[2]
        yield line[:jump.start(2)] + opposite + line[jump.end(2):]
    if INSTRUCTION.match(COMMENT.sub("", line).rstrip()):
        yield "\t/* gone */"


def of_function(function):
    """The Mutants of an exercise's function, from the kernel's own text."""
    path = build.source_path(function.file)
    with open(f"{course.SOURCE}/{path}") as file:
        text = file.read()
    part = next(part for part in scan.parts(path, text) if part.name == function.name)
    changes = _changed_instructions if path.endswith(".S") else _changed_lines
    first = text.count("\n", 0, part.start) + 1
    lines = text[part.start:part.end].split("\n")
    for number, line in enumerate(lines[1:], 1):
        if "assert(" in line:
            continue
        for changed in changes(line):
            body = "\n".join([*lines[:number], changed, *lines[number + 1:]])
            yield Mutant(function.name, first + number, line.strip(), changed.strip(),
                         pieces.Piece(function.file, function.name, body, path, first))


def of_chapter(exercise, most=MOST):
    """At most `most` of all mutants of an exercise, the same ones each time."""
    found = [mutant for function in exercise.functions for mutant in of_function(function)]
    found.sort(key=lambda mutant: hashlib.sha256(mutant.piece.text.encode()).digest())
    return found[:most]


def key(mutant):
    """What tells it from the others in `equivalents`."""
    return mutant.function, mutant.before, mutant.after


def line_of(mutant):
    """The line for `equivalents`, without the reason."""
    return f"{mutant.function}: {mutant.before} => {mutant.after}:"


def equivalents(chapter):
    """{(function, before, after)} that are reviewed.  Malformed: a line is none of the kernel's mutants."""
    path = f"{course.SOURCE}/solutions/{chapter.directory}/equivalents"
    if not os.path.exists(path):
        return set()
    keys = {line_of(mutant): key(mutant) for mutant in of_chapter(exercises.exercise(chapter), None)}
    found = set()
    with open(path) as file:
        lines = [line.rstrip() for line in file if line.strip() and not line.startswith("#")]
    for line in lines:
        here = max((text for text in keys if line.startswith(text + " ")), key=len, default=None)
        if not here or line == here:
            raise exercises.Malformed(f"{path}: no mutant, or no reason: {line}")
        found.add(keys[here])
    return found


def _by_price(chapter, function):
    """The chapter's tests: first what the function earns, and of these and the others the cheap ones first."""
    def price(test):
        cost = counts.recorded(test.costs).get(test.name, 10**10)  # none: it lasts until its limit
        return test.name not in function.tests, cost * test.wish("phases", 1)
    return sorted(chapter.tests, key=price)


def fails_unchanged(work):
    """Name and verdict of a test that fails on the kernel itself, or None: then no mutant could be judged."""
    chapter, test = work
    verdict = judge.grade(test, *course.kernel(chapter.number)).verdict
    return None if verdict == "PASS" else f"{test.name}: {verdict}"


def killer(chapter, function, mutant):
    """The name of a test that fails on the mutant; "" - it survives; None - it is no mutant."""
    try:
        kernel, _ = build.kernel(chapter.number, {(mutant.piece.file, mutant.function): mutant.piece})
    except pieces.Refused:
        return None
    own, last = course.kernel(chapter.number)
    try:
        if build.loaded(kernel) == build.loaded(own):
            return None
        for test in _by_price(chapter, function):
            verdict = judge.grade(test, kernel, last).verdict
            if verdict == "INFRA":
                raise OSError(f"{test.name} could not be run: {mutant.function}: {mutant.after}")
            if verdict != "PASS":
                return test.name
        return ""
    finally:
        shutil.rmtree(os.path.dirname(kernel))  # there are hundreds of them
