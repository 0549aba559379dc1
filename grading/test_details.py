# SPDX-License-Identifier: MIT
"""What a failure's report says beside its verdict: the lesson's section, calls, backtrace, leaks, a marked
difference, the two commands; in words, with colours only on a terminal."""
import importlib
import io
import json
import os
import re
import subprocess
import sys
import types

import jsonschema
import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import course  # noqa: E402
import details  # noqa: E402
import judge  # noqa: E402
import report  # noqa: E402

LESSONS = {number: chapter for number, chapter in course.chapters().items()
           if os.path.exists(f"{course.SOURCE}/chapters/{chapter.directory}/tests/sections")}


def wrong(directory, name):
    return f"{course.SOURCE}/solutions/{directory}/wrong/{name}"


def graded(tmp_path, chapter, test, overlay):
    """(what is printed, the test's part of the JSON)"""
    done = subprocess.run([sys.executable, f"{HERE}/grade", str(chapter), "--overlay", overlay, "--test", test,
                           "--json", str(tmp_path / "j"), "--junit", str(tmp_path / "x")],
                          stdout=subprocess.PIPE, text=True, check=False)
    with open(tmp_path / "j") as file:
        found = json.load(file)
    with open(f"{course.SOURCE}/docs/results.schema.json") as file:
        jsonschema.validate(found, json.load(file))
    return done.stdout, found["tests"][0]


@pytest.mark.parametrize("number", range(1, course.LAST_KERNEL + 1))
def test_each_test_has_a_section_that_exists(number):
    chapter = LESSONS[number]
    found = details.sections(chapter)
    assert {test.name for test in chapter.tests if not test.hidden} == set(found)
    with open(f"{course.SOURCE}/chapters/{chapter.directory}/README.md") as file:
        headings = {line.lstrip("#").strip() for line in file if line.startswith("##")}
    assert set(found.values()) <= headings


def test_wrong(tmp_path):
    shown, found = graded(tmp_path, 7, "fork_wait", wrong("07-fork", "looks_once.c"))
    said = found["details"]
    assert said["see"] == "A stack laid out by hand" and f"see       {said['see']}" in shown
    assert "fork() = 2" in said["calls"]
    assert said["calls"][-1] == 'write(3, "waited_for_it=0\\n", 16) (not finished)'
    assert re.fullmatch(r"test_main at chapters/07-fork/tests/fork_wait\.c:\d+ \(program\)",
                        re.sub(r"(\.\.?/)+", "", said["backtrace"][-1]))
    assert "- Linux, + this kernel:" in shown and said["instruction"] > 1000000
    lines = shown.split("\n")
    at = next(i for i, line in enumerate(lines) if line.endswith("+ waited_for_it=0"))
    assert lines[at + 1].index("^") == lines[at].index("0")
    assert "make grade-chapter7 TEST=fork_wait OVERLAY=" in said["rerun"]
    assert "make debug-test CH=7 TEST=fork_wait OVERLAY=" in said["debug"]
    assert str(course.BUILD) not in "".join(said["backtrace"])


def test_backtrace_says_the_caller_line(tmp_path):
    """runs_merge() calls with a value of take_all(), which the compiler has put into it: several lines, one address."""
    _, found = graded(tmp_path, 2, "runs_merge", wrong("02-frames", "never_merges.c"))
    place = re.fullmatch(r"runs_merge at (?:\.\.?/)*(chapters/\S+):(\d+)", found["details"]["backtrace"][0])
    with open(f"{course.SOURCE}/{place[1]}") as file:
        assert 'observe("merged=' in file.read().split("\n")[int(place[2]) - 1]


def test_the_same_twice(tmp_path):
    overlay = wrong("07-fork", "looks_once.c")
    assert graded(tmp_path, 7, "fork_wait", overlay) == graded(tmp_path, 7, "fork_wait", overlay)


def test_panic(tmp_path):
    shown, found = graded(tmp_path, 5, "divide", wrong("05-ring3", "fault_panics.c"))
    said = found["details"]
    assert found["verdict"] == "PANIC" and \
        re.match(r"panic_at at (\.\./)*kernel/arch/panic\.c:", said["backtrace"][0])
    assert any(re.match(r"test_main at (\.\./)*chapters/05-ring3/tests/divide.c:\d+ \(program\)", line)
               for line in said["backtrace"])
    assert "backtrace panic_at" in shown


def test_a_null_pointer_in_a_call_is_named(tmp_path):
    """The kernel's own, not a page of the program's: it is not looked for under a lock that is held."""
    _, found = graded(tmp_path, 6, "remap", wrong("06-syscalls", "empty_range_cut.c"))
    assert found["verdict"] == "PANIC" and found["happened"][0].startswith("page fault in kernel mode")


