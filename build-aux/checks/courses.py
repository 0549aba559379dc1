# SPDX-License-Identifier: MIT
"""Whether each chapter is a course: a kernel, a lesson, holes, tests, an exercise and wrong answers.

A chapter is one, or chapters/not-yet-courses lists it, a number a line, and docs/gaps.md says so.  So a
chapter that is added or half finished cannot be forgotten, and a finished one cannot stay on the list.
"""
import re

LEAST_WRONG = 8  # wrong answers a chapter
LISTED = "chapters/not-yet-courses"


def not_yet(tree):
    """The numbers in chapters/not-yet-courses."""
    path = tree.source / LISTED
    lines = path.read_text().splitlines() if path.exists() else []
    return [int(line) for line in (line.split("#")[0].strip() for line in lines) if line]


def _rows(path):
    """How many lines of a list say something."""
    if not path.exists():
        return 0
    return sum(bool(line.split("#")[0].strip()) for line in path.read_text().splitlines())


def lacks(tree, chapter):
    """What the chapter in directory NN-name lacks for being a course."""
    lesson, exercise, solution = (tree.source / part / chapter
                                  for part in ("chapters", "exercises", "solutions"))
    found = [f"{path.relative_to(tree.source)}" for path in
             (lesson / "README.md", lesson / "holes", exercise / "README.md", solution / "README.md")
             if not path.exists()]
    if f"chapter{chapter[:2]}.elf" not in tree.text(f"chapters/{chapter}/chapter.am"):
        found.append("a kernel of its own")
    if not _rows(lesson / "tests" / "points"):
        found.append("tests")
    if _rows(exercise / "functions") < 2:  # the baseline is one
        found.append("functions to write")
    wrong = len([path for path in (solution / "wrong").glob("*") if path.suffix in (".c", ".S")])
    if wrong < LEAST_WRONG:
        found.append(f"{LEAST_WRONG} wrong answers ({wrong})")
    return found


def _named_in_gaps(tree):
    """The chapters that docs/gaps.md speaks of, as "Chapter 9" or "Chapters 10 to 18"."""
    named = set()
    for first, last in re.findall(r"[Cc]hapters?\s+(\d+)(?:\s+to\s+(\d+))?", tree.text("docs/gaps.md")):
        named |= set(range(int(first), int(last or first) + 1))
    return named


def check_courses(tree):
    """Each chapter is a course or listed as none; docs/gaps.md names those."""
    listed, complaints = not_yet(tree), []
    known = sorted(path.parent.name for path in tree.source.glob("chapters/*/chapter.am"))
    for chapter in known:
        number, missing = int(chapter[:2]), lacks(tree, chapter)
        if missing and number not in listed:
            complaints.append(f"chapters/{chapter}: lacks {', '.join(missing)}; finish it, or list it in {LISTED}")
        if not missing and number in listed:
            complaints.append(f"{LISTED}: {number} is a course now; take it off")
        if number in listed and number not in _named_in_gaps(tree):
            complaints.append(f"docs/gaps.md: says nothing of chapter {number}, which is no course yet")
    numbers = {int(chapter[:2]) for chapter in known}
    return complaints + [f"{LISTED}: there is no chapter {number}" for number in listed
                         if number not in numbers]
