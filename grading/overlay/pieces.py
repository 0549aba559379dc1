# SPDX-License-Identifier: MIT
"""An overlay: functions (or assembly blocks) that take the place of the kernel's of the same name.

An overlay is a .c or .S file or a directory of them.  In a file, a comment line

    /* in memory/frame_allocator.c */

says which kernel file the functions after it belong to; another such line begins another part.
Text between the comment lines `/* helpers */` and `/* end of helpers */` (static functions,
constants) goes in front of the first function replaced in that kernel file.  All else is ignored:
no includes, no globals, no registry entries come along.  New functions of a kernel file stand behind

    /* at the end of memory/frame_buddy.c */

and go there; a student's functions of an exercise never do.
"""
import os
import re
from collections import namedtuple

from . import guard, scan

# A function: `file` relative to kernel/ (or a chapters/ path), `source` and `line` where it was found.
Piece = namedtuple("Piece", "file name text source line")
HELPERS = "helpers"  # the name of the piece that holds them
ADDED = "what is added"  # and of that with new functions for the end of a file

SECTION = re.compile(r"^/\* (in|at the end of) ([\w./-]+\.[cS]) \*/[ \t]*$", re.M)
HELPERS_REGION = re.compile(r"^/\* helpers \*/[ \t]*\n(.*?)^/\* end of helpers \*/", re.M | re.S)
UNWRITTEN = re.compile(r"\bexercise\(|^\s*exercise\s+\w", re.M)  # in C, in assembly
EXERCISE = '#include "exercise.h"\n'  # in front of a text with such a function
LARGEST = 256 * 1024  # bytes of a file
UNBALANCED = "a brace or parenthesis without its partner"


class Refused(Exception):
    """The overlay cannot be used; the argument says why, for its author."""


def _read(path, inside):
    real = os.path.realpath(path)
    if os.path.commonpath([real, os.path.realpath(inside)]) != os.path.realpath(inside):
        raise Refused(f"{path}: a link that leads out of the directory")
    if not os.path.isfile(real):
        raise Refused(f"{path}: not a plain file")
    if os.path.getsize(real) > LARGEST:
        raise Refused(f"{path}: {os.path.getsize(real)} bytes; {LARGEST} is the most")
    with open(real, "rb") as file:
        content = file.read()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(f"{path}: not a text in UTF-8") from None
    if "\0" in text:
        raise Refused(f"{path}: has a zero byte")
    return text.replace("\r\n", "\n")


def _line(text, offset):
    return text.count("\n", 0, offset) + 1


def _section_pieces(file, section, source, first_line):
    """The pieces of one part of an overlay file, which begins at `first_line`."""
    helpers = HELPERS_REGION.search(section)
    if helpers:
        line = first_line + _line(section, helpers.start(1)) - 1
        yield Piece(file, HELPERS, helpers[1], source, line)
        blank = re.sub(r"[^\n]", " ", helpers[0])
        section = section[:helpers.start()] + blank + section[helpers.end():]
    try:
        found = scan.parts(file, section)
    except scan.Unbalanced as error:
        raise Refused(f"{source}:{first_line + error.args[0] - 1}: {UNBALANCED}") from None
    for part in found:
        line = first_line + _line(section, part.start) - 1
        yield Piece(file, part.name, section[part.start:part.end], source, line)


def file_pieces(path, inside):
    """The pieces of one overlay file."""
    text = _read(path, inside)
    sections = list(SECTION.finditer(text))
    if not sections:
        raise Refused(f"{path}: no line says which kernel file it is for: /* in memory/name.c */")
    for section, following in zip(sections, sections[1:] + [None]):
        end = following.start() if following else len(text)
        # the rest of the line belongs to the section, so that lines count from it
        part, line = text[section.end():end], _line(text, section.end())
        if section[1] == "in":
            yield from _section_pieces(section[2], part, path, line)
        else:
            yield Piece(section[2], ADDED, part, path, line + 1)


def files(overlay):
    """The .c and .S files of an overlay, by name; a directory's own only, not those below it."""
    if os.path.isfile(overlay):
        return [overlay]
    if not os.path.isdir(overlay):
        raise Refused(f"{overlay}: there is no such file or directory")
    names = _sources(overlay)
    if not names:
        below = "".join(f"; its directory {os.path.basename(path)} does" for path in directories(overlay))
        raise Refused(f"{overlay}: holds no .c or .S file{below}")
    return [os.path.join(overlay, name) for name in names]


