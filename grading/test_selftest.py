# SPDX-License-Identifier: MIT
"""The graders themselves, tested: skeletons score their baseline, wrong answers fail as they say.

`make check` runs of each wrong answer the first test that must fail; with STRIX_SELFTEST=full
(`make grade-selftest`) every test of the chapter runs on it up to the first failure, which must be
the one named first, and then the others that are named.  STRIX_SELFTEST_CHAPTER=N: only that one.
With a private layer (COURSE=DIR) its wrong answers and hidden tests take part.
"""
import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import course  # noqa: E402
import exercises  # noqa: E402
import judge  # noqa: E402
import mutants  # noqa: E402
from overlay import build, pieces  # noqa: E402

FULL = os.environ.get("STRIX_SELFTEST") == "full"
ONLY = os.environ.get("STRIX_SELFTEST_CHAPTER")
CHAPTERS = {number: chapter for number, chapter in course.chapters().items()
            if ONLY in (None, str(number)) and exercises.exercise(chapter)}
if not CHAPTERS:
    pytest.exit(f"chapter {ONLY} has no exercise", returncode=1)
EXERCISES = {number: exercises.exercise(chapter) for number, chapter in CHAPTERS.items()}


def verdicts(chapter, overlays, tests):
    """{test name: verdict} on the chapter's kernel with these overlay files or directories."""
    chosen = {}
    for overlay in overlays:
        chosen.update(pieces.read(overlay)[0])
    kernel, _ = build.kernel(chapter.number, chosen)
    last = course.kernel(chapter.number)[1]
    return {test.name: judge.grade(test, kernel, last).verdict for test in tests}


@pytest.mark.parametrize("number", CHAPTERS)
def test_complete(number):
    """An exercise has a text, its skeletons and wrong answers; all that they name exists."""
    chapter, exercise = CHAPTERS[number], EXERCISES[number]
    known = [test.name for test in chapter.tests]
    earned = [name for function in exercise.functions for name in function.tests]
    assert len(set(earned)) == len(earned), "a test is earned twice"
    assert set(earned) <= set(known)
    missing = [path for path in (exercises.skeleton(exercise, f) for f in exercise.functions)
               if not os.path.exists(path)]
    for directory in ("exercises", "solutions"):
        readme = f"{course.SOURCE}/{directory}/{chapter.directory}/README.md"
        missing += [readme] if not os.path.exists(readme) else []
    assert not missing
    for function in exercise.functions:
        assert set(pieces.read(exercises.skeleton(exercise, function))[0]) == {(function.file, function.name)}
    for answer in exercises.wrong_answers(chapter):
        assert set(answer.fails) <= set(known), answer.name
        assert answer.fails[0] == min(answer.fails, key=known.index), \
            f"{answer.name}: {answer.fails[0]} is not the first in the chapter's order"


if FULL:  # `make check` has it in test_chapters.py
    @pytest.mark.parametrize("chapter,test", [
        pytest.param(chapter, test, id=f"{number:02}-{test.name}")
        for number, chapter in CHAPTERS.items() for test in chapter.tests])
    def test_kernel(chapter, test):
        """The kernel itself earns every point."""
        assert judge.grade(test, *course.kernel(chapter.number)).verdict == "PASS"


@pytest.mark.parametrize("number", CHAPTERS)
def test_equivalents(number):
    """What is said to be no mistake is one of the mutants of the kernel as it is now."""
    mutants.equivalents(CHAPTERS[number])


@pytest.mark.parametrize("number", CHAPTERS)
def test_skeleton(number):
    """With no function written, the tests that pass are worth the declared baseline."""
    chapter, exercise = CHAPTERS[number], EXERCISES[number]
    found = verdicts(chapter, [exercise.directory], chapter.tests)
    assert set(found.values()) <= {"PASS", "NOT-WRITTEN", "SKIPPED"}, found
    earned = sum(test.points for test in chapter.tests
                 if found[test.name] == "PASS" and not test.hidden)
    assert earned == exercise.baseline


FUNCTIONS = [pytest.param(number, function, id=f"{number:02}-{function.name}")
             for number, exercise in EXERCISES.items() for function in exercise.functions]


@pytest.mark.parametrize("number,function", FUNCTIONS)
def test_function_missing(number, function):
    """The tests that a function earns say that it is not written, when it alone is not."""
    chapter = CHAPTERS[number]
    tests = [test for test in chapter.tests if test.name in function.tests]
    found = verdicts(chapter, [exercises.skeleton(EXERCISES[number], function)], tests)
    assert set(found.values()) == {"NOT-WRITTEN"}, found


WRONG = [pytest.param(chapter, answer, id=f"{number:02}-{answer.name}")
         for number, chapter in CHAPTERS.items() for answer in exercises.wrong_answers(chapter)]


@pytest.mark.parametrize("chapter,answer", WRONG)
def test_wrong(chapter, answer):
    """A wrong answer fails the tests that it names, the first one first."""
    first = [test.name for test in chapter.tests].index(answer.fails[0])
    tests = [test for test in chapter.tests if test.name in answer.fails[:None if FULL else 1]]
    if FULL:
        before = verdicts(chapter, [answer.path], chapter.tests[:first])
        assert set(before.values()) <= {"PASS"}, f"fails before {answer.fails[0]}: {before}"
    found = verdicts(chapter, [answer.path], tests)
    assert not {"PASS", "BUILD", "INFRA"} & set(found.values()), found


# ---- kernels that want points without doing the work

CHEATS = f"{course.SOURCE}/grading/cheats"
CHEATED = 2, "frames_all"


@pytest.mark.parametrize("name", sorted(os.listdir(CHEATS)))
def test_cheat(name):
    """A kernel that does not do the work, but something else, gets the verdict in its head."""
    with open(f"{CHEATS}/{name}") as file:
        wanted = exercises.field(file.read(), "verdict")
    chapter = course.chapters()[CHEATED[0]]
    test = next(test for test in chapter.tests if test.name == CHEATED[1])
    assert verdicts(chapter, [f"{CHEATS}/{name}"], [test]) == {test.name: wanted}
