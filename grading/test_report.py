# SPDX-License-Identifier: MIT
"""What a grading writes, for people and programs."""
import importlib.machinery
import importlib.util
import json
import os
import sys
import xml.etree.ElementTree as tree

import jsonschema
import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import course  # noqa: E402
import formats  # noqa: E402
import judge  # noqa: E402
import report  # noqa: E402

CHAPTER = course.chapters()[2]


def outcome(*verdicts):
    tests = CHAPTER.tests[:len(verdicts)]
    made = report.Outcome(CHAPTER, tests, "none.elf", 1, [])
    made.results = {test.name: judge.Result(verdict, "a\nb", "c", "console")
                    for test, verdict in zip(tests, verdicts)}
    return made


def schema():
    with open(f"{course.SOURCE}/docs/results.schema.json") as file:
        return json.load(file)


VERDICTS = schema()["properties"]["tests"]["items"]["properties"]["verdict"]["enum"]


def test_points():
    points = [test.points for test in CHAPTER.tests]
    assert outcome("PASS", "WRONG", "PASS").earned == points[0] + points[2]
    assert outcome("PASS", "INFRA").earned is None
    alone = outcome("PASS", "WRONG")
    alone.alone = {CHAPTER.tests[1].name: 3}
    assert alone.earned == points[0] + 3
    for said in (report.text(alone), json.dumps(formats.gradescope(report.as_json(alone)))):
        assert said.count(report.ALONE) == 1


def test_one_kernel_that_is_not_built_is_told_once():
    said = report.text(outcome("BUILD", "BUILD", "BUILD"))
    assert said.count("  happened ") == 1 and "rerun" not in said and "every test: BUILD" in said
    assert "rerun" in report.text(outcome("BUILD", "WRONG"))


def test_what_many_tests_fail_by_is_told_once():
    found = outcome("NOT-WRITTEN", "NOT-WRITTEN", "WRONG", "NOT-WRITTEN", "WRONG", "TRIPLE-FAULT", "TRIPLE-FAULT")
    names = [test.name for test in found.tests]
    for name, missing in zip(names, ("map_add", "map_add", None, "run_alloc")):
        if missing:
            found.results[name] = judge.Result("NOT-WRITTEN", f"{missing} is written", f"{missing} was called", "")
    said = report.text(found)
    assert said.count("map_add was called") == said.count("run_alloc was called") == 1
    assert f"so do     1 more: {names[1]}\n" in said and f"so do     1 more: {names[6]}\n" in said
    assert [said.count(f" TEST={name}") for name in names] == [2, 0, 2, 2, 2, 2, 0]


def test_differences_keep_the_order():
    """A key that stands there many times is compared place by place."""
    right = ["map: n=1", "map: n=2", "gap", "map: n=3", "end"]
    assert judge.differences(right, ["map: n=1", "map: n=4", "gap", "map: n=3", "end"]) == [("map: n=2", "map: n=4")]
    assert judge.differences(right, ["map: n=1", "map: n=4", "gap", "map: n=3"]) == [
        ("map: n=2", "map: n=4"), ("end", "(missing)")]
    assert judge.differences(right, right[:2] + right[3:]) == [("gap", "(missing)")]
    assert judge.differences(["a", "b"], ["b", "a"]) == [("(nothing)", "b"), ("b", "(missing)")]
    assert judge.differences(["n=1"] * 3, ["n=1"] * 100000)[-1] == ("(nothing)", "n=1")


@pytest.mark.parametrize("verdicts", [(verdict,) for verdict in VERDICTS] + [("WRONG", "PASS")])
def test_json_is_as_described(verdicts):
    jsonschema.validate(report.as_json(outcome(*verdicts)), schema())


def tool(name):
    """A program of this directory, as a module."""
    loader = importlib.machinery.SourceFileLoader(name, f"{HERE}/{name}")
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


@pytest.mark.parametrize("name,function,returned", [
    ("grade-extend", "grade", (20, judge.Result("PASS", "", "", ""), 3, 3)),
    ("grade-extend", "grade", (None, judge.Result("INFRA", "", "", ""), 0, 3)),
    ("challenge", "measure", (4711, "")), ("challenge", "measure", (None, "frames_all: WRONG"))])
def test_tasks_json_is_as_described(tmp_path, monkeypatch, name, function, returned):
    program = tool(name)
    task = {"grade-extend": ["6", "membarrier"], "challenge": ["2", "mixed"]}[name]
    monkeypatch.setattr(program, function, lambda *_: returned)
    monkeypatch.setattr(program, "cost", lambda *_: 5000, raising=False)
    monkeypatch.setattr(sys, "argv", [name, *task, "--json", str(tmp_path / "j")])
    program.main()
    with open(f"{course.SOURCE}/docs/tasks.schema.json") as file:
        described = json.loads(file.read().replace('"results.schema.json#', '"#/definitions/results'))
    described["definitions"] = {"results": schema()}
    jsonschema.validate(json.loads((tmp_path / "j").read_text()), described)


