# SPDX-License-Identifier: MIT
"""What keeps a stranger's functions from the grader's machine: what may stand in their text, what the compiler
may take for them, and what its output may hold.

A text that had another file of this machine put into the kernel (.incbin, #include, or a compiler's message that quotes a line)
would show a private layer's tests and keys to its author.  So each way to name a file is looked for twice: in
the text as it is written, and in what the compiler makes of it, where strings and macros have been put together.
"""
import collections
import re
import resource

# No function body needs these.  After `# 1 "file"`, too, messages quote that file.
FORBIDDEN = re.compile(
    r"\.\s*(?:incbin|include|(?:push)?section|globa?l|macro|irpc?|altmacro)\b|\bsection\s*\(|\bconstructor\b|"
    r"^\s*(?:#|%:)\s*(?:\d|include|import|embed|pragma|line)|\b_Pragma\b|REGISTER\s*\(", re.M | re.I)
SPLICE = re.compile(r"\\[ \t]*\n")
COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*")|/\*.*?\*/|//[^\n]*', re.S)
NAMES_A_FILE = re.compile(r"\.\s*(?:incbin|include|macro|irpc?|altmacro)\b", re.I)

CPU_SECONDS, FILE_BYTES, MEMORY_BYTES = 60, 64 << 20, 4 << 30
TOO_MUCH = re.compile(r"(?:CPU time limit exceeded|File size limit exceeded) signal|File too large|"
                      r"out of memory allocating|memory exhausted")
LIMITS = f"{CPU_SECONDS} seconds, {FILE_BYTES >> 20} MiB of output or {MEMORY_BYTES >> 30} GiB of memory"


def limit():
    """In a compiler that is about to start: it takes a thousand times what an honest function needs, and no more."""
    for kind, most in ((resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_FSIZE, FILE_BYTES),
                       (resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))


def forbidden(text):
    """(what is not for a function, its line from 0) in a text, or None."""
    found = FORBIDDEN.search(text)
    if found:
        return found[0].strip(), text.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip()))
    whole = COMMENT.sub(lambda match: match[1] or " ", SPLICE.sub("", text))
    found = FORBIDDEN.search(whole)
    return (found[0].strip(), 0) if found else None


def named_files(text, reference):
    """A directive of the assembler that names a file, or makes one that does, and that `reference` has not as often."""
    def directives(made):
        return collections.Counter(re.sub(r"\s", "", found).lower() for found in NAMES_A_FILE.findall(made))
    more = directives(text)
    return sorted(more - directives(reference()) if more else more)
