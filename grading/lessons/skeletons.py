# SPDX-License-Identifier: MIT
"""Kernel files in which functions are not written yet.

In place of a function stands its skeleton - the exercise's prompt, the signature, a body that is
`exercise("name");` - or, where the exercise is a later chapter's, the same without the prompt.
"""
import os
import re

from overlay import pieces, scan

COMMENT_BEFORE = re.compile(r"/\*(?:(?!\*/).)*\*/[ \t]*\n\Z", re.S)
LATER = "/* Another chapter's exercise writes it. */\n"


class NoSkeleton(Exception):
    """A function has no skeleton, or a skeleton no function."""


def path(directory, function):
    return f"{directory}/{function.name}{os.path.splitext(function.file)[1]}"


def _parts(text, file, name, where):
    for part in scan.parts(file, text):
        if part.name == name:
            return part
    raise NoSkeleton(f"{where}: no function {name}")


def read(text, function, where):
    """(prompt, function) of a skeleton file's text."""
    section = pieces.SECTION.search(text)
    if not section:
        raise NoSkeleton(f"{where}: no line says which kernel file it is for")
    text = text[section.end():]
    part = _parts(text, function.file, function.name, where)
    return text[:part.start].strip("\n") + "\n", text[part.start:part.end]


def put(text, function, skeleton, where, prompted):
    """Kernel file `text` with the function unwritten; `skeleton` is the text of its file."""
    prompt, body = read(skeleton, function, where)
    part = _parts(text, function.file, function.name, function.file)
    before = text[:part.start]
    own = COMMENT_BEFORE.search(before)
    if own and prompted:  # the prompt says what the function's own comment did
        before = before[:own.start()]
    return before + (prompt if prompted else LATER if not own else "") + body + text[part.end:]
