# SPDX-License-Identifier: MIT
"""What is graded: the tests and the kernel that a command line names.

`args` has: chapter; kernel (an ELF file), overlay or submission (paths), or None.
"""
import sys

import course
import exercises
import judge
import submission
from overlay import build, pieces


def tests(number, name=None):
    """The tests of a chapter, or the one of that name; ends the program where there is none."""
    chapter = course.chapters().get(number)
    if not chapter:
        known = sorted(course.chapters())
        sys.exit(f"chapter {number} has no tests: chapters {known[0]} to {known[-1]} have")
    found = [test for test in chapter.tests if name in (None, test.name)]
    if not found:
        sys.exit(f"chapter {number} has no test {name}: " +
                 " ".join(test.name for test in chapter.tests if not test.hidden))
    return found


def _of_submission(args, exercise):
    """Of a submission's pieces those of the chapter's exercise."""
    if not exercise:
        raise pieces.Refused(f"chapter {args.chapter} has no exercise to submit")
    wanted = {(function.file, function.name) for function in exercise.functions}
    found, notes = pieces.read(submission.directory(args.submission), wanted=wanted, guarded=True)
    lost = sorted(name for _, name in wanted - set(found))
    if not found:
        raise pieces.Refused("\n".join([*notes, "none of the exercise's functions is there"]))
    return found, notes + [f"no {name}: the kernel's own is used" for name in lost]


def kernel(args):
    """(the kernel's path, what there is to say of it, the pieces in it); Refused when there is none."""
    if not args.overlay and not args.submission:
        return args.kernel or build.reference(args.chapter), [], {}
    exercise = exercises.exercise(course.chapters()[args.chapter])
    found, notes = pieces.read(args.overlay) if args.overlay else _of_submission(args, exercise)
    path, warnings = build.kernel(args.chapter, found, guarded=bool(args.submission))
    return path, notes + warnings, found


def seed(args):
    """The one that --seed or the private layer names, or everybody's."""
    if args.seed is not None:
        return args.seed
    private = course.private()
    return private.seed if private and private.seed is not None else judge.SEED
