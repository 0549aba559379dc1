# SPDX-License-Identifier: MIT
"""What a grading says: a table for people, one JSON for programs, and what is made from it.

The JSON (docs/results.schema.json) has no date, path or duration in it: the same kernel gives the same
bytes.  What other programs read is a function of it (formats.py).
"""
import functools
import hashlib
import json
import os
import re
import subprocess
import textwrap

VERSION = 2  # of the JSON; a reader may rely on the fields of its version
LINES_SHOWN = 8  # of an expectation
NO_SCORE = "no score: the grader's machine failed"
ALONE = "(alone): fails here, passes when of yours its own function alone is in our kernel: part of the points"


class Outcome:
    """One grading: tests with their Results so far; `alone`: points earned by a function alone."""

    def __init__(self, chapter, tests, kernel, seed, words):
        self.chapter, self.tests, self.kernel, self.seed = chapter, tests, kernel, seed
        self.words = words  # what to add to `make grade-chapterN` to get the same again
        self.results, self.alone, self.notes = {}, {}, []
        self.details = {}  # of tests that did not pass, by name (details.py)
        self.reveals = False  # text() tells all of hidden tests

    @property
    def hidden(self):
        return [test for test in self.tests if test.hidden]

    def ended(self):
        """The tests that have a result."""
        return [test for test in self.tests if test.name in self.results]

    def points(self, test):
        """Earned points, or None where there is no score."""
        verdict = self.results[test.name].verdict
        if verdict == "INFRA":
            return None
        return test.points if verdict == "PASS" else self.alone.get(test.name, 0)

    @property
    def most(self):
        return sum(test.points for test in self.tests if not test.hidden)

    def _sum(self, tests):
        points = [self.points(test) for test in tests]
        return None if None in points else sum(points)

    @property
    def earned(self):
        """The sum of the visible tests, or None: one lost test makes the whole no score."""
        return None if self._sum(self.ended()) is None else \
            self._sum(test for test in self.ended() if not test.hidden)

    @property
    def earned_hidden(self):
        """The same of the hidden tests."""
        return None if self.earned is None else \
            self._sum(test for test in self.ended() if test.hidden)

    @property
    def is_full(self):
        return self._sum(self.ended()) == sum(test.points for test in self.tests)

    def rerun(self, test, debug=False):
        goal = f"debug-test CH={self.chapter.number}" if debug else f"grade-chapter{self.chapter.number}"
        return " ".join(["make", goal, f"TEST={test.name}", *self.words])


# ---- for people

def _clip(lines):
    if len(lines) > LINES_SHOWN:
        return lines[:LINES_SHOWN] + [f"... {len(lines) - LINES_SHOWN} more"]
    return lines


def _labelled(label, lines):
    return [f"  {label if i == 0 else '':9} {line}" for i, line in enumerate(lines)]


def _marked(expected, happened):
    """Under two lines, a mark where they differ first; none where one is said, not observed."""
    if expected == happened or "=" not in expected or "=" not in happened:
        return []
    return [" " * len(os.path.commonprefix([expected, happened])) + "^ the first difference"]


def _difference(test, result):
    """What is right, and what this kernel gave, with the first difference marked."""
    right = "Linux" if test.kind in ("image", "program") else "the model"
    expected, happened = result.expected.split("\n"), result.happened.split("\n")
    lines = _labelled("expected", _clip(expected)) + _labelled("happened", _clip(happened))
    if result.verdict == "WRONG" and len(expected) == 1 == len(happened):
        lines += _labelled("", _marked(expected[0], happened[0]))
    elif result.verdict in ("WRONG", "LEAK") and len(expected) == len(happened):
        labels = (right, "this kernel") if result.verdict == "WRONG" else ("before", "after")
        lines = [f"  - {labels[0]}, + {labels[1]}:"]
        for wanted, got in list(zip(expected, happened))[:LINES_SHOWN]:
            lines += [f"  {'-':>9} {wanted}", f"  {'+':>9} {got}"]
            if len(lines) == 3:
                lines += _labelled("", _marked(wanted, got))
        if len(expected) > LINES_SHOWN:
            lines += _labelled("", [f"... {len(expected) - LINES_SHOWN} more"])
    return lines


