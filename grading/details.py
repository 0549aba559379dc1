# SPDX-License-Identifier: MIT
"""What there is to say of a failure beside its verdict: where in the lesson it is explained, the last system
calls, the backtrace, what leaked.

Calls and backtrace come from GDB at the place of the failure, in a rerun that is the same (failure.py).
Without a GDB, or where there is nothing to stop at, they are empty; a verdict never depends on them.
"""
import json
import os
import tempfile
from collections import namedtuple

import course
import failure

# `see`: the section; `calls`: oldest first; `backtrace`: newest frame first; `waiting`: the other tasks, and where
# each sleeps; `allocated`: where what leaked was; `instruction`: when it failed, or None.
Details = namedtuple("Details", "see calls backtrace waiting instruction allocated",
                     defaults=("", (), (), (), None, ()))
EXPLAINED = ("PANIC", "TRIPLE-FAULT", "RESTART", "USER-FAULT", "WRONG", "HANG", "LEAK")
CALLS_SHOWN, FRAMES_SHOWN = 8, 16


def sections(chapter):
    """{test name: section} of a chapter, from tests/sections: lines `SECTION: TEST...`."""
    path = f"{course.SOURCE}/chapters/{chapter.directory}/tests/sections"
    found = {}
    if os.path.exists(path):
        with open(path) as file:
            for line in file:
                section, _, tests = line.rpartition(":")
                if section and not line.startswith("#"):
                    found.update({name: section for name in tests.split()})
    return found


def _relative(text):
    """Without the place of the tree on this machine."""
    return text.replace(f"{course.BUILD}/", "").replace(f"{course.SOURCE}/", "").replace(" ./", " ")


def _account(recording, directory):
    """What GDB wrote at the place of the failure, or {}."""
    path = f"{directory}/account"
    failure.under_gdb(recording, failure.stop(recording), directory, path)
    if not os.path.exists(path):
        return {}
    with open(path) as file:
        return json.load(file)


def _backtrace(result, lines):
    """Of a wrong line without the frames that report it; where the machine ends says nothing of what leaked."""
    if result.verdict == "LEAK":
        return []
    if result.verdict == "WRONG":
        lines = lines[next((i for i, line in enumerate(lines) if "/tests/" in line or "/ktest/" in line), 0):]
    return [_relative(line) for line in lines[:FRAMES_SHOWN]]


def _waiting(tasks):
    lines = []
    for task in tasks:
        lines.append(f"task {task['name']}: {task['calls'][-1] if task['calls'] else 'no call yet'}")
        lines += [f"    {_relative(line)}" for line in task["backtrace"]]
    return lines[:FRAMES_SHOWN]


def _is_slow(result):
    """A loop that hangs costs its whole time in each rerun; its place is in the result already."""
    return result.verdict == "HANG" and result.happened.startswith("busy")


def of(test, section, result, kernel, seed):
    """The Details of one failed test."""
    if result.verdict not in EXPLAINED or _is_slow(result) or not failure.debugger():
        return Details(section)
    with tempfile.TemporaryDirectory(prefix="strix-") as directory:
        recording = failure.recorded(test, kernel, course.kernel(test.chapter)[1], seed, directory)
        if recording.result.verdict != result.verdict:
            return Details(section)
        found = _account(recording, directory)
    if not found.get("reached"):
        return Details(section)
    return Details(section, found["calls"][-CALLS_SHOWN:], _backtrace(result, found["backtrace"]),
                   _waiting(found["tasks"]) if result.verdict == "HANG" else [], found["instruction"],
                   [_relative(line) for line in found["allocated"][:FRAMES_SHOWN]])


def gather(outcome):
    """Fills outcome.details for the tests that did not pass."""
    known = sections(outcome.chapter)
    for test in outcome.ended():
        result = outcome.results[test.name]
        if result.verdict != "PASS" and (outcome.reveals or not test.hidden):
            outcome.details[test.name] = of(test, known.get(test.name, ""), result, outcome.kernel,
                                            outcome.seed)
