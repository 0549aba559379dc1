# SPDX-License-Identifier: MIT
"""Extensions: the tree has none of their points, our answers all.  Challenges: what they measure is the same twice, our answers beat the tree, a scoreboard ranks."""
import csv
import importlib.machinery
import importlib.util
import os
import subprocess
import sys

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import course  # noqa: E402
import exercises  # noqa: E402
import judge  # noqa: E402
import tasks  # noqa: E402


def tool(name):
    """A program of this directory, as a module."""
    loader = importlib.machinery.SourceFileLoader(name, f"{HERE}/{name}")
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


challenge = tool("challenge")
extend = tool("grade-extend")
CHALLENGES = [pytest.param(task, id=f"{task.chapter.number:02}-{task.test.name}")
              for chapter in course.chapters().values() for task in tasks.of_chapter(chapter, "challenge")]


@pytest.mark.parametrize("task", CHALLENGES)
def test_challenge(task):
    """It has a text, the tree passes its test, and the figure is the same twice."""
    assert os.path.exists(f"{task.folder}/README.md")
    kernel, _ = tasks.kernel(task)
    assert judge.grade(task.test, kernel, course.kernel(task.chapter.number)[1]).verdict == "PASS"
    assert challenge.cost(task, kernel) == challenge.cost(task, kernel) > 500_000


@pytest.mark.parametrize("task", [task for task in CHALLENGES if tasks.answer(task.values[0])])
def test_challenge_answer(task):
    """Every test of the chapter passes on our answer, twice with one figure, and it saves what it says."""
    path = tasks.answer(task)
    with open(f"{path}/{os.listdir(path)[0]}") as file:
        saves = int(exercises.field(file.read(), "saves"))
    reference = challenge.cost(task, tasks.kernel(task)[0])
    figure, why = challenge.measure(task, path)
    assert figure, why
    assert challenge.cost(task, tasks.kernel(task, path)[0]) == figure
    assert 100 * figure <= (100 - saves) * reference, (figure, reference)


def test_scoreboard(tmp_path):
    """One that fails the chapter's tests, two equal ones, the tree itself."""
    task = tasks.find(2, "challenge", "mixed")
    answer = tasks.answer(task)
    for name in ("ada", "bob"):
        (tmp_path / "class" / name).mkdir(parents=True)
        for file in os.listdir(answer):
            with open(f"{answer}/{file}") as source:
                (tmp_path / "class" / name / file).write_text(source.read())
    (tmp_path / "class" / "cy").mkdir()
    (tmp_path / "class" / "cy" / "a.c").write_text(
        "/* in memory/frame_allocator.c */\nstruct frame *frame_alloc(enum frame_kind kind, unsigned flags)\n"
        "{\n\treturn NULL;\n}\n")
    subprocess.run([sys.executable, f"{HERE}/challenge", "2", "mixed", "--class", str(tmp_path / "class"),
                    "--output", str(tmp_path / "out")], check=True, stdout=subprocess.DEVNULL)
    with open(tmp_path / "out" / "scoreboard.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["rank"], row["name"]) for row in rows] == \
        [("1", "ada"), ("1", "bob"), ("3", "(the tree)"), ("", "cy")]
    assert rows[0]["instructions"] == rows[1]["instructions"] and rows[2]["percent"] == "100.00"
    assert ": " in rows[3]["why"] and "| 1 | ada |" in (tmp_path / "out" / "scoreboard.md").read_text()


EXTENSIONS = [pytest.param(task, id=f"{task.chapter.number:02}-{task.test.name}")
              for chapter in course.chapters().values() for task in tasks.of_chapter(chapter, "extend")]


@pytest.mark.parametrize("task", EXTENSIONS)
def test_extension(task):
    """It has a text; the tree answers ENOSYS or that a function is absent, lives, and earns nothing."""
    assert os.path.exists(f"{task.folder}/README.md")
    points, result, _, _ = extend.grade(task)
    lacks = "absent" if task.test.kind == "kernel" else "-ENOSYS"
    assert (points, result.verdict) == (0, "WRONG") and lacks in result.happened


@pytest.mark.parametrize("task", [task for task in EXTENSIONS if tasks.answer(task.values[0])])
def test_extension_answer(task, tmp_path):
    """Our answer earns all 20 points, one that says 0 to everything does not."""
    answer = tasks.answer(task)
    assert extend.grade(task, answer)[:1] == (tasks.POINTS,), extend.grade(task, answer)
    name, = os.listdir(answer)
    with open(f"{answer}/{name}") as file:
        text = file.read()
    at = text.index("\nlong sys_")
    (tmp_path / name).write_text(text[:text.index("{", at)] + "{\n\treturn 0;\n}\n")
    points, result, agree, of = extend.grade(task, str(tmp_path))
    assert 0 < points < tasks.POINTS and 0 < agree < of and result.verdict == "WRONG"


def test_no_such_task():
    with pytest.raises(SystemExit, match="NAME= one of: mixed"):
        tasks.find(2, "challenge", "none")
