# SPDX-License-Identifier: MIT
"""Chapter 6: areas, errors in registers, buffers that end in nowhere."""
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


def written(draw):
    """A buffer that ends in nowhere."""
    room, count = draw.between(1, 5000), draw.between(2, 6000)
    return Question("written", f"Standard output is a file in memory.  A program's last mapped byte lies {room - 1} "
                    "bytes behind p.\n"
                    f"What does write(1, p, {count}) return?", min(room, count),
                    "the copy ends where memory does; is an error said when some bytes have been written?",
                    {"room": room, "count": count})


def remapped(pages, hole, at, old, new):
    """How many pages there are after mremap() without flags of pages from `at` on, or the error."""
    end, free = (hole, hole + 1) if at < hole else (pages, None)  # its area, and where it may grow to
    if new > old and at + old > end:
        return "EFAULT"
    if new > old and (at + old < end or free and at + new > free):
        return "ENOMEM"
    return pages - 1 + new - old


def remap(draw):
    pages = draw.between(9, 14)
    hole = draw.between(3, pages - 4)
    at, end = draw.choose([(draw.below(hole - 1), hole), (draw.between(hole + 1, pages - 2), pages)])
    whole, more = end - at, draw.between(1, 2)  # it shrinks, grows in its middle, at its end, or reaches beyond it
    old, new = draw.choose([(whole, draw.between(1, whole - 1)), (whole - 1, whole), (whole, whole + more),
                            (whole + 1, whole + 1 + more)])
    return Question("remap", f"{pages} pages are mapped at A, none behind them; page {hole} (from 0) is unmapped.  "
                    "Then\n"
                    f"mremap(A + {at} pages, {old} pages, {new} pages, 0).  How many pages are mapped in all "
                    "afterwards?\n"
                    "Or, if it fails: which error is it?", remapped(pages, hole, at, old, new),
                    "does one area hold all of the old range, does it end with it, and is there room behind "
                    "(mremap(2))?",
                    {"pages": pages, "hole": hole, "at": at, "old": old, "new": new})


def questions(draw):
    return [register(draw), areas(draw), rounded(draw), written(draw), remap(draw)]
