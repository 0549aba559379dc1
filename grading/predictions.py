# SPDX-License-Identifier: MIT
"""Predictions: questions of a chapter whose numbers are drawn for each student, and their answers.

exercises/NN-name/predict.py has questions(draw), a list of Question.  An answer is computed by a model, or
looked up in a table that was recorded from Linux; test_predictions_*.py hold both against the kernel or Linux.
"""
import importlib.util
import os
import re
import sys
from collections import namedtuple

import course
import drawn
from answers import Unreadable, read

# `answer`: a number, or a word (an errno's name, a path).  `given`: what was drawn, for the tests.
Question = namedtuple("Question", "key text answer hint given")
Judged = namedtuple("Judged", "key right note")
POINTS = 10


def module(chapter):
    """The chapter's predict.py, or None."""
    path = f"{course.SOURCE}/exercises/{chapter.directory}/predict.py"
    if not os.path.exists(path):
        return None
    sys.path.insert(0, f"{course.SOURCE}/chapters/{chapter.directory}/tests")  # models of its tests
    try:
        spec = importlib.util.spec_from_file_location(f"predict_{chapter.number}", path)
        found = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found)
    finally:
        del sys.path[0]
    return found


def questions(chapter, student):
    """The student's questions, or [] where the chapter has none."""
    found = module(chapter)
    return found.questions(drawn.Draw("predict", drawn.PUBLIC, chapter.number, student)) if found else []


def sheet(chapter, student):
    lines = [f"# Chapter {chapter.number}, {chapter.title}: predictions of {student}.  Write behind each `=`:",
             "# a number (0x for hexadecimal, 0 in front for octal), or a name such as SIGTERM.", ""]
    for number, question in enumerate(questions(chapter, student), 1):
        words = question.text.split("\n")
        lines += [f"# {number}. {words[0]}", *(f"#    {line}" for line in words[1:]), f"{question.key} =", ""]
    return "\n".join(lines)


def number(text):
    """The number that a text says, or None."""
    text = re.sub(r"(?<=\w)[_,' ](?=\w)", "", text.strip().lower())
    if re.fullmatch(r"[+-]?0[0-7]+", text):
        return int(text, 8)
    try:
        return int(text, 0)
    except ValueError:
        return None


def is_right(question, text):
    if isinstance(question.answer, int):
        return number(text) == question.answer
    return text.strip().upper() == question.answer.upper()


def judge(chapter, student, path):
    """(points, [Judged]) of an answer file."""
    asked = questions(chapter, student)
    if not asked:
        raise Unreadable(f"chapter {chapter.number} has no predictions")
    given = read(path, chapter.number)
    odd = sorted(set(given) - {question.key for question in asked})
    if odd:
        raise Unreadable(f"{path}: {odd[0]} is no question of this sheet")
    found = []
    for question in asked:
        text = given.get(question.key, "")
        if not text:
            found.append(Judged(question.key, False, "no answer"))
        elif isinstance(question.answer, int) and number(text) is None:
            found.append(Judged(question.key, False, f"not a number: {text}"))
        else:
            right = is_right(question, text)
            found.append(Judged(question.key, right, "" if right else question.hint))
    return POINTS * sum(each.right for each in found) // len(found), found


def lowest(taken):
    """The descriptor that the next open or dup returns."""
    return next(number for number in range(len(taken) + 1) if number not in taken)