def _failure(outcome, test, others=()):
    result, details = outcome.results[test.name], outcome.details.get(test.name)
    lines = [f"{test.name}: {result.verdict} - {test.what}", *_difference(test, result)]
    if details:
        lines += _labelled("calls", details.calls)
        lines += _labelled("backtrace", details.backtrace)
        lines += _labelled("waiting", details.waiting)
        lines += _labelled("allocated", details.allocated)
    lines += _others(others)
    if result.verdict not in ("WRONG", "LEAK", "SKIPPED") and result.console:
        lines += _labelled("console", result.console.rstrip().split("\n")[-LINES_SHOWN:])
    if details and details.see:
        lines += _labelled("see", [f"{details.see} (chapters/{test.directory}/README.md)"])
    lines += _labelled("rerun", [outcome.rerun(test)])
    return lines + _labelled("debug", [outcome.rerun(test, True)])


def _alike(outcome, failed):
    """The failed tests in groups of which each failed at one place in one way: with the kernel's boot, say."""
    groups = {}
    for test in failed:
        result, details = outcome.results[test.name], outcome.details.get(test.name)
        own = test.name if result.verdict in ("WRONG", "LEAK", "LIMIT", "SKIPPED") else ""
        place = (tuple(details.calls), tuple(details.backtrace)) if details else ()
        groups.setdefault((own, result.verdict, result.expected, result.happened, place), []).append(test)
    return groups.values()


def _others(tests):
    """The line that names the further tests of such a group."""
    if not tests:
        return []
    names = textwrap.wrap(" ".join(test.name for test in tests), 88)
    return _labelled("so do", [f"{len(tests)} more: {names[0]}", *names[1:]])


def categories(tests):
    """What students see of hidden tests, from their JSON: [(category, points or None, most, how many had
    which verdict)]."""
    groups, found = {}, []
    for test in tests:
        if test["visibility"] == "hidden":
            groups.setdefault(test["category"], []).append(test)
    for category, hidden in sorted(groups.items()):
        earned = [test["earned"] for test in hidden]
        verdicts = [test["verdict"] for test in hidden]
        failed = ", ".join(f"{verdict} {verdicts.count(verdict)}"
                           for verdict in sorted(set(verdicts) - {"PASS"}))
        found.append((category, None if None in earned else sum(earned), sum(test["points"] for test in hidden),
                      f"{verdicts.count('PASS')} of {len(hidden)} pass{': ' + failed if failed else ''}"))
    return found


def _not_built(outcome, tests):
    """Whether there is one kernel for all of them, and it was not built."""
    results = {outcome.results[test.name] for test in tests}
    return len(results) == 1 and results.pop().verdict == "BUILD"


def _hidden_lines(outcome):
    for category, earned, most, verdicts in categories([_test_json(outcome, test) for test in outcome.ended()]):
        yield f"  hidden: {category}  {'-' if earned is None else earned} / {most}  {verdicts}"


def _total(outcome):
    if outcome.earned is None:
        return NO_SCORE
    shown = f"{outcome.earned} of {outcome.most} points"
    if outcome.hidden:
        most = sum(test.points for test in outcome.hidden)
        shown += f", and {outcome.earned_hidden} of {most} hidden ones"
    return shown


COLOURS = {"PASS": "32", "INFRA": "33", "SKIPPED": "33", "NOT-WRITTEN": "33"}  # else red