def test_elsewhere():
    """Files of these directories by name alone, in a JSON at any depth."""
    found = {"a": ["/x/ada/f.c:3: no", {"b": "/x/ada: empty", "n": 1}], "c": None}
    assert report.elsewhere(found, ["/x/ada"]) == {"a": ["f.c:3: no", {"b": "ada: empty", "n": 1}], "c": None}


def test_no_score_is_no_zero():
    found = report.as_json(outcome("PASS", "INFRA"))
    shown = formats.gradescope(found)
    assert "score" not in shown and formats.autolab(found) is None
    assert not [test for test in shown["tests"] if "score" in test]  # whose sum it would take for the score
    assert report.NO_SCORE in shown["output"]
    assert "no score" in report.text(outcome("PASS", "INFRA"))


# ---- other programs' forms, as their documentation describes them

SHOWN = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
FORM = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
NUMBER, TEXT = {"type": "number"}, {"type": "string"}
GRADESCOPE = {  # gradescope-autograders.readthedocs.io, "Autograder Specifications"
    "type": "object", "additionalProperties": False,
    "anyOf": [{"required": ["score"]}, {"required": ["tests"]}],
    "properties": {
        "score": NUMBER, "execution_time": NUMBER, "output": TEXT, "output_format": FORM, "test_output_format": FORM,
        "test_name_format": FORM, "visibility": SHOWN, "stdout_visibility": SHOWN, "extra_data": {"type": "object"},
        "leaderboard": {"type": "array"},
        "tests": {"type": "array", "items": {
            "type": "object", "additionalProperties": False,
            "properties": {
                "score": NUMBER, "max_score": NUMBER, "status": {"enum": ["passed", "failed"]}, "name": TEXT,
                "name_format": FORM, "number": TEXT, "output": TEXT, "output_format": FORM,
                "tags": {"type": "array", "items": TEXT}, "visibility": SHOWN, "extra_data": {"type": "object"}}}}}}


@pytest.mark.parametrize("verdicts", [("PASS", "WRONG"), ("INFRA",), ("BUILD",)])
def test_gradescope(verdicts):
    found = report.as_json(outcome(*verdicts))
    shown = formats.gradescope(found)
    jsonschema.validate(shown, GRADESCOPE)
    assert shown.get("score") == found["earned"]
    assert [test["status"] == "passed" for test in shown["tests"]] == [verdict == "PASS" for verdict in verdicts]
    if "WRONG" in verdicts:
        assert "WRONG" in shown["tests"][1]["output"] and "a\nb" in shown["tests"][1]["output"]


def test_autolab():
    """One line, an object whose `scores` has a number for each problem."""
    found = report.as_json(outcome("PASS", "WRONG"))
    assert "\n" not in formats.autolab(found)
    assert json.loads(formats.autolab(found)) == {"scores": {"chapter2": found["earned"]}}


# What Jenkins's junit-10.xsd allows of what is used here: {element: (children, required attributes, others)}.
JUNIT = {"testsuites": ({"testsuite"}, set(), {"name", "time", "tests", "failures", "errors"}),
         "testsuite": ({"testsuite", "properties", "testcase", "system-out", "system-err"},
                       {"name", "tests", "failures", "errors"}, {"group", "time", "skipped", "timestamp", "hostname"}),
         "testcase": ({"skipped", "error", "failure", "system-out", "system-err"}, {"name"}, {"time", "classname"}),
         **{kind: (set(), set(), {"type", "message"}) for kind in ("skipped", "error", "failure")},
         "system-out": (set(), set(), set())}


def test_junit():
    made = outcome("PASS", "WRONG", "SKIPPED", "INFRA", "BUILD")
    made.results[CHAPTER.tests[1].name] = judge.Result("WRONG", "a\x1b\x00 & <b>\ufffe", "c", "")
    suites = tree.fromstring(formats.junit(report.as_json(made)).encode())
    for element in suites.iter():
        children, required, others = JUNIT[element.tag]
        assert {child.tag for child in element} <= children
        assert required <= set(element.keys()) <= required | others
    suite, = suites
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["5", "2", "1", "1"]
    assert [[child.tag for child in case if child.tag != "system-out"] for case in suite] == \
        [[], ["failure"], ["skipped"], ["error"], ["failure"]]
    assert "a#x1B#x00 & <b>#xFFFE" in suite[1][0].text