def test_hang(tmp_path):
    """A task that sleeps for ever: where, and in which call."""
    shown, found = graded(tmp_path, 7, "sleep_calls", wrong("07-fork", "wake_not_noted.c"))
    assert found["verdict"] == "HANG" and "not finished" in "".join(found["details"]["waiting"])
    assert "waiting   task 1" in shown and "task_sleep" in shown


def test_leak(tmp_path):
    path = tmp_path / "leaks.c"
    path.write_text("/* in fs/descriptor_share.c */\nvoid files_exit(struct task *task)\n"
                    "{\n\ttask->files = NULL;\n}\n")
    shown, found = graded(tmp_path, 9, "unlinked", str(path))
    leaked = {item["kind"]: item["after"] - item["before"] for item in found["details"]["leaked"]}
    assert found["verdict"] == "LEAK" and leaked["file"] > 0 and "- before, + after:" in shown
    allocated = [line for line in found["details"]["allocated"] if " of file: " in line]
    assert sum(int(line.split()[0]) for line in allocated) == leaked["file"]
    assert re.fullmatch(r"\d+ of file: file_alloc at (\.\.?/)*kernel/fs/file\.c:\d+ < file_open_path < file_open "
                        "< sys_openat", allocated[0])
    assert not [line for line in found["details"]["allocated"] if re.search(": (k.alloc|slab_alloc.*) at ", line)]
    assert f"allocated {found['details']['allocated'][0]}" in shown


def test_leak_of_frames(tmp_path):
    _, found = graded(tmp_path, 7, "fork_wait", wrong("07-fork", "old_kept.c"))
    (kind, before, after), = [each.values() for each in found["details"]["leaked"]]
    allocated = found["details"]["allocated"]
    assert kind == "frames.anonymous" and sum(int(line.split()[0]) for line in allocated) == after - before
    assert all(" of frames.anonymous: anonymous_fault at " in line for line in allocated)


def test_strings_of_finished_calls(tmp_path):
    """In memory that the program can write to there may be something else by now: its address is shown."""
    _, found = graded(tmp_path, 9, "open_flags", wrong("09-vfs", "exclusive_follows.c"))
    calls = found["details"]["calls"]
    assert 'open("dangling", O_WRONLY|O_CREAT|O_EXCL, 0644) = 4' in calls
    assert any(re.fullmatch(r"write\(3, 0x[0-9a-f]+, 27\) = 27", call) for call in calls)


@pytest.mark.parametrize("name,arguments,result,changed", [
    ("execve", (1, 2, 3), 0, True), ("execve", (1, 2, 3), -2, False), ("write", (3, 0x402010, 64), 64, False),
    ("mmap", (0, 0x2000), 0x7f0000000000, False), ("mmap", (0x402000, 0x1000), 0x402000, True),
    ("munmap", (0x400000, 0x2100), 0, True), ("munmap", (0x400000, 0x1000), 0, False),
    ("mprotect", (0x402000, 0x1000), -13, False), ("mremap", (0x500000, 0x1000, 0x3000, 3, 0x400000), 0x400000, True),
])
def test_what_a_later_call_changes(monkeypatch, name, arguments, result, changed):
    """Whether memory at 0x402010 may have been another one when the call before was made."""
    monkeypatch.setitem(sys.modules, "gdb", types.ModuleType("gdb"))
    monkeypatch.syspath_prepend(f"{course.SOURCE}/build-aux/gdb")
    for module in ("calls", "structures"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    calls = importlib.import_module("calls")
    monkeypatch.setattr(calls, "described", lambda number: (name, []))
    entry = [0, *arguments, *[0] * (6 - len(arguments)), result % (1 << 64)]
    assert calls.was_remapped([entry], 0x402010) is changed


def test_a_busy_hang_is_not_run_again():
    result = judge.Result("HANG", "an orderly end", "busy at f+0x1, after 2 s of guest time", "")
    assert details.of(None, "A gate", result, None, 1) == details.Details("A gate")


def test_no_gdb(monkeypatch):
    monkeypatch.setenv("GDB", "no-such-gdb")
    result = judge.Result("PANIC", "an orderly end", "no", "")
    assert details.of(None, "A gate", result, None, 1) == details.Details("A gate")


def test_colours_only_on_a_terminal(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert report.wants_colour(Terminal()) and not report.wants_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not report.wants_colour(Terminal())
    table = "  gates  0 / 6    WRONG         x\n\ngates: WRONG - x"
    painted = report.coloured(table)
    assert painted.count("\x1b[31mWRONG\x1b[0m") == 2 and re.sub(r"\x1b\[\d+m", "", painted) == table
