# SPDX-License-Identifier: MIT
"""What people give to the grader, and what machines do to it: each has its own message, and a verdict that
blames whoever is to blame.  (Single refusals of an overlay's text: test_overlay.py; of a class: test_class.py.)"""
import importlib.machinery
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import course  # noqa: E402
import judge  # noqa: E402

TEST = "frames_shared"
GOOD = ("/* in memory/frame_buddy.c */\nvoid buddy_give(struct frame *frame, unsigned order)\n"
        "{\n\trun_list(frame, order);\n}\n")


class Graded:
    """grade's exit status, what it says, and the verdict and points in its JSON (None: none was written)."""

    def __init__(self, directory, *words, chapter="2", **environment):
        out = directory / "results.json"
        done = subprocess.run([sys.executable, f"{HERE}/grade", chapter, "--json", str(out), "--brief",
                               "--junit", str(directory / "x.xml"), *words], text=True, check=False,
                              env={**os.environ, **environment}, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        self.status, self.said, self.verdict, self.earned = done.returncode, done.stdout, None, None
        assert "Traceback" not in self.said, self.said
        if out.exists():
            found = json.loads(out.read_text())
            self.verdict, self.earned = found["tests"][0]["verdict"], found["earned"]


def submitted(tmp_path, text=GOOD, name="answer.c", **environment):
    mine = tmp_path / "my answers"  # a space in it is no matter
    mine.mkdir(exist_ok=True)
    if text is not None:
        (mine / name).write_text(text)
    return Graded(tmp_path, "--test", TEST, "--submission", str(mine), **environment)


def test_a_good_one_with_spaces_and_line_ends_of_windows(tmp_path):
    assert submitted(tmp_path, GOOD.replace("\n", "\r\n"), "my answer.c").verdict == "PASS"


def test_syntax_error_on_the_students_line(tmp_path):
    found = submitted(tmp_path, GOOD.replace("order);\n}", "order)\n}"))
    assert (found.verdict, found.status, found.earned) == ("BUILD", 1, 0)
    assert "my answers/answer.c:4:" in found.said and "error: expected" in found.said


def test_missing_and_unknown_functions(tmp_path):
    assert "no buddy_take: the kernel's own is used" in submitted(tmp_path).said
    found = submitted(tmp_path, GOOD.replace("buddy_give", "buddy_gives"))
    assert "buddy_gives is not part of this exercise" in found.said and found.verdict == "BUILD"


def test_other_globals(tmp_path):
    found = submitted(tmp_path, GOOD.replace("void buddy", "/* helpers */\nint extra;\n/* end of helpers */\nvoid buddy"))
    assert found.verdict == "BUILD" and "brings a symbol of its own, extra" in found.said


def test_a_link_out_of_the_directory(tmp_path):
    (tmp_path / "my answers").mkdir()
    (tmp_path / "my answers" / "passwd.c").symlink_to("/etc/passwd")
    found = submitted(tmp_path, None)
    assert found.verdict == "BUILD" and "leads out of the directory" in found.said and "root:" not in found.said


def test_a_gigabyte_is_not_read(tmp_path):
    (tmp_path / "my answers").mkdir()
    with open(tmp_path / "my answers" / "big.c", "wb") as file:
        file.truncate(1 << 30)
    found = submitted(tmp_path, None)
    assert found.verdict == "BUILD" and "1073741824 bytes; 262144 is the most" in found.said


def test_a_makefile_is_ignored_and_said(tmp_path):
    (tmp_path / "my answers").mkdir()
    (tmp_path / "my answers" / "Makefile").write_text("all:\n\ttouch ran\n")
    (tmp_path / "my answers" / "HOURS").write_text("3\n")
    found = submitted(tmp_path)
    assert found.verdict == "PASS" and "Makefile: ignored" in found.said and "HOURS" not in found.said


def test_wrong_paths_and_numbers(tmp_path):
    found = Graded(tmp_path, "--overlay", "/no/where")
    assert found.verdict == "BUILD" and "/no/where: there is no such file or directory" in found.said
    found = Graded(tmp_path / "none", chapter="44")
    assert found.status == 1 and "chapter 44 has no tests: chapters 0 to" in found.said
    found = Graded(tmp_path / "none", "--test", "frames_al")
    assert found.status == 1 and "has no test frames_al: map_partial" in found.said


def test_no_qemu(tmp_path):
    found = Graded(tmp_path, "--test", TEST, QEMU="no-such-qemu")
    assert (found.status, found.verdict) == (2, None) and "apt-get install qemu-system-x86" in found.said


def test_no_pytest(tmp_path):
    (tmp_path / "pytest.py").write_text("raise ImportError\n")
    found = Graded(tmp_path, "--test", TEST, PYTHONPATH=str(tmp_path))
    assert found.status == 1 and "apt-get install python3-pytest" in found.said


def test_qemu_that_dies_is_tried_three_times_and_gives_no_score(tmp_path):
    fake = tmp_path / "qemu"
    fake.write_text(f'#!/bin/sh\ncase $1 in --version) exit;; esac\necho "$@" >> {tmp_path}/tries\n'
                    "echo 'qemu: no memory' >&2\nexit 1\n")
    fake.chmod(0o755)
    found = Graded(tmp_path, "--test", TEST, QEMU=str(fake))
    assert (found.status, found.verdict, found.earned) == (2, "INFRA", None)
    assert "qemu: no memory" in found.said and "no score" in found.said
    tries = (tmp_path / "tries").read_text()
    assert len(tries.splitlines()) == judge.INFRA_TRIES == 3
    assert not re.search(r"tcp:|udp:|hostfwd|(?:^| )-(?:s|vnc|gdb)(?: |$)", tries, re.M), "a port, which may be busy"


def test_a_host_that_builds_no_kernel_is_asked_three_times(monkeypatch):
    spec = importlib.util.spec_from_loader("grade", importlib.machinery.SourceFileLoader("grade", f"{HERE}/grade"))
    grade = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(grade)
    failures = []

    def kernel(_, most):
        if len(failures) < most:
            failures.append(OSError("full"))
            raise failures[-1]
        return "a kernel"
    monkeypatch.setattr(grade.chosen, "kernel", lambda args: kernel(args, 2))
    assert grade.built(None) == "a kernel"
    monkeypatch.setattr(grade.chosen, "kernel", lambda args: kernel(args, 9))
    with pytest.raises(OSError):
        grade.built(None)
    assert len(failures) == 2 + judge.INFRA_TRIES


@pytest.fixture
def full_disk(tmp_path):
    """A directory on which nothing fits."""
    place = tmp_path / "full"
    place.mkdir()
    if not shutil.which("mount") or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4k,nr_inodes=8", "tmpfs", str(place)], check=False,
            stderr=subprocess.DEVNULL).returncode:
        pytest.skip("only root mounts a full disk")
    (place / "fills").write_bytes(bytes(4096))
    yield str(place)
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_full_disk(tmp_path, full_disk):
    """The compiler's files do not fit: the host's fault, never the student's.  A test's go elsewhere."""
    assert Graded(tmp_path, "--test", "exit_status", chapter="6", TMPDIR=full_disk).verdict == "PASS"
    fresh = GOOD.replace("order);", f"order); /* {os.getpid()} */")
    found = submitted(tmp_path, fresh, TMPDIR=full_disk)
    assert (found.status, found.verdict) == (2, "INFRA"), found.said
    assert "no space left on device" in found.said.lower()


def test_results_that_do_not_fit(tmp_path, full_disk):
    """Nothing is left that could be taken for a result."""
    found = Graded(tmp_path, "--test", TEST, "--json", f"{full_disk}/r.json", "--gradescope", str(tmp_path / "g"))
    assert found.status == 2 and "grade: the host:" in found.said and "(no score)" in found.said
    assert os.listdir(full_disk) == ["fills"] and not (tmp_path / "g").exists()
