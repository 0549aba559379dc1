# SPDX-License-Identifier: MIT
"""What a student wrote in a lesson's tree: in kernel/, or in exercises/NN-name.

A function is written where its body is no `exercise("name")`.  Written in one of the two places it
counts; written in both, and not alike, nobody can know which one is meant: that is refused.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import course  # noqa: E402
import exercises  # noqa: E402
from overlay import build, pieces, scan  # noqa: E402
from overlay.pieces import Refused  # noqa: E402


def read_exercise(directory):
    with open(f"{course.SOURCE}/{directory}/functions") as file:
        return exercises.parse(file.read(), f"{course.SOURCE}/{directory}")


def is_written(text):
    return not pieces.UNWRITTEN.search(text)


def kernel_text(file):
    with open(f"{course.SOURCE}/{build.source_path(file)}") as source:
        return source.read()


def in_kernel(file, name):
    """The function's Piece as it stands in the kernel."""
    text = kernel_text(file)
    try:
        parts = scan.parts(file, text)
    except scan.Unbalanced as error:
        raise Refused(f"{build.source_path(file)}:{error.args[0]}: {pieces.UNBALANCED}") from None
    for part in parts:
        if part.name == name:
            line = text.count("\n", 0, part.start) + 1
            return pieces.Piece(file, name, text[part.start:part.end], build.source_path(file), line)
    raise Refused(f"{build.source_path(file)}: {name} is gone")


def _place(piece):
    return f"{os.path.relpath(piece.source, course.SOURCE) if os.path.isabs(piece.source) else piece.source}" \
           f":{piece.line}"


def choose(directory, written=None):
    """({(file, name): Piece from exercises/}, {(file, name): Piece from kernel/}) of what is written.

    `written`: a student's own directory, which is read in place of the one in exercises/.
    """
    exercise = read_exercise(directory)
    wanted = {(function.file, function.name) for function in exercise.functions}
    beside, _ = pieces.read(written or f"{course.SOURCE}/{directory}", wanted=wanted)
    here, there = {}, {}
    for function in exercise.functions:
        key = function.file, function.name
        kernel, mine = in_kernel(*key), beside.get(key)
        mine = mine if mine and is_written(mine.text) else None
        if mine and is_written(kernel.text) and mine.text.split() != kernel.text.split():
            raise Refused(f"{function.name} is written twice, and not alike: at {_place(mine)} and at "
                          f"{_place(kernel)}.\nKeep one: in the other place make the body "
                          f'exercise("{function.name}"); again.')
        if mine:
            here[key] = mine
        elif is_written(kernel.text):
            there[key] = kernel
    for file in {file for file, _ in here}:
        if (file, pieces.HELPERS) in beside:
            here[file, pieces.HELPERS] = beside[file, pieces.HELPERS]
    return here, there
