# SPDX-License-Identifier: MIT
"""Predictions and hunts beside a submission: what a class's results say of them."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import course  # noqa: E402
import hunts  # noqa: E402
import ladder  # noqa: E402
import predictions  # noqa: E402


def student(tmp_path, predict=None, hunt=None):
    directory = tmp_path / "ada"
    directory.mkdir()
    for name, text in (("predict", predict), ("hunt", hunt)):
        if text is not None:
            (directory / f"{name}.txt").write_text(text)
    return str(directory)


def test_points_and_notes(tmp_path):
    asked = predictions.questions(course.chapters()[7], "ada")
    place = hunts.places(hunts.draw(course.chapters()[7], "ada"))[0]
    directory = student(tmp_path, f"{asked[0].key} = {asked[0].answer}\n",
                        f"function = {place.function}\nline = {place.ranges[0][0]}\nwhy = it is the wrong one\n")
    found = ladder.judged(7, "ada", directory)
    assert found["predict"]["earned"] == predictions.POINTS // len(asked)
    assert found["predict"]["notes"] == [f"{each.key}: no answer" for each in asked[1:]]
    assert found["hunt"] == {"points": 20, "earned": 20, "notes": []}


def test_unreadable_earns_nothing_and_says_why(tmp_path):
    directory = student(tmp_path, "nonsense")
    os.symlink("/etc/passwd", f"{directory}/hunt.txt")
    found = ladder.judged(7, "ada", directory)
    assert found["predict"]["earned"] == 0 and found["predict"]["notes"][0].startswith("predict.txt:1: not")
    assert found["hunt"]["notes"] == ["hunt.txt: a link"]


def test_nothing_there(tmp_path):
    assert ladder.judged(7, "ada", student(tmp_path)) == {}


def test_results_are_extended(tmp_path):
    (tmp_path / "ada.json").write_text(json.dumps({"earned": 3}))
    (tmp_path / "ada.txt").write_text("3 of 100 points\n")
    ladder.add(7, "ada", student(tmp_path, "exited = 1\n"), str(tmp_path / "ada"))
    found = json.loads((tmp_path / "ada.json").read_text())
    assert found["earned"] == 3 and found["predict"]["earned"] == 0 and "hunt" not in found
    assert (tmp_path / "ada.txt").read_text().endswith("predict: 0 of 10 points\n")
