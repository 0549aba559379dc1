# SPDX-License-Identifier: MIT
"""Citations of Intel's and AMD's manuals: each number is in docs/manuals.md, with its title.

A citation reads "SDM vol. 3, 6.14.2 and 8.7", "APM vol. 2, 14.6", "SDM vol. 1, table 10-2"; what follows
behind a semicolon with a volume of its own belongs to it.  A wrong number is one that nobody looked up.
"""
import re

LIST = "docs/manuals.md"
SUFFIXES = (".c", ".h", ".S", ".py", ".md")
FOLDERS = ("kernel", "chapters", "exercises", "solutions", "grading", "docs")
VOLUME = re.compile(r"\b(?:(SDM|APM),?\s+)?vol(?:ume|\.)\s*(\d)[A-D]?\b((?:[^().;|]|\.(?=\d))*)")
NUMBER = re.compile(r"(?:(figures?|tables?)\s+)?(?<![\w.-])(\d+(?:\.\d+)+|\d+-\d+)(?![\w-])|\bchapters?\s+(\d+)")
OTHER_BOOKS = re.compile(r"Knuth|Art of Computer Programming")


def known(tree):
    """{(manual, volume, number or figure)} that docs/manuals.md has a title of."""
    found, book = set(), None
    for line in tree.text(LIST).splitlines():
        head = re.match(r"## .*\b(SDM|APM), volume (\d)", line)
        if line.startswith("## "):
            book = head and (head[1], head[2])
        row = re.match(r"\| ((?:figure |table )?[\d.-]+) \| \w", line)
        if book and row:
            found.add((*book, row[1]))
    return found


def cited(text):
    """[(offset, manual, volume, number)] of a text.  Comments' stars are no part of it."""
    text = re.sub(r"\n[ \t]*(?:\*|#|//)?[ \t]*", lambda match: " " * len(match[0]), text)
    manual, found, last = "SDM", [], 0
    for volume in VOLUME.finditer(text):
        if OTHER_BOOKS.search(text[max(0, volume.start() - 90):volume.end()]):
            continue
        if not volume[1] and volume.start() - last > 60:
            continue  # of some other book
        manual, last, kind = volume[1] or manual, volume.end(), ""
        for number in NUMBER.finditer(volume[3]):
            kind = (number[1] or kind).rstrip("s") if number[2] and "-" in number[2] else ""
            name = number[3] or f"{kind} {number[2]}".strip()
            found.append((volume.start(3) + number.start(), manual, volume[2], name))
    return found


def check_manuals(tree):
    """Every section, table and figure of a manual that is cited has its title in docs/manuals.md."""
    titles, complaints = known(tree), []
    for path in sorted(p for folder in FOLDERS for p in (tree.source / folder).rglob("*") if p.suffix in SUFFIXES):
        name = str(path.relative_to(tree.source))
        if name == LIST:
            continue
        text = path.read_text(errors="replace")
        for offset, manual, volume, number in cited(text):
            if (manual, volume, number) not in titles:
                complaints.append(f"{name}:{text.count(chr(10), 0, offset) + 1}: {manual} vol. {volume}, {number}: "
                                  f"not in {LIST}")
    return complaints
