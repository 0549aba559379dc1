# SPDX-License-Identifier: MIT
"""Observations of a run that ends in a panic: its record, and what the console shows of registers."""
import re

from strix import records

REGISTERS = re.compile(r"\b(r[a-z0-9]{1,2}) +([0-9a-f]{16})\b")


def cause(run):
    """The panic record; "(no panic)" without one."""
    found = records.payloads(run.records, "panic")
    return found[-1].decode("utf-8", "replace") if found else "(no panic)"


def shown(run):
    """{register: value} as the console shows them."""
    return {name: int(value, 16) for name, value in REGISTERS.findall(run.text("console"))}


def starts(run, text):
    """One line: does the cause start so?"""
    said = cause(run)
    return f"cause={text}" if said.startswith(text) else f"cause={said}"


def backtrace(run):
    """The functions of the backtrace, innermost first, a recursion once."""
    names = re.findall(r"(?:at|from) [0-9a-f]{16} (\w+)\+", run.text("console"))
    return [name for i, name in enumerate(names) if name != names[i - 1] or i == 0]
