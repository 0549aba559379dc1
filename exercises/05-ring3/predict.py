# SPDX-License-Identifier: MIT
"""Chapter 5: what a program dies of, as Linux says (tests/NAME.key); page faults; flags."""
import os

import course
from predictions import Question

DEATHS = {"breakpoint": "int3", "control_register": "mov %cr3, %rax", "divide": "a division by zero",
          "halt": "hlt", "interrupts_off": "cli", "jump_null": "a jump to address 0",
          "kernel_read": "a read of the kernel's image", "non_canonical": "a read of 0x8000000000000000",
          "opcode": "ud2", "port": "an `out` to a port", "single_step": "setting the trap flag",
          "stack_code": "a jump to its stack"}
ACCESSES = {"read_nothing": ("reads where it has no memory", 0x04),
            "write_nothing": ("writes where it has no memory", 0x06),
            "write_constant": ("has read one of its constants and now writes to it", 0x07),
            "read_kernel": ("reads the kernel's image", 0x05),
            "run_nothing": ("jumps to where it has no memory", 0x14),
            "run_data": ("has written bytes to its stack and jumps to them", 0x15)}
CARRY, TRAP, INTERRUPTS, ALWAYS_ONE = 0x001, 0x100, 0x200, 0x002
PROGRAMS_FLAGS = 0x4cd4 | CARRY  # and parity, adjust, zero, sign, direction, overflow, nested task


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
    test = draw.choose(["divide", "opcode", "jump_null", "stack_code", "single_step", "breakpoint", "halt",
                        "non_canonical"])
    return found + [Question("si_code", f"And si_code of {DEATHS[test]}, as a number (sigaction(2))?",
                             recorded(test)[1], "the constants FPE_, ILL_, SEGV_, TRAP_ of asm-generic/siginfo.h; "
                             "and SI_KERNEL: whose?",
                             {"test": test})]


def error_code(draw):
    how = draw.choose(sorted(ACCESSES))
    return Question("error_code", f"A program {ACCESSES[how][0]}.  Which error code does the\nprocessor push with "
                    "the page fault?",
                    ACCESSES[how][1], "SDM vol. 3, 4.7: is a page present there, is it a write, who asks, is it a "
                    "fetch?",
                    {"how": how})


def popped(draw):
    wanted = draw.below(1 << 16) & ~TRAP
    return Question("rflags", f"A program executes `popf` with {wanted:#x} on its stack.  rflags was 0x202.  What "
                    "is in its lower 16 bits then?", wanted & PROGRAMS_FLAGS | ALWAYS_ONE | INTERRUPTS,
                    "what of IF and IOPL at CPL 3 (SDM vol. 2, POPF)?  And bits 1, 3, 5 and 15 are fixed",
                    {"wanted": wanted})


def questions(draw):
    return [*deaths(draw), error_code(draw), popped(draw)]
