# SPDX-License-Identifier: MIT
"""The results in the forms that other programs read, each a function of the JSON (report.py) and as free of
dates and durations as that.

Of hidden tests each shows a category's sum.  Only Gradescope's has the tests themselves as well, with its mark
`hidden`, which it shows to staff alone.  Where there is no score none of them holds a number that could be taken for one.
"""
import json
import re
import xml.etree.ElementTree as tree

import report

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _said(test):
    """A test's verdict, and of one that did not pass what is right, what happened, where to read, as a text."""
    lines = [f"{test['verdict']}: {test['what']}"]
    if test["verdict"] != "PASS":
        lines += ["expected", *test["expected"], "happened", *test["happened"]]
        lines += [report.ALONE] if test["alone"] else []
        lines += [f"see the lesson: {test['details']['see']}"] if test["details"] and test["details"]["see"] else []
    return "\n".join(lines)


# ---- Gradescope

def _gradescope_test(test, has_score):
    counts = has_score and test["visibility"] == "visible"  # a hidden one counts in its category
    points = {"score": test["earned"], "max_score": test["points"]} if counts else {}
    return {"name": test["name"], **points, "visibility": test["visibility"],
            "status": "passed" if test["verdict"] == "PASS" else "failed", "output": _said(test)}


def _gradescope_category(category, earned, most, said, has_score):
    points = {"score": earned, "max_score": most} if has_score else {}
    return {"name": f"hidden: {category}", **points, "visibility": "visible",
            "status": "passed" if earned == most else "failed", "output": said}


def gradescope(found):
    """Its results.json.  It takes the sum of the tests where the whole has no score, so when the machine
    failed no test has one either, and Gradescope reports that there is none."""
    has_score = found["earned"] is not None
    shown = {"visibility": "visible", "output_format": "text",
             "output": "\n".join([*([] if has_score else [report.NO_SCORE]), *found["notes"]])
                       or f"Chapter {found['chapter']}, {found['title']}",
             "tests": [*(_gradescope_test(test, has_score) for test in found["tests"]),
                       *(_gradescope_category(*category, has_score)
                         for category in report.categories(found["tests"]))]}
    if has_score:
        shown["score"] = found["earned"] + found.get("hidden", {"earned": 0})["earned"]
    return shown


# ---- Autolab

def autolab(found):
    """Autolab's last line, or None where there is no score."""
    if found["earned"] is None:
        return None
    scores = {f"chapter{found['chapter']}": found["earned"]}
    if "hidden" in found:
        scores[f"chapter{found['chapter']}-hidden"] = found["hidden"]["earned"]
    return json.dumps({"scores": scores})


# ---- JUnit

KINDS = {"PASS": None, "SKIPPED": "skipped", "INFRA": "error"}  # else failure


def _clean(text):
    """What XML can hold; other characters by number."""
    return NOT_XML.sub(lambda match: f"#x{ord(match[0]):02X}", text)


def _case(suite, name, said, kind, message, points):
    case = tree.SubElement(suite, "testcase", classname=suite.get("name"), name=name)
    if kind:
        tree.SubElement(case, kind, message=_clean(message), type=message.split(":")[0]).text = _clean(said)
    tree.SubElement(case, "system-out").text = points
    return kind


def _points(earned, most):
    return f"{'no score' if earned is None else earned} of {most} points"


def junit(found):
    """JUnit's XML as Jenkins describes it (junit-10.xsd): one suite."""
    suite = tree.Element("testsuite", name=f"chapter{found['chapter']:02}")
    kinds = [_case(suite, test["name"], _said(test), KINDS.get(test["verdict"], "failure"), _said(test).split("\n")[0],
                   _points(test["earned"], test["points"]))
             for test in found["tests"] if test["visibility"] == "visible"]
    for category, earned, most, said in report.categories(found["tests"]):
        kind = None if earned == most else "error" if earned is None else "failure"
        kinds.append(_case(suite, f"hidden: {category}", said, kind, said, _points(earned, most)))
    for name, kind in (("tests", None), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(kinds.count(kind) if kind else len(kinds)))
    suites = tree.Element("testsuites")
    suites.append(suite)
    tree.indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tree.tostring(suites, encoding="unicode") + "\n"
