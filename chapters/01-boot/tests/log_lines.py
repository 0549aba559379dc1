# SPDX-License-Identifier: MIT
"""Not one line of the log is lost on the serial console, up to the machine's end."""
import re

from model import Random

LINES = 300


def expected(seed):
    random = Random(seed)
    return [f"line {i} of {LINES}: {random.next():016x}" for i in range(LINES)] + \
        ["below the level: shown"]


def observed(run):
    lines = run.text("console").split("\n")
    wanted = re.compile(r"line \d+ of|below the level")
    return [re.sub(r"^\[[ 0-9.]*\] ", "", line) for line in lines if wanted.search(line)]
