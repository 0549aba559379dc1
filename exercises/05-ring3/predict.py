# SPDX-License-Identifier: MIT
"""Chapter 5: what a program dies of, as Linux says (tests/NAME.key); selectors."""
import os

import course
from predictions import Question

DEATHS = {"breakpoint": "int3", "control_register": "mov %cr3, %rax", "divide": "a division by zero",
          "halt": "hlt", "interrupts_off": "cli", "jump_null": "a jump to address 0",
          "kernel_read": "a read of the kernel's image", "non_canonical": "a read of 0x8000000000000000",
          "opcode": "ud2", "port": "an `out` to a port", "single_step": "setting the trap flag",
          "stack_code": "a jump to its stack"}


def recorded(test):
    """(signal, code) from the key that was recorded on Linux."""
    path = f"{course.SOURCE}/chapters/05-ring3/tests/{test}.key"
    with open(os.path.join(path)) as file:
        words = [line for line in file if line.startswith("fault: ")][0].split()
    return words[1], int(words[3])


def deaths(draw):
    tests = sorted(DEATHS, key=lambda test: draw.next())[:2]
    found = [Question(f"signal_{number}", f"A program does this in ring 3: {DEATHS[test]}.  Which signal is it?",
                      recorded(test)[0], "which exception is it, and signal(7)", {"test": test})
             for number, test in enumerate(tests, 1)]
    test = draw.choose(["divide", "opcode", "jump_null", "stack_code"])
    return found + [Question("si_code", f"And si_code of {DEATHS[test]}, as a number (sigaction(2))?",
                             recorded(test)[1], "the constants FPE_, ILL_ and SEGV_ of asm-generic/siginfo.h",
                             {"test": test})]


def questions(draw):
    return deaths(draw)
