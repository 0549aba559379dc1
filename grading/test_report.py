# SPDX-License-Identifier: MIT
"""What a grading writes, for people and programs, and a whole class at once."""
import csv
import json
import os
import shutil
import subprocess
import sys

import jsonschema
import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import course  # noqa: E402
import exercises  # noqa: E402
import judge  # noqa: E402
import report  # noqa: E402
from overlay import scan  # noqa: E402

CHAPTER = course.chapters()[2]
SKELETONS = f"{course.SOURCE}/exercises/{CHAPTER.directory}"
WRONG = f"{course.SOURCE}/solutions/{CHAPTER.directory}/wrong"


def outcome(*verdicts):
    tests = CHAPTER.tests[:len(verdicts)]
    made = report.Outcome(CHAPTER, tests, "none.elf", 1, [])
    made.results = {test.name: judge.Result(verdict, "a\nb", "c", "console")
                    for test, verdict in zip(tests, verdicts)}
    return made


def schema():
    with open(f"{course.SOURCE}/docs/results.schema.json") as file:
        return json.load(file)


def test_points():
    points = [test.points for test in CHAPTER.tests]
    assert outcome("PASS", "WRONG", "PASS").earned == points[0] + points[2]
    assert outcome("PASS", "INFRA").earned is None
    alone = outcome("PASS", "WRONG")
    alone.alone = {CHAPTER.tests[1].name: 3}
    assert alone.earned == points[0] + 3


@pytest.mark.parametrize("verdicts", [("PASS",), ("WRONG", "PASS"), ("INFRA",), ("NOT-WRITTEN",)])
def test_json_is_as_described(verdicts):
    jsonschema.validate(report.as_json(outcome(*verdicts)), schema())


def test_no_score_is_no_zero():
    found = report.as_json(outcome("PASS", "INFRA"))
    assert "score" not in report.gradescope(found) and report.autolab(found) is None
    assert "no score" in report.text(outcome("PASS", "INFRA"))


def test_gradescope_and_autolab():
    found = report.as_json(outcome("PASS", "WRONG"))
    shown = report.gradescope(found)
    assert shown["score"] == found["earned"]
    assert [test["status"] for test in shown["tests"]] == ["passed", "failed"]
    assert "WRONG" in shown["tests"][1]["output"] and "a\nb" in shown["tests"][1]["output"]
    assert json.loads(report.autolab(found)) == {"scores": {"chapter2": found["earned"]}}


def kernels_own(directory):
    """A submission with the kernel's own functions."""
    os.makedirs(directory)
    for function in exercises.exercise(CHAPTER).functions:
        with open(f"{course.SOURCE}/kernel/{function.file}") as file:
            text = file.read()
        part = next(part for part in scan.functions(text) if part.name == function.name)
        with open(f"{directory}/{function.name}.c", "w") as file:
            file.write(f"/* in {function.file} */\n{text[part.start:part.end]}\n")


def test_class(tmp_path):
    """A good one, an unwritten one, one that does not build, an empty one, one that panics."""
    students = tmp_path / "students"
    kernels_own(students / "ada")
    (students / "ada" / "HOURS").write_text("4,5 hours\n")
    shutil.copytree(SKELETONS, students / "bob")
    kernels_own(students / "cy d")
    (students / "cy d" / "map_add.c").write_text("/* in memory/memory_map.c */\nstatic void map_add(\n")
    (students / "dan").mkdir()
    kernels_own(students / "eve")
    text = (students / "eve" / "frame_put_slow.c").read_text()
    (students / "eve" / "frame_put_slow.c").write_text(text.replace("{", '{\n\tpanic("no");\n', 1))
    command = [sys.executable, f"{HERE}/grade-class", "2", str(students), "--output", str(tmp_path / "out")]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    with open(tmp_path / "out" / "class.csv", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert done.returncode == 0, done.stdout
    assert (rows["ada"]["points"], rows["ada"]["hours"]) == ("100", "4.5")
    assert (rows["bob"]["points"], rows["bob"]["verdicts"]) == ("0", f"NOT-WRITTEN:{len(CHAPTER.tests)}")
    for name in ("cy d", "dan"):
        assert (rows[name]["points"], rows[name]["verdicts"]) == ("0", f"BUILD:{len(CHAPTER.tests)}")
    assert "PANIC" in rows["eve"]["verdicts"] and 0 < int(rows["eve"]["points"]) < 100
    (tmp_path / "old.csv").write_text("name,points\nada,97\nbob,0\n")
    again = subprocess.run([*command, "--compare", str(tmp_path / "old.csv")], text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    assert "ada: 97 before, 100 now\n1 changed" in again.stdout
