# SPDX-License-Identifier: MIT
"""The processor refuses it: a page fault, which the kernel reports as it dies."""
import panics
from strix import records

ends = ("PANIC",)


def expected(_):
    return ["call", "cause=page fault"]


def observed(run):
    said = [line.decode() for line in records.payloads(run.records, "test")]
    return said + [panics.starts(run, "page fault")]
