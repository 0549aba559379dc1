# SPDX-License-Identifier: MIT
"""Hunts: a student gets a kernel with a mistake and its symptom, and answers where the mistake is.

solutions/NN-name/hunts, of the tree and of a private layer, names those of the wrong/ beside it that are drawn
from, one a line (# begins a comment).  A student must see a test fail, so one of those is visible.  Each is
built so that nothing in the kernel names it: the wrong function stands under the kernel's own file name, each
line that is not changed under its own number, a changed one under the number of what it replaces.

Where the mistake is follows from the texts alone: the lines of the kernel's function, comments and
blanks aside, that the wrong one changes, and the whole statements that these belong to.
"""
import difflib
import os
import re
import shutil
from collections import namedtuple

import course
import drawn
import exercises
from answers import Unreadable, read
from overlay import build, pieces, scan

# `file` relative to the source tree; `ranges`: [(first line, last line)] of the kernel's file.
Place = namedtuple("Place", "file function ranges")
Verdict = namedtuple("Verdict", "earned function line notes")
POINTS = {"function": 10, "line": 10}
KNOWN = ("function", "line", "why")
WORDS_WANTED = 4
FILE, ANSWERS = "README.txt", "hunt.txt"


def huntable(chapter):
    """The wrong answers that are drawn from, by name; the private layer's last."""
    found = _listed(chapter, f"{course.SOURCE}/solutions/{chapter.directory}")
    if course.private():
        found += _listed(chapter, course.private().solutions(chapter.directory))
    return found


def _listed(chapter, directory):
    path = f"{directory}/hunts"
    if not os.path.exists(path):
        return []
    with open(path) as file:
        names = {line.split("#")[0].strip() for line in file} - {""}
    found = [answer for answer in exercises.wrong_in(chapter, f"{directory}/wrong") if answer.name in names]
    lost = names - {answer.name for answer in found}
    if lost:
        raise exercises.Malformed(f"{path}: there is no wrong answer {sorted(lost)[0]}")
    visible = {test.name for test in chapter.tests if not test.hidden}
    unseen = [answer.name for answer in found if not visible & set(answer.fails)]
    if unseen:
        raise exercises.Malformed(f"{path}: {unseen[0]} fails hidden tests only: who hunts it sees none fail")
    return found


def _key():
    """The instructor's: HUNT_KEY, the secret of the private layer, else one that everybody has."""
    private = course.private().secret if course.private() else None
    return os.environ.get("HUNT_KEY") or private or drawn.PUBLIC


def draw(chapter, student):
    """The student's wrong answer."""
    choice = huntable(chapter)
    if not choice:
        raise Unreadable(f"chapter {chapter.number} has no hunts")
    return drawn.Draw("hunt", _key(), chapter.number, student).choose(choice)


# ---- what is changed

