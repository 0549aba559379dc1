# SPDX-License-Identifier: MIT
"""Every general register survives interrupts; the handlers have the direction flag clear."""
from model import Random

NAMES = "rax rbx rcx rdx rsi rdi rbp r8 r9 r10 r11 r12 r13 r14 r15".split()


def expected(seed):
    random = Random(seed)
    return [f"{name}={random.next():x}" for name in NAMES] + ["direction_in_handler=0"]
