# SPDX-License-Identifier: MIT
"""Files that begin like a program, and are none; the first is whole."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from elf_files import (BASE, R, STACK, W, X, check, code_only, image,  # noqa: E402
                       segment)

DO_NOTHING = check(BASE + 0x400)
CODE = segment(R | X, 0, BASE, 0x800, 0x800)
STACKS = [segment(R | W, 0, 0, 0, 0, 16, STACK)]


def simple(**changes):
    return code_only(DO_NOTHING, **changes)


def second(*fields):
    """A whole program with one segment more."""
    return image([CODE, segment(R | W, *fields)], {0x400: DO_NOTHING})


def many(count):
    """So many program headers, behind the code."""
    return image([], {0x400: DO_NOTHING, 0x1000: CODE + b"".join(STACKS * (count - 1))}, count=count,
                 offset=0x1000)


_WHOLE = simple()[0]
_FILES = {
    # refused: the caller lives
    "whole": simple(), "magic": simple(magic=b"\x7fELf"), "relocatable": simple(kind=1),
    "core": simple(kind=4), "machine_386": simple(machine=3), "entry_size": simple(entry_size=55),
    "no_headers": simple(count=0), "headers_73": many(73), "headers_74": many(74),
    "headers_past_end": simple(offset=0x3000), "headers_cross_end": simple(offset=0x3000 - 55),
    "headers_far": simple(offset=0x7fffffffffffffff), "headers_negative": simple(offset=2 ** 64 - 64),
    "cut_in_header": (_WHOLE[:63], 0o755), "cut_in_segments": (_WHOLE[:100], 0o755),
    "class_is_not_read": simple(class_=1),
    # seen when it is too late: the program dies
    "entry_0": simple(entry=0), "entry_kernel": simple(entry=0xffffffff80100000),
    "no_load": image(STACKS, {0x400: DO_NOTHING}),
    "kernel_address": second(0, 0xffffffff80000000, 0x100, 0x100),
    "memory_below_file": second(0, BASE + 0x5000, 0x100, 0x80),
    "memory_for_ever": second(0, BASE + 0x5000, 0x100, 2 ** 64 - 1),
    "offset_disagrees": second(1, BASE + 0x5000, 0x100, 0x100),
}
files = {f"m_{name}": file for name, file in _FILES.items()}
host_differs = {name: "the host has no such file" for name in _FILES}