def _code(text):
    """[(index of the line, its code)] of lines that hold code."""
    blank = re.sub(r"/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match[0]), text, flags=re.S)
    lines = [re.sub(r"\s+", " ", line.split("//")[0]).strip() for line in blank.split("\n")]
    return [(index, line) for index, line in enumerate(lines) if line]


def _edits(right, wrong):
    """(operation, right lines, wrong lines) with lists of line indexes, in order."""
    mine, theirs = _code(right), _code(wrong)
    matcher = difflib.SequenceMatcher(None, [line for _, line in mine], [line for _, line in theirs], False)
    for tag, i, j, k, l in matcher.get_opcodes():
        yield tag, mine[i:j], theirs[k:l], mine[max(i - 1, 0):i] + mine[j:j + 1]


def _is_end(line):
    return line.endswith((";", "{", "}", ":"))


def _statement(code, first, last):
    """The lines of the whole statements around [first, last], indexes of `code`."""
    while first > 0 and not _is_end(code[first - 1][1]):
        first -= 1
    while last < len(code) - 1 and not _is_end(code[last][1]):
        last += 1
    return code[first][0], code[last][0]


def _ranges(right, wrong):
    code = _code(right)
    at = {index: place for place, (index, _) in enumerate(code)}
    found = []
    for tag, mine, _, around in _edits(right, wrong):
        if tag != "equal":
            touched = [at[index] for index, _ in (mine or around)]
            found.append(_statement(code, min(touched), max(touched)))
    return found


def _kernel_parts(file):
    path = build.source_path(file)
    with open(f"{course.SOURCE}/{path}") as source:
        text = source.read()
    return path, text, {part.name: part for part in scan.parts(file, text)}


def _first_line(text, part):
    return text.count("\n", 0, part.start) + 1


def places(answer):
    """[Place] of what a wrong answer changes."""
    found = []
    for (file, name), piece in pieces.read(answer.path)[0].items():
        if name == pieces.HELPERS:
            continue
        path, text, parts = _kernel_parts(file)
        part, first = parts[name], _first_line(text, parts[name])
        ranges = [(first + start, first + end)
                  for start, end in _ranges(text[part.start:part.end], piece.text)]
        if ranges:
            found.append(Place(path, name, ranges))
    return found


# ---- the kernel

def _numbered(right, wrong, first):
    """The wrong text with a line number of the right one before each line of code."""
    number = {}
    for tag, mine, theirs, around in _edits(right, wrong):
        known = [index for index, _ in (mine or around[:1])]
        for place, (index, _) in enumerate(theirs):
            number[index] = known[min(place, len(known) - 1)] if known else 0
    ends = {index: _is_end(line) for index, line in _code(wrong)}
    out, shown, ended = [], None, True
    for index, line in enumerate(wrong.split("\n")):
        if index in number and number[index] != shown and ended:  # not amid a macro's arguments
            out.append(f"#line {first + number[index]}")
            shown = number[index]
        out.append(line)
        ended = ends.get(index, ended)
        shown = None if shown is None else shown + 1
    return "\n".join(out)


def disguised(answer):
    """The wrong answer's pieces under the kernel's own names and lines."""
    made = {}
    for (file, name), piece in pieces.read(answer.path)[0].items():
        path, text, parts = _kernel_parts(file)
        if name == pieces.HELPERS:
            first = min(_first_line(text, parts[other]) for owner, other in pieces.read(answer.path)[0]
                        if owner == file and other != pieces.HELPERS)
            made[file, name] = piece._replace(source=path, line=first)
            continue
        part = parts[name]
        first = _first_line(text, part)
        made[file, name] = piece._replace(
            text=_numbered(text[part.start:part.end], piece.text, first), source=path, line=first)
    return made


def kernel(answer):
    """The path of the kernel with this mistake, as a student may have it."""
    return build.kernel(answer.chapter, disguised(answer), private=False)[0]


SHEET = """Chapter {number}, {title}: a hunt for {student}.

The kernel in this directory, {kernel}, has one mistake.  What somebody who uses it sees:

    {symptom}

Find the function and the line, and write them into {answers}.  In the source tree, with this directory beside it
under the name {name}:

    make grade-chapter{number} KERNEL=../{name}/{kernel}
    make debug-test CH={number} KERNEL=../{name}/{kernel} TEST=NAME

The first runs the tests on it, the second runs one of them again and stops in GDB where it failed
(STOP=start: at its beginning).
GDB shows the tree's source, which is right: where the kernel does something else than the
line that GDB shows, you are there.

The files that come into question are here, too, as they were compiled: it is their lines that count.
Where your tree has other lines (in a lesson's branch), type in GDB first

    directory ../{name}

(If you keep this directory elsewhere, type its place instead of ../{name}.)
Copy {answers} into your tree before `make submit`, or hand it in by itself.
"""
EMPTY = """# Chapter {number}, {title}: the hunt of {student}.
# Where is the mistake?  The function's name, the line in its file, and why this makes the symptom.
function =
line =
why =
"""


def _sources(chapter):
    """{path: text} of the files of the exercise's functions, those of later exercises blank: lines stay."""
    every = {number: exercises.exercise(each) for number, each in course.chapters().items()}
    later = {(function.file, function.name) for number, each in every.items()
             if each and number > chapter.number for function in each.functions}
    found = {}
    for file in sorted({function.file for function in every[chapter.number].functions}):
        path, text, parts = _kernel_parts(file)
        for part in parts.values():
            if (file, part.name) in later:
                blank = re.sub(r"[^\n]", " ", text[part.start:part.end])
                text = text[:part.start] + blank + text[part.end:]
        found[path] = re.sub(r" +$", "", text, flags=re.M)
    return found


def hand_out(chapter, student, directory):
    """Writes the student's directory."""
    answer = draw(chapter, student)
    made = kernel(answer)
    os.makedirs(directory, exist_ok=True)
    name = os.path.basename(made)
    shutil.copyfile(made, f"{directory}/{name}")
    with open(f"{directory}/{FILE}", "w") as file:
        file.write(SHEET.format(number=chapter.number, title=chapter.title, student=student, kernel=name,
                                symptom=answer.symptom, answers=ANSWERS,
                                name=os.path.basename(os.path.abspath(directory))))
    for path, text in _sources(chapter).items():
        os.makedirs(os.path.dirname(f"{directory}/{path}"), exist_ok=True)
        with open(f"{directory}/{path}", "w") as file:
            file.write(text)
    if not os.path.exists(f"{directory}/{ANSWERS}"):
        with open(f"{directory}/{ANSWERS}", "w") as file:
            file.write(EMPTY.format(number=chapter.number, title=chapter.title, student=student))


# ---- the answer

def judge(chapter, student, path):
    """The Verdict on an answer."""
    given = read(path, chapter.number)
    odd = sorted(set(given) - set(KNOWN))
    if odd:
        raise Unreadable(f"{path}: {odd[0]}: an answer has {', '.join(KNOWN)}")
    line = given.get("line", "").rpartition(":")[2].strip()
    if line and not line.isdecimal():
        raise Unreadable(f"{path}: line is no number: {given['line']}")
    function = given.get("function", "").removesuffix("()").strip()
    there = [place for place in places(draw(chapter, student)) if place.function == function]
    hit = bool(there and line) and any(first - 1 <= int(line) <= last + 1
                                       for place in there for first, last in place.ranges)
    notes = []
    if len(given.get("why", "").split()) < WORDS_WANTED:
        notes.append("no sentence that says why: somebody will ask")
    if not there:
        notes.append("not this function: what does the first failing test call, and what do these call?")
    elif not hit:
        notes.append("not this line: step through the function and compare what happens with what stands there")
    return Verdict((bool(there) and POINTS["function"]) + (hit and POINTS["line"]), bool(there), hit, notes)