def _sources(directory):
    """By name; what begins with a dot is a system's (._map_add.c of macOS, .#map_add.c of an editor)."""
    return sorted(name for name in os.listdir(directory)
                  if name.endswith((".c", ".S")) and not name.startswith("."))


def ignored(overlay):
    """Files from which their author may expect something."""
    if not os.path.isdir(overlay):
        return []
    return [os.path.join(overlay, name) for name in sorted(os.listdir(overlay))
            if name.lower().endswith(("makefile", ".mk", ".h", ".ld", ".o", ".a", ".cpp", ".s"))
            and not name.endswith(".S")]


def directories(overlay):
    """Directories with sources in an overlay, as `cp -r exercises/02-frames mine` makes one where mine is there already."""
    if not os.path.isdir(overlay):
        return []
    paths = [os.path.join(overlay, name) for name in sorted(os.listdir(overlay))]
    return [path for path in paths if os.path.isdir(path) and not os.path.islink(path) and _sources(path)]


def _is_wanted(piece, wanted):
    if piece.name == HELPERS:
        return piece.file in {file for file, _ in wanted}
    return (piece.file, piece.name) in wanted


def read(overlay, wanted=None, guarded=False):
    """({(file, name): Piece}, [warning]) of an overlay.

    `wanted`: (file, name) of functions; others are left out with a warning.  `guarded`: the text comes from
    a stranger, and must not bring what a function body does not need (guard.py).
    """
    found, warnings = {}, []
    inside = overlay if os.path.isdir(overlay) else os.path.dirname(os.path.abspath(overlay))
    for path in ignored(overlay):
        warnings.append(f"{path}: ignored: functions are taken from .c and .S files, flags and headers from the tree")
    for path in directories(overlay):
        warnings.append(f"{path}: ignored: a directory in {overlay}; is it the one to be graded?")
    for path in files(overlay):
        for piece in file_pieces(path, inside):
            key = piece.file, piece.name
            if wanted is not None and not _is_wanted(piece, wanted):
                warnings.append(f"{path}:{piece.line}: {piece.name} is not part of this exercise: "
                                "left out")
                continue
            if key in found:
                raise Refused(f"{path}:{piece.line}: {piece.name} is there already, in "
                              f"{found[key].source}:{found[key].line}")
            trick = guard.forbidden(piece.text) if guarded else None
            if trick:
                raise Refused(f"{path}:{piece.line + trick[1]}: `{trick[0]}` is not for a function here")
            found[key] = piece
    return found, warnings


def put_into(text, file, pieces, shown=None):
    """The text of kernel file `file` with `pieces` ({name: Piece}) in place of its own functions.

    `shown`: the kernel file's name for compiler and debugger; each piece keeps its own.
    """
    shown = shown or f"kernel/{file}"
    there = {part.name: part for part in scan.parts(file, text)}
    lost = sorted(name for name in pieces if name not in (HELPERS, ADDED) and name not in there)
    if lost:
        where = pieces[lost[0]]
        raise Refused(f"{where.source}:{where.line}: {shown} has no {lost[0]}")
    chosen = sorted((there[name] for name in pieces if name in there), key=lambda part: part.start)
    if not chosen and HELPERS in pieces:
        where = pieces[HELPERS]
        raise Refused(f"{where.source}:{where.line}: helpers, but no function of {shown}")
    out, at = [f'#line 1 "{shown}"\n'], 0
    if any(UNWRITTEN.search(piece.text) for piece in pieces.values()):
        out.insert(0, EXERCISE)
    for part in chosen:
        out.append(text[at:part.start])
        replaced = [pieces[part.name]]
        if HELPERS in pieces and part is chosen[0]:
            replaced.insert(0, pieces[HELPERS])
        for piece in replaced:
            out.append(f'\n#line {piece.line} "{piece.source}"\n{piece.text}\n')
        at = part.end
        out.append(f'#line {_line(text, at) + 1} "{shown}"')  # what follows begins with a newline
    out.append(text[at:])
    if ADDED in pieces:
        added = pieces[ADDED]
        out.append(f'#line {added.line} "{added.source}"{added.text}')
    return "".join(out)
