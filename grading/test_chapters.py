# SPDX-License-Identifier: MIT
"""Every test of every chapter, as pytest sees it: grading/grade picks one chapter, make check all.

The results of a run are gathered in RESULTS, by test name, for whoever started pytest.
"""
import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import course  # noqa: E402
import judge  # noqa: E402

ALL = -1
WANTED = int(os.environ.get("STRIX_GRADE_CHAPTER", ALL))
KERNEL = os.environ.get("STRIX_GRADE_KERNEL")
ONLY = os.environ.get("STRIX_GRADE_TEST")
SEED = int(os.environ.get("STRIX_GRADE_SEED", judge.SEED))
RESULTS = {}


def _asks_later_kernels(test):
    """later = False: what it asks about, a later chapter's boot uses up."""
    return course.has_kernel(test.chapter) and test.wish("later", True)


def _parameters():
    for number, chapter in course.chapters().items():
        for test in chapter.tests:
            if WANTED == number or WANTED == ALL and not test.hidden:
                if ONLY in (None, test.name):
                    yield pytest.param(test, id=f"{number:02}-{test.name}")


def _skip_when_nothing_boots(test):
    """A kernel that does not boot for one test does not for the others: each would cost a time-out."""
    dead = [name for name, result in RESULTS.items() if result.verdict == "BOOT"]
    if dead:
        RESULTS[test.name] = judge.Result("SKIPPED", "a kernel that boots", f"see {dead[0]}", "")
        pytest.skip(f"{dead[0]}: the kernel does not boot")


def _skip_when_needed_failed(test):
    for name in test.needs:
        if RESULTS.get(name) and RESULTS[name].verdict != "PASS":
            RESULTS[test.name] = judge.Result("SKIPPED", "", f"{name} failed", "")
            pytest.skip(f"{name} failed")


def _fail(result):
    expected = "\n    ".join(result.expected.split("\n"))
    happened = "\n    ".join(result.happened.split("\n"))
    pytest.fail(f"{result.verdict}\nexpected\n    {expected}\nhappened\n    {happened}",
                pytrace=False)


@pytest.mark.parametrize("test", _parameters())
def test_chapter(test, record_property):
    """The chapter's own kernel."""
    record_property("points", test.points)
    _skip_when_needed_failed(test)
    if KERNEL:
        _skip_when_nothing_boots(test)
    kernel, last_chapter = course.kernel(test.chapter)
    result = judge.grade(test, KERNEL or kernel, last_chapter, SEED)
    RESULTS[test.name] = result
    if result.verdict != "PASS":
        _fail(result)


@pytest.mark.parametrize("test", [parameter for parameter in _parameters()
                                  if WANTED == ALL and _asks_later_kernels(parameter.values[0])])
def test_complete(test):
    """The complete kernel still does all that the chapters ask."""
    kernel = "strix-test.elf" if test.kind in ("kernel", "outside") else "strix.elf"
    result = judge.grade(test, f"{course.BUILD}/{kernel}", course.COMPLETE, SEED)
    if result.verdict != "PASS":
        _fail(result)


@pytest.mark.parametrize("number", course.chapters())
def test_points(number):
    """A chapter has 100 points."""
    assert sum(test.points for test in course.chapters()[number].tests if not test.hidden) == 100
