# SPDX-License-Identifier: MIT
"""Random addresses, targets and rights; the kernel's tables are walked by the book."""
from model import Random

USER_END = 0x00007ffffffff000


def expected(seed):
    random, found = Random(seed), []
    for _ in range(60):
        address = 0x1000 + random.below(USER_END - 0x1000) & ~0xfff
        target = random.below(1 << 46) & ~0xfff
        write, user, never = (random.below(2) for _ in range(3))
        rights = ("w" if write else "-") + ("u" if user else "-") + ("-" if never else "x")
        found += [f"{address:x}: 0", f"leaf: level=1 to={target:x} {rights}", "next: absent",
                  "gone: absent"]
    return found + ["tables=0"]
