# SPDX-License-Identifier: MIT
"""Sheets of predictions and their judgement; that each question is held against the kernel or Linux, by
test_predictions_kernel.py, test_predictions_programs.py or test_predictions_files.py.
"""
import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import asked  # noqa: E402
import predictions  # noqa: E402
import test_predictions_files  # noqa: E402
import test_predictions_kernel  # noqa: E402
import test_predictions_programs  # noqa: E402
from asked import CHAPTERS  # noqa: E402

HELD = {*test_predictions_kernel.HELD, *test_predictions_programs.HELD, *test_predictions_files.HELD}
ASKED = 5  # of each chapter; the tools, chapter 0, are less


@pytest.mark.parametrize("number", CHAPTERS)
def test_every_question_is_held_against_something(number):
    for student in asked.STUDENTS:
        questions = predictions.questions(CHAPTERS[number], student)
        assert len({question.key for question in questions}) == len(questions) == (ASKED if number else 4)
        for question in questions:
            assert (number, question.key) in HELD
            assert question.hint and str(question.answer) not in question.hint.split()
            assert all(len(line) <= 116 for line in question.text.split("\n")), question.text


# ---- sheets and judgements

def answers(tmp_path, text):
    (tmp_path / "predict.txt").write_text(text)
    return str(tmp_path / "predict.txt")


@pytest.mark.parametrize("number", CHAPTERS)
def test_right_answers(number, tmp_path):
    chapter = CHAPTERS[number]
    form = predictions.sheet(chapter, "ada")
    for question in predictions.questions(chapter, "ada"):
        shown = f"{question.answer:#x}" if isinstance(question.answer, int) else question.answer.lower()
        form = form.replace(f"\n{question.key} =", f"\n{question.key} = {shown}  # said by ada")
    points, found = predictions.judge(chapter, "ada", answers(tmp_path, form))
    assert points == predictions.POINTS, found
    points, found = predictions.judge(chapter, "ada", answers(tmp_path, predictions.sheet(chapter, "ada")))
    assert points == 0 and {each.note for each in found} == {"no answer"}


def test_wrong_and_odd_answers(tmp_path):
    chapter = CHAPTERS[7]
    points, found = predictions.judge(chapter, "ada", answers(tmp_path, "exited = many\nkilled = 1\n"))
    assert points == 0
    assert found[0].note == "not a number: many" and "WTERMSIG" in found[1].note
    for text, said in (("what = 1", "no question"), ("killed 9", "not `key"), ("killed = 1\nkilled = 2", "twice")):
        with pytest.raises(predictions.Unreadable, match=said):
            predictions.judge(chapter, "ada", answers(tmp_path, text))
    mine, old = predictions.sheet(chapter, "ada"), predictions.sheet(CHAPTERS[6], "ada")
    assert predictions.judge(chapter, "ada", answers(tmp_path, mine))[0] == 0
    with pytest.raises(predictions.Unreadable, match="chapter 6's sheet, not chapter 7's"):
        predictions.judge(chapter, "ada", answers(tmp_path, old))
    with pytest.raises(predictions.Unreadable, match="No such file"):
        predictions.judge(chapter, "ada", str(tmp_path / "none"))


@pytest.mark.parametrize("text,value", [("0x1f", 31), (" 1_000 ", 1000), ("1,000", 1000), ("0644", 420), ("-2", -2),
                                        ("0X1F", 31), ("ffff 8000", None), ("12 345", 12345), ("", None)])
def test_numbers(text, value):
    assert predictions.number(text) == value


def test_drawn_by_name():
    sheets = {predictions.sheet(CHAPTERS[3], f"student{i}") for i in range(20)}
    assert len(sheets) == 20
    assert predictions.sheet(CHAPTERS[3], "ada") == predictions.sheet(CHAPTERS[3], "ada")
