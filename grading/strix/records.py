# SPDX-License-Identifier: MIT
"""The report channel: what the guest says about itself, kept apart from the console.

    STRX <run> <seq> <kind> <length> <payload: length bytes>\n

`run` must be the number the host gave, `seq` counts from 0.  Anything else - a lost, doubled or
torn record, bytes between two - makes the whole channel worthless: Damaged.
"""
import re
from collections import namedtuple

Record = namedtuple("Record", "kind payload")
HEAD = re.compile(rb"STRX ([0-9a-f]+) ([0-9]+) ([a-z]+) ([0-9]+) ")
KINDS = {"data", "exit", "fault", "begin", "test", "end", "counts", "panic"}


class Damaged(Exception):
    """The channel is not what a kernel writes; .records are those before the damage."""

    def __init__(self, reason, records):
        super().__init__(reason)
        self.records = records


def parse(stream, run):
    records, at = [], 0

    def damaged(reason):
        raise Damaged(f"{reason} at byte {at} (record {len(records)})", records)

    while at < len(stream):
        head = HEAD.match(stream, at)
        if not head:
            damaged("no record starts")
        number, sequence, kind, length = (head[1], int(head[2]), head[3].decode(), int(head[4]))
        if int(number, 16) != run:
            damaged(f"a record of run {number.decode()}, not {run:x},")
        if sequence != len(records):
            damaged(f"record {sequence} instead of {len(records)}")
        if kind not in KINDS:
            damaged(f"unknown kind {kind}")
        end = head.end() + length
        if stream[end:end + 1] != b"\n":
            damaged("a record's length is wrong")
        records.append(Record(kind, stream[head.end():end]))
        at = end + 1
    return records


def payloads(records, kind):
    return [record.payload for record in records if record.kind == kind]


def data(records):
    """The bytes that programs wrote to the report device."""
    return b"".join(payloads(records, "data"))
