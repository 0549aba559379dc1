# SPDX-License-Identifier: MIT
"""The form of kernel/: what every file must have, and the figures of the style table.

Run as a program it prints the figures.
"""
import re
import statistics

from tree import Tree, code_without_comments

LONGEST_FUNCTION = 100
LONGEST_LINE = 100
TAB = 8


def functions(text):
    """[(name, first line, lines of the body)]: kernel style has its braces in column 0."""
    lines = code_without_comments(text).split("\n")
    found, start = [], None
    for number, line in enumerate(lines):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start is not None:
            head = " ".join(lines[max(0, start - 4):start])
            names = re.findall(r"(\w+)\s*\(", head.split(";")[-1].split("}")[-1])
            found.append((names[0] if names else "?", start + 1, number - start - 1))
            start = None
    return found


def check_conditionals(tree):
    """No #if: only `__ASSEMBLER__` in a header that assembly reads too."""
    complaints = []
    for path in tree.kernel_files(".c", ".h", ".S"):
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            if re.match(r"\s*#\s*(if|ifdef|ifndef|elif)\b", line):
                if not (path.endswith(".h") and re.search(r"\b__ASSEMBLER__\b", line)):
                    complaints.append(f"{path}:{number}: {line.strip()}")
    return complaints


def check_heads(tree):
    """The licence line first; in headers #pragma once."""
    complaints = []
    for path in tree.kernel_files(".c", ".h", ".S", ".ld", ".def"):
        text = tree.text(path)
        if not text.startswith("/* SPDX-License-Identifier: MIT */\n"):
            complaints.append(f"{path}: does not begin with the SPDX line")
        if path.endswith(".h") and "#pragma once" not in text:
            complaints.append(f"{path}: no #pragma once")
    complaints += [f"{path}: no SPDX line in its first three lines" for path in other_sources(tree)
                   if not any("SPDX-License-Identifier: MIT" in line
                              for line in tree.text(path).splitlines()[:3])]
    return complaints


def other_sources(tree):
    """Sources outside of kernel/ that people write."""
    folders = ("chapters", "exercises", "solutions", "grading", "build-aux", "rootfs", "bench", "tests")
    for folder in folders:
        for path in sorted((tree.source / folder).rglob("*")):
            name = str(path.relative_to(tree.source))
            if path.suffix in (".c", ".h", ".S", ".am", ".py", ".m4") and path.is_file() \
                    and not path.name.startswith("aclocal"):
                yield name


def check_lengths(tree):
    complaints = []
    for path in tree.kernel_files(".c", ".h", ".S"):
        complaints += [f"{path}:{line}: {name}() has {length} lines, more than {LONGEST_FUNCTION}"
                       for name, line, length in functions(tree.text(path))
                       if length > LONGEST_FUNCTION]
    return complaints


def check_columns(tree):
    complaints = []
    for path in tree.kernel_files(".c", ".h", ".S"):
        complaints += [f"{path}:{number}: longer than {LONGEST_LINE} columns"
                       for number, line in enumerate(tree.text(path).splitlines(), 1)
                       if len(line.expandtabs(TAB)) > LONGEST_LINE]
    return complaints


def check_ignorance(tree):
    """The kernel knows nothing of the course."""
    words = re.compile(r"\b(exercises|students?|lessons?|graders?|grading|homework)\b"
                       r"|chapters?[/0-9]|\b(this|later|earlier|next) chapters?\b", re.I)
    return [f"{path}:{number}: {line.strip()}"
            for path in tree.kernel_files(".c", ".h", ".S", ".ld", ".def", ".in")
            for number, line in enumerate(tree.text(path).splitlines(), 1) if words.search(line)]


def figures(tree):
    """[(what, value)] to hold against the style table: of the .c files, where the code is."""
    sources = tree.kernel_files(".c")
    texts = [tree.text(path) for path in sources]
    if not texts:
        return []
    lengths = sorted(length for text in texts for _, _, length in functions(text)) or [0]
    files = sorted(text.count("\n") for text in texts)
    code = [line for text in texts for line in code_without_comments(text).splitlines() if line.strip()]
    asserts = sum(len(re.findall(r"\b(?:static_|debug_)?assert\(", text)) for text in texts)
    at = lambda values, share: values[min(len(values) - 1, int(len(values) * share))]
    return [("files", len(files)), ("lines", sum(files)), ("code lines", len(code)),
            ("functions", len(lengths)),
            ("function lines: median", statistics.median(lengths)),
            ("function lines: 90th percentile", at(lengths, .9)),
            ("function lines: longest", lengths[-1]),
            ("file lines: median", statistics.median(files)),
            ("file lines: longest", files[-1]),
            ("files over 350 lines", sum(n > 350 for n in files)),
            ("asserts per 1000 code lines", round(1000 * asserts / len(code), 1))]


def comment_lines(text):
    """Lines that hold a comment, alone or behind code."""
    return sum(match.count("\n") + 1 for match in re.findall(r"/\*.*?\*/", text, re.S))


def comment_figures(tree):
    """[(directory of kernel/, code lines, comment lines)], the whole first.

    Headers count, because the contracts stand there, and assembly; the tables of numbers in
    kernel/abi are Linux's and need no prose.
    """
    table = {"all": (0, 0)}
    for path in tree.kernel_files(".c", ".h", ".S"):
        directory = path.split("/")[1] if path.count("/") > 1 else "."
        if directory == "abi":
            continue
        text = tree.text(path)
        code = sum(bool(line.strip()) for line in code_without_comments(text).splitlines())
        for key in ("all", directory):
            before = table.get(key, (0, 0))
            table[key] = (before[0] + code, before[1] + comment_lines(text))
    return [(key, *table[key]) for key in sorted(table, key=lambda key: (key != "all", key))]


def chapter_figures(tree):
    """[(chapter, files, lines)] of the kernel code that each chapter adds."""
    table = {}
    for path, chapter in tree.chapter_of().items():
        files, lines = table.get(chapter, (0, 0))
        table[chapter] = (files + 1, lines + tree.text(path).count("\n"))
    return [(chapter, *table[chapter]) for chapter in sorted(table)]


if __name__ == "__main__":
    here = Tree.of_environment()
    for what, value in figures(here):
        print(f"{what:34}{value:>8}")
    for directory, code, comments in comment_figures(here):
        print(f"comment lines per code line: {directory:9} {comments / max(code, 1):.3f}"
              f" ({comments} of .c, .h, .S)")
    for chapter, files, lines in chapter_figures(here):
        print(f"chapter {chapter:2}: {files:3} files {lines:6} lines")
