# SPDX-License-Identifier: MIT
"""`make bochs` and `make bochs-debug`: the same CD in another emulator, headless, by script.

What a lesson shows of Bochs is what it shows: each ```bochs block is run, as tests/book/test_lessons.py does with GDB's.
"""
import os
import re
import signal
import subprocess
import sys
import time

import pytest

sys.path.insert(0, f"{os.environ['STRIX_SOURCE']}/tests/book")
from test_lessons import SOURCE, comparable  # noqa: E402

BLOCK = re.compile(r"^```bochs\n(.*?)^```\n+```text\n(.*?)^```", re.M | re.S)
NOT_OURS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")
HEADLESS = 'BOCHS_DISPLAY=rfb, options="timeout=0"'
FAR = 600  # seconds of a far watchdog: Bochs is ten times slower than QEMU


def start(goal, log, *variables):
    environment = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
    return subprocess.Popen(["make", "-s", "-C", os.environ["STRIX_BUILD"], goal, HEADLESS, *variables],
                            env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                            start_new_session=True)


def stop(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(process, path, wanted):
    """The file's text once it has `wanted`, or when Bochs has ended, or at the watchdog."""
    end = time.monotonic() + FAR
    text = ""
    while wanted not in text and process.poll() is None and time.monotonic() < end:
        time.sleep(1)
        text = path.read_text(errors="replace") if path.exists() else ""
    return text


@pytest.mark.bochs
def test_boots_to_the_shell(tmp_path):
    console = tmp_path / "console"
    with open(tmp_path / "log", "wb") as log:
        process = start("bochs", log, f"BOCHS_CONSOLE={console}", f"BOCHS_RC={tmp_path}/rc")
        try:
            text = wait_for(process, console, "strix:")
        finally:
            stop(process)
    assert "BusyBox" in text and "strix:" in text
    assert "PANIC" not in text


@pytest.mark.bochs
def test_debugger_knows_the_symbols(tmp_path):
    """It stops at kmain(), by name, before the kernel has said a word."""
    script = tmp_path / "more"
    script.write_text("c\nr\nquit\n")
    output = tmp_path / "log"
    with open(output, "wb") as log:
        process = start("bochs-debug", log, "CH=1", f"BOCHS_CONSOLE={tmp_path}/console",
                        f"BOCHS_RC={tmp_path}/rc", f"BOCHS_MORE={script}")
        try:
            wait_for(process, output, "rflags")
        finally:
            stop(process)
    text = output.read_text(errors="replace")
    assert "(kmain+" in text or "kmain" in text


def blocks():
    for directory in sorted(os.listdir(f"{SOURCE}/chapters")):
        path = f"{SOURCE}/chapters/{directory}/README.md"
        if os.path.exists(path):
            with open(path) as file:
                for number, match in enumerate(BLOCK.finditer(file.read()), 1):
                    yield pytest.param(int(directory[:2]), match[1], match[2], id=f"{directory}-{number}")


@pytest.mark.bochs
@pytest.mark.parametrize("chapter,commands,shown", blocks())
def test_bochs_shows_it(tmp_path, chapter, commands, shown):
    script, output = tmp_path / "more", tmp_path / "log"
    script.write_text(commands + "quit\n")
    with open(output, "wb") as log:
        process = start("bochs-debug", log, f"CH={chapter}", f"BOCHS_CONSOLE={tmp_path}/console",
                        f"BOCHS_RC={tmp_path}/rc", f"BOCHS_MORE={script}")
        try:
            process.wait(FAR)
        finally:
            stop(process)
    text = output.read_text(errors="replace")
    there = iter(comparable(text))
    lost = [line for line in comparable(shown) if line not in there]
    assert not lost, f"{lost[0]!r} does not come (or not in this order) in\n{text}"
