# SPDX-License-Identifier: MIT
"""guest(PROGRAM, ARG...): one of this directory's programs inside Strix, every run the same."""
import os
import subprocess

import pytest

BUILD = os.environ["STRIX_BUILD"]
HERE = f"{BUILD}/tests/robustness"


def strix_run(*words, options=()):
    return subprocess.run([f"{BUILD}/strix-run", "--icount", *options, "--", *words], text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          errors="replace", timeout=120)


@pytest.fixture
def guest():
    def run(program, *arguments, options=()):
        file = f"{HERE}/{program}.elf:/{program}"
        return strix_run(f"/{program}", *arguments, options=("--file", file, *options))
    return run


@pytest.fixture
def shell():
    """A script for BusyBox's sh, with programs of this directory in /."""
    def run(script, *programs, options=()):
        files = [word for name in programs for word in ("--file", f"{HERE}/{name}.elf:/{name}")]
        return strix_run("sh", "-c", script, options=(*files, *options))
    return run