def wants_colour(stream):
    """Only on a terminal, and not where the user asked for none (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def coloured(shown):
    """text() with its verdicts in colour; the words stay the same."""
    def paint(match):
        return f"\x1b[{COLOURS.get(match[0], '31')}m{match[0]}\x1b[0m"
    return re.sub(r"(?<=  )[A-Z][A-Z-]+(?=  )|(?<=: )[A-Z][A-Z-]+(?= - )", paint, shown)


def text(outcome):
    """The table, and for each failure what was expected and how to see it again."""
    chapter = outcome.chapter
    shown = [test for test in outcome.ended() if outcome.reveals or not test.hidden]
    lines = [f"note: {note}" for note in outcome.notes]
    lines += [f"Chapter {chapter.number}, {chapter.title}: {os.path.basename(outcome.kernel)}", ""]
    width = max((len(test.name) for test in shown), default=0)
    for test in shown:
        verdict, earned = outcome.results[test.name].verdict, outcome.points(test)
        lines.append(f"  {test.name:{width}}  {'-' if earned is None else earned:>3} / {test.points:<3}  "
                     f"{verdict:12}  {test.what}{'  (alone)' if test.name in outcome.alone else ''}")
    if not outcome.reveals:
        lines += _hidden_lines(outcome)
    if any(test.name in outcome.alone for test in shown):
        lines += ["", ALONE]
    failed = [test for test in shown if outcome.results[test.name].verdict != "PASS"]
    if len(failed) > 1 and _not_built(outcome, failed):
        lines += ["", "every test: BUILD", *_difference(failed[0], outcome.results[failed[0].name])]
        failed = []
    for test, *others in _alike(outcome, failed):
        lines += ["", *_failure(outcome, test, others)]
    return "\n".join([*lines, "", _total(outcome)])


# ---- for programs

@functools.lru_cache
def _version(command):
    shown = subprocess.run([command, "--version"], stdout=subprocess.PIPE, text=True, check=False)
    return shown.stdout.split("\n")[0]


def _digest(path):
    if not os.path.exists(path):
        return ""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def _test_json(outcome, test):
    result = outcome.results[test.name]
    found = {"name": test.name, "what": test.what, "points": test.points,
             "earned": outcome.points(test), "alone": test.name in outcome.alone,
             "visibility": "hidden" if test.hidden else "visible", "verdict": result.verdict,
             "expected": result.expected.split("\n"), "happened": result.happened.split("\n")}
    found["details"] = _details_json(outcome, test)
    return {**found, "category": test.category} if test.hidden else found


def _details_json(outcome, test):
    """Of a test that did not pass; null otherwise."""
    details, result = outcome.details.get(test.name), outcome.results[test.name]
    if not details:
        return None
    leaked = zip(result.expected.split("\n"), result.happened.split("\n")) if result.verdict == "LEAK" else ()
    return {"see": details.see, "calls": list(details.calls), "backtrace": list(details.backtrace),
            "waiting": list(details.waiting), "instruction": details.instruction,
            "allocated": list(details.allocated),
            "leaked": [{"kind": before.rsplit(" ", 1)[0], "before": int(before.rsplit(" ", 1)[1]),
                        "after": int(after.rsplit(" ", 1)[1])} for before, after in leaked],
            "rerun": outcome.rerun(test), "debug": outcome.rerun(test, debug=True)}


def as_json(outcome):
    """What a program may know of the grading so far; hidden tests are in it, so it is the staff's."""
    hidden = {"hidden": {"points": sum(test.points for test in outcome.hidden),
                         "earned": outcome.earned_hidden}} if outcome.hidden else {}
    return {
        "version": VERSION, "chapter": outcome.chapter.number, "title": outcome.chapter.title,
        "points": outcome.most, "earned": outcome.earned, **hidden, "notes": outcome.notes,
        "stamp": {"kernel": _digest(outcome.kernel), "seed": outcome.seed,
                  "qemu": _version(os.environ.get("QEMU") or "qemu-system-x86_64"),
                  "compiler": _version((os.environ.get("CC") or "gcc").split()[0])},
        "tests": [_test_json(outcome, test) for test in outcome.ended()]}


def elsewhere(found, paths):
    """What is found, or a text of it, for readers who have not got these directories: their files by name alone."""
    if isinstance(found, str):
        for path in paths:
            found = found.replace(f"{path}/", "").replace(path, os.path.basename(path))
        return found
    if isinstance(found, dict):
        return {key: elsewhere(value, paths) for key, value in found.items()}
    return [elsewhere(value, paths) for value in found] if isinstance(found, list) else found


def write_text(path, content):
    """Whole or not at all, so that a reader never finds half of it."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path + ".new", "w") as file:
        file.write(content)
    os.rename(path + ".new", path)


def write(path, content):
    write_text(path, json.dumps(content, indent=1) + "\n")
