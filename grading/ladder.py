# SPDX-License-Identifier: MIT
"""A student's predict.txt and hunt.txt beside the submission: their points, for NAME.json and NAME.txt."""
import json
import os

import course
import hunts
import predictions
import report
from answers import Unreadable


def _predict(chapter, student, path):
    points, found = predictions.judge(chapter, student, path)
    return points, [f"{each.key}: {each.note}" for each in found if not each.right]


def _hunt(chapter, student, path):
    found = hunts.judge(chapter, student, path)
    return found.earned, found.notes


STEPS = {"predict": (_predict, predictions.POINTS), "hunt": (_hunt, sum(hunts.POINTS.values()))}


def judged(number, student, directory):
    """{step: {points, earned, notes}} of the answers that are there; an unreadable one earns 0 and says why."""
    chapter, made = course.chapters()[number], {}
    for step, (judge, most) in STEPS.items():
        path = f"{directory}/{step}.txt"
        if not os.path.lexists(path):
            continue
        try:
            if os.path.islink(path):
                raise Unreadable(f"{step}.txt: a link")
            earned, notes = judge(chapter, student, path)
        except Unreadable as error:
            earned, notes = 0, [str(error).replace(f"{directory}/", "")]
        made[step] = {"points": most, "earned": earned, "notes": notes}
    return made


def add(number, student, directory, output):
    """Adds them to OUTPUT.json and OUTPUT.txt, where the grading left a result."""
    made = judged(number, student, directory)
    if not made or not os.path.exists(f"{output}.json"):
        return
    with open(f"{output}.json") as file:
        found = json.load(file)
    report.write(f"{output}.json", {**found, **made})
    with open(f"{output}.txt", "a") as file:
        for step, result in made.items():
            file.write("".join(f"{step}: {note}\n" for note in result["notes"]) +
                       f"{step}: {result['earned']} of {result['points']} points\n")
