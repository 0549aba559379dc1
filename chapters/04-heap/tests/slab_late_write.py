# SPDX-License-Identifier: MIT
"""The mistake ends in a panic before it can do harm."""
import panics
from strix import records

ends = ("PANIC",)


def expected(_):
    return ["freed", "a panic"]


def observed(run):
    said = [line.decode() for line in records.payloads(run.records, "test")]
    return said + ["a panic" if panics.cause(run) != "(no panic)" else "no panic"]
