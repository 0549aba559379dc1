# SPDX-License-Identifier: MIT
"""A put of what is not owned ends in a panic at the very place."""
import panics
from strix import records

ends = ("PANIC",)


def expected(_):
    return ["run", "a panic"]


def observed(run):
    said = [line.decode() for line in records.payloads(run.records, "test")]
    return said + ["a panic" if panics.cause(run) != "(no panic)" else "no panic"]
