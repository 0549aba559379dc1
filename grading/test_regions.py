# SPDX-License-Identifier: MIT
"""Submissions for a plagiarism checker, and their mistakes as candidates for wrong answers."""
import os
import shutil
import subprocess
import sys

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import course  # noqa: E402
import exercises  # noqa: E402
import judge  # noqa: E402
from overlay import build, pieces  # noqa: E402

CHAPTER = course.chapters()[2]
EXERCISE = exercises.exercise(CHAPTER)
WRONG = f"{course.SOURCE}/solutions/{CHAPTER.directory}/wrong/never_merges.c"
REFORMED = """/* in memory/frame_buddy.c */
void buddy_give(struct frame *frame, unsigned order)
{       run_list(frame,   order); /* mine */
}
"""


@pytest.fixture
def students(tmp_path):
    """Ada has the kernel's own, Bob a known mistake, Cy the same in other spacing, Dan skeletons."""
    for piece in exercises.kernels_own(EXERCISE).values():
        (tmp_path / "class" / "ada").mkdir(parents=True, exist_ok=True)
        (tmp_path / "class" / "ada" / f"{piece.name}.c").write_text(f"/* in {piece.file} */\n{piece.text}\n")
    for name in ("bob", "cy"):
        (tmp_path / "class" / name).mkdir()
    shutil.copy(WRONG, tmp_path / "class" / "bob" / "answer.c")
    (tmp_path / "class" / "cy" / "mine.c").write_text(REFORMED)
    shutil.copytree(EXERCISE.directory, tmp_path / "class" / "dan",
                    ignore=lambda path, names: [n for n in names if not n.endswith(".c")])
    (tmp_path / "class" / "eve").mkdir()
    (tmp_path / "class" / "eve" / "a.c").write_text("no line says where this belongs\n")
    return tmp_path / "class"


def run(tool, students, output):
    done = subprocess.run([sys.executable, f"{HERE}/{tool}", "2", str(students), "--output", str(output)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_regions(students, tmp_path):
    out = tmp_path / "out"
    said = run("export-regions", students, out)
    names = {function.name for function in EXERCISE.functions}
    assert {path.stem for path in (out / "submissions" / "ada").iterdir()} == names
    assert [path.name for path in (out / "submissions" / "bob").iterdir()] == ["buddy_give.c"]
    text = (out / "submissions" / "bob" / "buddy_give.c").read_text()
    assert text.startswith("void buddy_give(") and "symptom" not in text
    assert {path.name for path in (out / "base").iterdir()} == \
        {f"{kind}-{name}.c" for name in names for kind in ("kernel", "skeleton")}
    assert "eve: left out" in said and "4 of 5 submissions" in said


def test_import_wrong(students, tmp_path):
    """Ada made no mistake, Bob and Cy the same one, Dan wrote nothing."""
    said = run("import-wrong", students, tmp_path / "out")
    path, = (tmp_path / "out").iterdir()
    text = path.read_text()
    assert "seen 2 times" in text and "1 groups, 1 different mistakes" in said
    assert "bob" not in text and exercises.field(text, "symptom") == "TO BE COMPLETED"
    assert exercises.field(text, "fails").split()[0] == path.name.rpartition("-")[0] == "runs_merge"
    kernel, _ = build.kernel(2, pieces.read(str(path))[0])
    test = next(test for test in CHAPTER.tests if test.name == "runs_merge")
    assert judge.grade(test, kernel, 2).verdict == "WRONG"
