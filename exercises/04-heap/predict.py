# SPDX-License-Identifier: MIT
"""Chapter 4: what a request costs."""
from predictions import Question

LEAST = 16  # bytes of the smallest class


def usable(bytes_wanted):
    return max(LEAST, 1 << (bytes_wanted - 1).bit_length())


def small(draw):
    wanted = draw.between(3, 2048)
    return Question("small", f"kmalloc({wanted}): how many bytes may really be used (kmalloc_size())?",
                    usable(wanted), "classes are powers of two", {"bytes": wanted})


def large(draw):
    wanted = draw.between(4097, 300000)
    return Question("large", f"kmalloc({wanted}): how many frames does it take?", usable(wanted) // 4096,
                    "a large object is one run of the buddy system", {"bytes": wanted})


def questions(draw):
    return [small(draw), large(draw)]
