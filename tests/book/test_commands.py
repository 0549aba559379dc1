# SPDX-License-Identifier: MIT
"""The commands that lessons, exercises and the README quote do what is said: those that end by themselves are run
here, as typed, and their output is held against what the page shows; of the others a test is named that runs
them, or make says what it would do.  That goals, variables, tests and files exist is checked by `make check-commands`.
"""
import os
import re
import shutil
import subprocess
import sys

import pytest

from test_lessons import NOT_OURS, comparable

SOURCE, BUILD = os.environ["STRIX_SOURCE"], os.environ["STRIX_BUILD"]
sys.path.insert(0, f"{SOURCE}/build-aux/checks")
import claims  # noqa: E402
from tree import Tree  # noqa: E402

# goal: the test that runs it, by that name
ELSEWHERE = {"run": "tests/boot/test_run.py", "run-vga": "tests/vga/test_vga.py", "gdb": "tests/book/test_lessons.py",
             "bochs": "tests/debug/test_bochs.py", "bochs-debug": "tests/debug/test_bochs.py",
             "debug-test": "tests/debug/test_debug_test.py", "doctor": "tests/doctor/test_doctor.py",
             "submit": "grading/test_branches.py", "update": "grading/test_branches.py",
             "pack-gradescope": "grading/test_platforms.py", "pack-autolab": "grading/test_platforms.py"}
# they write into the tree, take hours, or need a class: make says what it would do
DRY = """answer-key check-book check-branches costs export-regions figures grade-class grade-selftest import-wrong
    kill-rate lesson-branches scoreboard transplant update-holes update-lessons update-syscalls check check-full
    check-structure check-layers check-courses all""".split()
HERE = ["grade-chapter", "predict", "grade-predict", "hunt", "grade-hunt", "grade-extend", "challenge", "bench", "help",
        "book"]


def page(name):
    with open(f"{SOURCE}/{name}") as file:
        return file.read()


def run(*command, directory=BUILD):
    environment = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
    return subprocess.run(command, cwd=directory, env=environment, text=True, errors="replace", timeout=600, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def make(*words):
    return run("make", "-s", *words)


def shown_in(text, shown):
    """The first line of `shown` that does not come in `text`, in this order."""
    there = iter(comparable(text))
    return next((line for line in comparable(shown) if line not in there), None)


def quoted_goals():
    tree, goals = Tree(SOURCE, BUILD), {}
    for name in claims.pages(tree):
        for found in claims.COMMAND.finditer(tree.text(name)):
            words = (found[1] or found[2]).strip().rstrip(".:;,)").split()
            if words[0] == "make":
                goals.setdefault(next((w for w in words[1:] if re.fullmatch(r"[a-z][\w-]*", w)), "all"), name)
    return goals


def test_each_command_has_a_test():
    here = lambda goal: any(goal == known or known.endswith("chapter") and goal.startswith(known) for known in HERE)
    without = {goal: name for goal, name in quoted_goals().items()
               if goal not in ELSEWHERE and goal not in DRY and not here(goal)}
    assert not without, "no test runs these: run them here, or say where"
    for goal, test in ELSEWHERE.items():
        assert goal.split("-")[0] in page(test), (goal, test)


@pytest.mark.parametrize("goal", DRY)
def test_make_knows_what_to_do(goal):
    done = run("make", "-n", "-o", "all", goal, "CH=2", "DIR=d", "OUT=o", "NAME=mixed", "DEST=d", "OVERLAY=x")
    assert done.returncode == 0, done.stdout
    for script in re.findall(re.escape(SOURCE) + r"/(?:grading|build-aux)/[\w./-]+", done.stdout):
        assert os.path.exists(script), script


def test_first_hour(tmp_path):
    """README: a mistake that is kept for it, graded, as shown."""
    block = re.search(r"^    mkdir (\w+) .*?\n    cp (\S+) (\S+)\n    (make grade-chapter2 .*?)\n\n(.*?)\n\n(?=\S)",
                      page("README.md"), re.M | re.S)
    mine = tmp_path / block[1]
    mine.mkdir()
    shutil.copy(f"{SOURCE}/{block[2]}", tmp_path / block[3])
    done = make(*block[4].replace(f"={block[1]}", f"={mine}").split()[1:])
    lost = shown_in(done.stdout.replace(str(mine), block[1]), block[5])
    assert not lost, f"{lost!r} does not come in\n{done.stdout}"


def test_trace_of_lesson_0(tmp_path):
    command, shown = re.search(r"^    \./(strix-run .*?)$.*?^```text\n(.*?)^```", page("chapters/00-tools/README.md"),
                               re.M | re.S).groups()
    done = run("sh", "-c", f"cd {tmp_path} && {BUILD}/{command}")
    said = done.stdout.replace("\r", "")
    for own in ("cat: can't open 'none': No such file or directory\n", "hi\n"):
        said = said.replace(own, "")  # the program's own words may come in the midst of a line of the trace
    lost = shown_in(said, shown)
    assert not lost, f"{lost!r} does not come in\n{said}"


def test_grade_of_lesson_0():
    """The verdicts, and the first wrong lines, of the function that the lesson writes first."""
    shown = re.search(r"^```text\n(  log_order .*?)^```", page("chapters/00-tools/README.md"), re.M | re.S)[1]
    shown = re.sub(r"'?mine'?", "M", shown)
    done = make("grade-chapter0", f"OVERLAY={SOURCE}/solutions/00-tools/wrong/edge_not_seen.c")
    said = re.sub(r"OVERLAY='?\S*?edge_not_seen.c'?", "SUBMISSION=M", done.stdout)
    lost = shown_in(said, shown)
    assert not lost, f"{lost!r} does not come in\n{said}"


def test_predict_and_hunt(tmp_path):
    sheet = make("predict", "CH=2", "STUDENT=you")
    assert sheet.returncode == 0 and sheet.stdout.count(" =") > 1
    (tmp_path / "predict.txt").write_text(sheet.stdout)
    done = make("grade-predict", "CH=2", "STUDENT=you", f"ANSWERS={tmp_path}/predict.txt")
    assert "points" in done.stdout
    done = make("hunt", "CH=2", "STUDENT=you", f"DEST={tmp_path}/hunt")
    assert (tmp_path / "hunt" / "hunt.txt").exists(), done.stdout
    done = make("grade-hunt", "CH=2", "STUDENT=you", f"ANSWERS={tmp_path}/hunt/hunt.txt")
    assert "points" in done.stdout


def test_extension_and_challenge():
    done = make("grade-extend", "CH=2", "NAME=runs_free")
    assert re.search(r"0 of 20 points", done.stdout), done.stdout
    done = make("challenge", "CH=2", "NAME=mixed", f"OVERLAY={SOURCE}/solutions/02-frames/challenge-mixed")
    assert done.returncode == 0 and "instructions" in done.stdout, done.stdout


def test_help_and_bench():
    assert "make run" in make("help").stdout
    assert re.search(r"^null\b.*\d", make("bench", "NAMES=null").stdout, re.M)
