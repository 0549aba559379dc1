# SPDX-License-Identifier: MIT
"""Programs that look at their own memory: what segments ask for is there, and nothing else."""
import os
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from elf_files import (BASE, DATA, DYN, HEADERS, JUNK, R, W, X, check, image, row,  # noqa: E402
                       segment)

CODE = segment(R | X, 0, BASE, 0x800, 0x800)
OFFSET = 0x1800                            # of the data in the file
BYTES = DATA * 0x100


def program(at, in_file, in_memory, *rows, flags=R | W):
    """Code, and data that are linked to `at`, where the rows say what must be seen."""
    return image([CODE, segment(flags, OFFSET, at, in_file, in_memory)],
                 {0x400: check(BASE + 0x400, *rows), OFFSET: BYTES})


def moved(alignment, *rows):
    """A position-independent one, linked to 0."""
    return image([segment(R | X, 0, 0, 0x800, 0x800, alignment),
                  segment(R | W, OFFSET, 0x202800, 0x100, 0x1000, alignment)],
                 {0x400: check(0x400, *rows), OFFSET: BYTES}, entry=0x400, kind=DYN)


AT = BASE + 0x2800
_DATA = row(AT, 0x100, DATA, 1)
_FILES = {
    "data": program(AT, 0x100, 0x100, _DATA),
    "page_before": program(AT, 0x100, 0x100, row(AT - 0x100, 0x100, JUNK), row(BASE, 1, b"\x7f")),
    "page_behind": program(AT, 0x100, 0x100, row(AT + 0x100, 0x700, JUNK)),
    "tail": program(AT, 0x100, 0x101, _DATA, row(AT + 0x100, 0x700)),
    "zeros": program(AT, 0x100, 0x3000, _DATA, row(AT + 0x100, 0x2f00, flags=1)),
    "zeros_end": program(AT, 0x100, 0x3000, row(AT + 0x3800, 1)),
    "zeros_whole_pages": program(AT, 0x100, 0x1800, _DATA, row(AT + 0x1800, 1)),
    "zeros_inside": program(BASE + 0x3800, 0, 0x1800, row(BASE + 0x3800, 0x1800, flags=1)),
    "only_zeros": program(BASE + 0x3800 & ~0xfff, 0, 0x1800, row(BASE + 0x3000, 0x2000, flags=1)),
    "crosses": program(BASE + 0x2800, 0x900, 0x900, row(BASE + 0x3000, 0x100, JUNK, 1)),
    "one_page": image([segment(R | X, 0, BASE, 0x1400, 0x1400),
                       segment(R | W, OFFSET, BASE + OFFSET, 0x100, 0x100)],
                      {0x400: check(BASE + 0x400, row(BASE + OFFSET, 0x100, DATA, 1),
                                    row(BASE + 0x1000, 0x400, JUNK, 1)), OFFSET: BYTES}),
    "code_in_the_middle": image([segment(R | X, 0xe00, BASE + 0xe00, 0x400, 0x400)],
                                {0x1100: check(BASE + 0x1100)}, entry=BASE + 0x1100),
    # the program headers begin where the first segment ends
    "headers_elsewhere": image([], {0x400: HEADERS + struct.pack("<Q", BASE + 0x3800), 0x800: CODE
                                    + segment(R, 0x800, BASE + 0x3800, 0x70, 0x70)},
                               count=2, offset=0x800),
    # PT_PHDR is for the dynamic linker, and wrong
    "headers_told": image([segment(R, 64, BASE + 0x900, 112, 112, kind=6), CODE],
                          {0x400: HEADERS + struct.pack("<Q", BASE + 64)}),
    "no_rights": program(AT, 0x100, 0x100, row(AT, 0x100, DATA), flags=0),
    "past_the_file": image([CODE, segment(R | W, 0x4000, BASE + 0x5000, 0x100, 0x100)],
                           {0x400: check(BASE + 0x400, row(BASE + 0x5000, 1))}),
    "read_only": program(AT, 0x100, 0x100, _DATA, flags=R),
    "not_code": image([segment(R, 0, BASE, 0x800, 0x800)], {0x400: check(BASE + 0x400)}),
    "moved": moved(0x1000, row(0x202800, 0x100, DATA, 1), row(0x202900, 0xf00), row(0, 1, b"\x7f")),
    "aligned": moved(0x200000, row(0, 1, b"\x7f", 2), row(0x202800, 0x100, DATA)),
}
files = {f"s_{name}": file for name, file in _FILES.items()}
host_differs = {name: "the host has no such file" for name in _FILES}
