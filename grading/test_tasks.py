# SPDX-License-Identifier: MIT
"""Extensions: the tree has none of their points, our answers all.  Challenges: what they measure is the same twice, our answers beat the tree, a scoreboard ranks."""
import csv
import difflib
import importlib.machinery
import importlib.util
import os
import re
import subprocess
import sys

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import course  # noqa: E402
import exercises  # noqa: E402
import judge  # noqa: E402
import tasks  # noqa: E402
from overlay import build, pieces, scan  # noqa: E402


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


def read(path):
    with open(path) as file:
        return file.read()


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
    saves = [int(said) for said in (exercises.field(read(file), "saves") for file in pieces.files(path)) if said]
    assert len(saves) == 1
    reference = challenge.cost(task, tasks.kernel(task)[0])
    figure, why = challenge.measure(task, path)
    assert figure, why
    assert challenge.cost(task, tasks.kernel(task, path)[0]) == figure
    assert 100 * figure <= (100 - saves[0]) * reference, (figure, reference)


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


LACKS = {"kernel": "absent", "image": "fault", "program": "-ENOSYS"}
PUBLIC = re.compile(r"^((?:\w+ )+\*?)(\w+\([^;{}]*\)\n)\{.*?^\}", re.M | re.S)  # a function, with what it returns
EXTENSIONS = [pytest.param(task, id=f"{task.chapter.number:02}-{task.test.name}")
              for chapter in course.chapters().values() for task in tasks.of_chapter(chapter, "extend")]


@pytest.mark.parametrize("task", EXTENSIONS)
def test_extension(task):
    """It has a text and an answer; the tree says that it lacks what is asked for, lives, and earns nothing."""
    assert os.path.exists(f"{task.folder}/README.md") and tasks.answer(task)
    points, result, _, _ = extend.grade(task)
    assert (points, result.verdict) == (0, "WRONG") and LACKS[task.test.kind] in result.happened


def emptied(text):
    """The new functions that others call answer 0 and do nothing."""
    def empty(function):
        if function[1].startswith("static "):
            return function[0]
        return function[1] + function[2] + ("{\n}" if function[1] == "void " else "{\n\treturn 0;\n}")
    return PUBLIC.sub(empty, text)


@pytest.mark.parametrize("task", [task for task in EXTENSIONS if tasks.answer(task.values[0])])
def test_extension_answer(task, tmp_path):
    """Our answer earns all 20 points, one that says 0 to everything does not."""
    answer = tasks.answer(task)
    result = extend.grade(task, answer)
    assert result[0] == tasks.POINTS and result[1].verdict == "PASS" and result[2] == result[3], result
    changed = 0
    for path in pieces.files(answer):
        text = read(path)
        wrong = emptied(text) if tasks.NEW.search(text) or "/* at the end of " in text else text
        changed += wrong != text
        (tmp_path / os.path.basename(path)).write_text(wrong)
    if not changed:  # a table has no functions
        return
    points, result, agree, of = extend.grade(task, str(tmp_path))
    assert points < tasks.POINTS and agree < of and result.verdict != "PASS"


def test_no_such_task():
    with pytest.raises(SystemExit, match="NAME= one of: mixed"):
        tasks.find(2, "challenge", "none")


@pytest.mark.parametrize("task", [task for task in EXTENSIONS if tasks.answer(task.values[0])])
def test_extension_answer_is_of_today(task):
    """Its functions are the kernel's of today with lines added: what came into one later is not lost."""
    for path in pieces.files(tasks.answer(task)):
        if not pieces.SECTION.search(read(path)):
            continue
        for (file, name), piece in pieces.read(path)[0].items():
            if name in (pieces.HELPERS, pieces.ADDED):
                continue
            text = read(f"{course.SOURCE}/{build.source_path(file)}")
            part, = (part for part in scan.parts(file, text) if part.name == name)
            lost = [line for line in difflib.ndiff(text[part.start:part.end].split("\n"), piece.text.split("\n"))
                    if line.startswith("- ")]
            assert not lost, (path, name, lost)


FRAME = "/* in memory/frame_allocator.h, before `%s` */\n\tuint64_t mine;\n/* end of fields */\n"


@pytest.mark.parametrize("before,said", [("uint64_t nothing_like_it;", "has 0 lines"), ("/*", "lines `/*`")])
def test_fields_want_one_place(tmp_path, before, said):
    (tmp_path / "a.c").write_text(FRAME % before)
    with pytest.raises(pieces.Refused, match=re.escape(said)):
        tasks.kernel(tasks.find(2, "extend", "runs_free"), str(tmp_path))


def test_fields_of_no_header(tmp_path):
    (tmp_path / "a.c").write_text((FRAME % "x").replace("frame_allocator.h", "nowhere.h"))
    with pytest.raises(pieces.Refused, match="kernel/memory/nowhere.h"):
        tasks.kernel(tasks.find(2, "extend", "runs_free"), str(tmp_path))


def test_messages_of_added_functions_name_their_line(tmp_path):
    (tmp_path / "a.c").write_text("/* at the end of memory/frame_buddy.c */\n\nint f(void)\n{\n\tsyntax error;\n}\n")
    points, result, _, _ = extend.grade(tasks.find(2, "extend", "runs_free"), str(tmp_path))
    assert (points, result.verdict) == (0, "BUILD") and "a.c:5:" in result.happened
