# SPDX-License-Identifier: MIT
"""Hunts: each mistake that is drawn from shows its first failing test and names itself nowhere; where it
is follows from the texts; answers are judged as they should be.
"""
import os
import subprocess
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import course  # noqa: E402
import drawn  # noqa: E402
import hunts  # noqa: E402
import judge  # noqa: E402

FULL = os.environ.get("STRIX_SELFTEST") == "full"
ONLY = os.environ.get("STRIX_SELFTEST_CHAPTER")
BOOTED = 2  # of each chapter's hunts, unless all are wanted
ALL = [pytest.param(chapter, answer, id=f"{number:02}-{answer.name}")
       for number, chapter in course.chapters().items() if ONLY in (None, str(number))
       for answer in hunts.huntable(chapter)]


def names(kernel):
    """Files of the line table and of symbols, and names of compile units."""
    lines = subprocess.run(["readelf", "--debug-dump=decodedline", "-W", kernel], text=True, check=True,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.split()
    symbols = subprocess.run(["readelf", "-sW", kernel], text=True, check=True,
                             stdout=subprocess.PIPE).stdout.splitlines()
    units = subprocess.run(["readelf", "--debug-dump=info", "--dwarf-depth=1", "-W", kernel], text=True,
                           check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.splitlines()
    return ({word for word in lines if word.endswith((".c", ".S", ".h"))},
            {line.split()[-1] for line in symbols if " FILE " in line},
            {line.split()[-1] for line in units if "DW_AT_name" in line})


@pytest.mark.parametrize("chapter,answer", ALL)
def test_kernel(chapter, answer):
    kernel = hunts.kernel(answer)
    own, last = course.kernel(chapter.number)
    with open(kernel, "rb") as file, open(own, "rb") as right:
        content, known = file.read(), right.read()
    for leak in (answer.name, "solutions/", "overlays/"):  # a function may have a mistake's name
        assert leak.encode() not in content or leak.encode() in known, f"the kernel says {leak}"
    for mine, known in zip(names(kernel), names(own)):
        assert mine == known, "another list of files than the right kernel's"
    if not FULL and answer not in hunts.huntable(chapter)[:BOOTED]:
        return
    test = next(test for test in chapter.tests if test.name == answer.fails[0])
    found = judge.grade(test, kernel, last)
    assert found.verdict not in ("PASS", "BUILD", "INFRA"), found


@pytest.mark.parametrize("chapter,answer", ALL)
def test_place(chapter, answer):
    """A mistake lies in lines of the function that the kernel has."""
    there = hunts.places(answer)
    assert there, "it changes nothing"
    for place in there:
        with open(f"{course.SOURCE}/{place.file}") as file:
            lines = file.read().split("\n")
        for first, last in place.ranges:
            assert 0 < first <= last <= len(lines)
            assert any(lines[number - 1].strip() for number in range(first, last + 1))


def one(number=0, student="ada"):
    chapter = course.chapters()[number]
    return chapter, student, hunts.places(hunts.draw(chapter, student))[0]


def answer(tmp_path, text):
    (tmp_path / "hunt.txt").write_text(text)
    return str(tmp_path / "hunt.txt")


def test_right_answer(tmp_path):
    chapter, student, place = one()
    path = answer(tmp_path, f"function = {place.function}()\nline = log.c:{place.ranges[0][0]}\n"
                            "why = the bytes behind the edge are lost\n")
    assert hunts.judge(chapter, student, path) == (20, True, True, [])


def test_wrong_answers(tmp_path):
    chapter, student, place = one()
    path = answer(tmp_path, f"function = {place.function}\nline = 1\n")
    found = hunts.judge(chapter, student, path)
    assert (found.earned, found.function, found.line) == (10, True, False) and len(found.notes) == 2
    path = answer(tmp_path, f"function = kprintf\nline = {place.ranges[0][0]}\nwhy = a b c d\n")
    assert hunts.judge(chapter, student, path)[:3] == (0, False, False)


@pytest.mark.parametrize("text,said", [
    ("function log_read", "not `key = value`"), ("function = a\nfunction = b", "twice"),
    ("line = ten", "no number"), ("# Chapter 3, paging: the hunt of ada.\nline = 1", "chapter 3's sheet"), ("name = x", "an answer has"), ("x" * 9999, "more than"),
])
def test_unreadable(tmp_path, text, said):
    chapter, student, _ = one()
    with pytest.raises(hunts.Unreadable, match=said):
        hunts.judge(chapter, student, answer(tmp_path, text))


def test_drawn_by_name_and_key(monkeypatch):
    chapter = course.chapters()[2]
    students = [f"student{i}" for i in range(30)]
    monkeypatch.setenv("HUNT_KEY", "one")
    first = [hunts.draw(chapter, student).name for student in students]
    assert first == [hunts.draw(chapter, student).name for student in students]
    monkeypatch.setenv("HUNT_KEY", "two")
    assert first != [hunts.draw(chapter, student).name for student in students]
    assert len(set(first)) > 3


def test_draws_are_what_they_were():
    """Students keep their numbers through every version."""
    draw = drawn.Draw("hunt", "public", 2, "ada")
    assert [draw.next(), draw.below(100)] == [5724416749032587278, 38]


def test_directory(tmp_path):
    directory = tmp_path / "hunt"
    done = subprocess.run([sys.executable, f"{course.SOURCE}/grading/hunt", "0", "ada", "--output",
                           str(directory)], stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert sorted(os.listdir(directory)) == ["README.txt", "chapter00.elf", "hunt.txt", "kernel"]
    text = (directory / "README.txt").read_text()
    assert (directory / "hunt.txt").read_text().startswith("# Chapter 0, tools: the hunt of ada.\n")
    mistake = hunts.draw(course.chapters()[0], "ada")
    assert mistake.symptom in text and mistake.name not in text
    assert "KERNEL=../hunt/chapter00.elf" in text and str(tmp_path) not in text  # it is read on another machine


def test_sources_tell_the_lines_and_no_later_answers():
    """chapter 1's hunt: descriptors.c has a function that chapter 5 writes."""
    text = hunts._sources(course.chapters()[1])["kernel/arch/descriptors.c"]
    with open(f"{course.SOURCE}/kernel/arch/descriptors.c") as file:
        own = file.read().split("\n")
    shown = text.split("\n")
    assert len(own) == len(shown) and set(shown) <= set(own) | {""}
    first = next(index for index, line in enumerate(own) if line.startswith("void cpu_set_kernel_stack("))
    assert not any(shown[first:first + 4]) and "static void idt_set(" in text
