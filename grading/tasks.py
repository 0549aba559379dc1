# SPDX-License-Identifier: MIT
"""Extensions and challenges: exercises/NN-name/{extend,challenge}/NAME/.

Each has a README.md and a test of its own, beside the chapter's: NAME.c, up to chapter 5 an in-kernel
test (KTEST) that is linked into the kernel and judged by a model, NAME.py or NAME.expect (in chapter 5
also a flat image, judged by how it dies on Linux), from chapter 6 on a program judged by Linux,
NAME.key.  Answers lie in solutions/NN-name/KIND-NAME/: functions as in any overlay, new ones for the end of a
file (overlay/pieces.py), whole new files of the kernel, whose first line but the licence says

    /* new in memory/name.c */

and fields of a struct, ahead of one that the header has:

    /* in task/task.h, before `uint32_t personality;` */
    ...
    /* end of fields */
"""
import os
import re
from collections import namedtuple

import course
from overlay import build, pieces

KINDS = ("extend", "challenge")
POINTS = 20
LAST_IN_KERNEL = 5  # up to this chapter the test is a part of the kernel
NEW = re.compile(r"^/\* new in ([\w/]+\.c) \*/$", re.M)
FIELDS = re.compile(r"^/\* in ([\w/]+\.h), before `([^`\n]+)` \*/\n(.*?)^/\* end of fields \*/$", re.M | re.S)

Task = namedtuple("Task", "kind chapter folder test")


def _task(kind, chapter, name):
    path = f"exercises/{chapter.directory}/{kind}/{name}"
    what = "kernel" if chapter.number <= LAST_IN_KERNEL else "program"
    if os.path.exists(f"{course.SOURCE}/{path}/{name}.key") and what == "kernel":
        what = "image"
    test = course.Test(chapter.number, chapter.directory, f"{POINTS} {name} {what} {kind}",
                       f"{course.SOURCE}/{path}", f"{course.BUILD}/{path}")
    return Task(kind, chapter, f"{course.SOURCE}/{path}", test)


def of_chapter(chapter, kind):
    """[Task] of a Chapter, by name."""
    directory = f"{course.SOURCE}/exercises/{chapter.directory}/{kind}"
    names = sorted(os.listdir(directory)) if os.path.isdir(directory) else []
    return [_task(kind, chapter, name) for name in names if os.path.exists(f"{directory}/{name}/{name}.c")]


def find(number, kind, name):
    """The Task; SystemExit with the names that there are."""
    chapter = course.chapters().get(number)
    known = of_chapter(chapter, kind) if chapter else []
    for task in known:
        if task.test.name == name:
            return task
    names = ", ".join(task.test.name for task in known) or "none"
    raise SystemExit(f"chapter {number} has no {kind} task {name} (NAME= one of: {names})")


def answer(task):
    """The directory of our answer, or None."""
    path = f"{course.SOURCE}/solutions/{task.chapter.directory}/{task.kind}-{task.test.name}"
    return path if os.path.isdir(path) else None


def _with_fields(text, headers, path):
    """Puts the fields that `text` has into `headers`."""
    for file, before, fields in FIELDS.findall(text):
        if file not in headers:
            source = f"{course.SOURCE}/kernel/{file}"
            if not os.path.isfile(source):
                raise pieces.Refused(f"{path}: kernel/{file}: the kernel has no such file")
            with open(source) as header:
                headers[file] = header.read()
        lines = headers[file].split("\n")
        places = [index for index, line in enumerate(lines) if line.strip().startswith(before)]
        if len(places) != 1:
            raise pieces.Refused(f"{path}: kernel/{file} has {len(places)} lines `{before}`")
        lines.insert(places[0], fields.rstrip("\n"))
        headers[file] = "\n".join(lines)


def kernel(task, overlay=None):
    """(path, warnings) of the chapter's kernel with the functions, fields and new files of `overlay`."""
    added = [task.test.path(".c")] if task.test.kind == "kernel" else []
    chosen, headers, notes = {}, {}, []
    if overlay:
        for path in pieces.files(overlay):
            with open(path, errors="replace") as file:
                text = file.read(pieces.LARGEST)
            if NEW.search(text[:4096]):
                added.append(os.path.abspath(path))
                continue
            _with_fields(text, headers, path)
            if FIELDS.search(text) and not pieces.SECTION.search(text):
                continue  # nothing else
            found, warnings = pieces.read(path)
            again = sorted(name for _, name in set(found) & set(chosen))
            if again:
                raise pieces.Refused(f"{path}: {again[0]} is there already")
            chosen.update(found)
            notes += warnings
    if not added and not chosen and not headers:
        return course.kernel(task.chapter.number)[0], notes
    path, warnings = build.kernel(task.chapter.number, chosen, added=added, headers=headers)
    return path, notes + warnings
