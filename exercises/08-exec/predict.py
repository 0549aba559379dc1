# SPDX-License-Identifier: MIT
"""Chapter 8: scripts, descriptors over exec, the first stack, segments, refusals (as recorded on Linux)."""
from predictions import Question

WORD, PAGE = 8, 4096
REFUSED = {
    "empty": ("A file has mode 0755 and no bytes", "ENOEXEC"),
    "words": ("A file with mode 0755 has the text `echo hello`", "ENOEXEC"),
    "half_a_header": ("A file with mode 0755 has the first 32 bytes of a program", "ENOEXEC"),
    "other_machine": ("A program with mode 0755 says in e_machine that it is a PDP-11's", "ENOEXEC"),
    "no_segments": ("A program with mode 0755 has e_phnum 0", "ENOEXEC"),
    "not_executable": ("A program has mode 0644, and root executes it", "EACCES"),
    "directory": ("The name is a directory's, with mode 0755", "EACCES"),
    "no_interpreter": ("A script begins with `#!/no/such/file`", "ENOENT"),
    "interpreter_is_data": ("A script begins with `#!/etc/passwd`, a file with mode 0644", "EACCES"),
    "script_of_itself": ("A script names itself behind its #!", "ELOOP"),
    "below_a_file": ("The name is /etc/passwd/program", "ENOTDIR"),
    "long_string": ("The program is fine; one string of argv is 200,000 bytes long", "E2BIG"),
    "open_for_writing": ("The program is fine, but another process has it open for writing", "ETXTBSY"),
}


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
    return Question("open", f"3 to 9 are open, {', '.join(map(str, closing))} with FD_CLOEXEC.  Then dup2({copied}, "
                    "10), then execve().\nHow many of the descriptors from 3 on are open in the new program?",
                    8 - len(closing), "is the flag the descriptor's or the open file's (dup(2))?",
                    {"closing": closing, "copied": copied})


def vector(draw):
    rsp = 0x7ffd00000000 + draw.between(0x1000, 0xfffff) * 16
    arguments, environment, pair = draw.between(5, 11), draw.between(0, 9), draw.between(0, 5)
    return Question("auxiliary", f"A program starts with argc {arguments} and {environment} strings of environment; "
                    f"rsp is {rsp:#x}.  At which\n"
                    f"address lies the value of pair {pair} (from 0) of its auxiliary vector?",
                    rsp + WORD * (1 + arguments + 1 + environment + 1 + 2 * pair + 1),
                    "argc, argv and a NULL, envp and a NULL; a pair is a type and a value (System V ABI, figure 3.9)",
                    {"rsp": rsp, "arguments": arguments, "environment": environment, "pair": pair})


def zeros(draw):
    start = 0x600000 + draw.between(0, 0xfff)
    from_file = draw.between(1, 0x3000)
    size = from_file + draw.between(0, 0x4000)
    return Question("zero_pages", f"A PT_LOAD segment has p_vaddr {start:#x}, p_filesz {from_file:#x}, p_memsz "
                    f"{size:#x}.  How many of its\n"
                    "pages have no byte of the file?", -(-(start + size) // PAGE) - -(-(start + from_file) // PAGE),
                    "which page has the file's last byte, and which the segment's last byte?",
                    {"start": start, "from_file": from_file, "size": size})


def refused(draw):
    what = draw.choose(sorted(REFUSED))
    return Question("refused", f"{REFUSED[what][0]}.\nWith which error does execve() fail?", REFUSED[what][1],
                    "execve(2), ERRORS: what is looked at first, the name, the rights, or the "
                    "contents?", {"what": what})


def questions(draw):
    return [script(draw), descriptors(draw), vector(draw), zeros(draw), refused(draw)]
