# SPDX-License-Identifier: MIT
"""Linux tells a program the error code in a signal's frame only (chapter 11: 5 there); here the kernel's own
record of the fault has it."""
import re

import judge
from strix import records


def observed(run):
    found = [payload.decode("utf-8", "replace") for payload in records.payloads(run.records, "fault")]
    codes = [int(code, 16) for line in found for code in re.findall(r" error ([0-9a-f]+) signal", line)]
    return [f"error={code:#x}" for code in codes] + [judge.ending(run.wait_status)]


def expected(_):
    return ["error=0x5", "(killed by SIGSEGV)"]
