# SPDX-License-Identifier: MIT
"""Chapter 8: scripts, descriptors over exec."""
from predictions import Question


def script(draw):
    options, arguments = draw.between(0, 3), draw.between(0, 4)
    line = " ".join(["#!/bin/interpreter"] + [f"-{letter}" for letter in "abc"[:options]])
    return Question("argc", f"The script s begins with `{line}`.  It is run as `./s{' x' * arguments}`.\n"
                    "What is argc of the interpreter?", 2 + bool(options) + arguments,
                    "all that follows the interpreter's name is one argument (execve(2))",
                    {"options": options, "arguments": arguments})


def descriptors(draw):
    closing = sorted({draw.between(3, 9) for _ in range(3)})
    copied = closing[0]
    return Question("open", f"3 to 9 are open, {', '.join(map(str, closing))} with FD_CLOEXEC.  Then dup2({copied}, 10), "
                    "then execve().\nHow many of the descriptors from 3 on are open in the new program?",
                    8 - len(closing), "is the flag the descriptor's or the open file's (dup(2))?",
                    {"closing": closing, "copied": copied})


def questions(draw):
    return [script(draw), descriptors(draw)]
