# SPDX-License-Identifier: MIT
"""Chapter 6: areas, errors in registers."""
from predictions import Question

PAGE = 4096
ERRORS = {"ENOENT": 2, "EBADF": 9, "ENOMEM": 12, "EFAULT": 14, "EEXIST": 17, "EINVAL": 22}


def register(draw):
    name = draw.choose(sorted(ERRORS))
    return Question("rax", f"A call fails with {name}.  What is in rax, as an unsigned number of 64 bits?",
                    (1 << 64) - ERRORS[name], "the number is negated (errno(3), `errno -l`)", {"name": name})


def mapped(draw):
    """The pages of a map and which of them are unmapped."""
    pages = draw.between(8, 16)
    holes = sorted({draw.below(pages) for _ in range(draw.between(2, 4))})
    return pages, holes


def areas(draw):
    pages, holes = mapped(draw)
    left = [page not in holes for page in range(pages)]
    count = sum(here and not before for before, here in zip([False] + left, left))
    return Question("areas", f"mmap() of {pages} pages gives one area.  Then munmap() of one page each: numbers\n"
                    f"{', '.join(map(str, holes))} (counted from 0).  How many areas are left of it?", count,
                    "neighbours, the first and the last page", {"pages": pages, "holes": holes})


def rounded(draw):
    length = draw.between(1, 60000)
    return Question("reach", f"mmap() of {length} bytes at address A.  What is the lowest x > 0 for which a read of "
                    "A + x may fault?", -(-length // PAGE) * PAGE, "memory is mapped in pages",
                    {"length": length})


def questions(draw):
    return [register(draw), areas(draw), rounded(draw)]
