# SPDX-License-Identifier: MIT
"""What the structural checks know of the tree: its files, and which chapter lists which.

A check is a function that takes a Tree and returns its complaints, one string each.
"""
import os
import pathlib
import re
import subprocess

LAST_CHAPTER = 18


class Tree:
    def __init__(self, source, build, nm="nm"):
        self.source = pathlib.Path(source)
        self.build = pathlib.Path(build)
        self.nm = nm.split()
        self.is_lesson = (self.source / "lesson.am").exists()  # a branch for students

    @staticmethod
    def of_environment():
        return Tree(os.environ["STRIX_SOURCE"], os.environ["STRIX_BUILD"], os.environ.get("NM", "nm"))

    def kernel_files(self, *suffixes):
        """Paths such as kernel/task/fork.c, relative to the source tree, sorted."""
        found = (p for p in (self.source / "kernel").rglob("*") if p.suffix in suffixes)
        return sorted(str(p.relative_to(self.source)) for p in found)

    def text(self, path):
        return (self.source / path).read_text()

    def lists(self):
        """[(chapter, kind, path)]: kind is files, naive, ktest, later, embedded or headers of chapter.am."""
        rows = (line.split() for line in (self.build / "chapters.list").read_text().splitlines())
        return [(int(chapter), kind, path) for chapter, kind, path in rows]

    def chapter_of(self):
        """{kernel file: the chapter that adds it}"""
        return {path: chapter for chapter, kind, path in self.lists() if kind == "files"}

    def chapter_directory(self, chapter):
        return next((self.source / "chapters").glob(f"{chapter:02}-*"))

    def linked(self, kernel):
        """The objects that KERNEL (such as chapter07) is linked from, or None if it is not."""
        listed = self.build / f"{kernel}.objects"
        if not (self.build / f"{kernel}.elf").exists() or not listed.exists():
            return None
        return listed.read_text().split()

    def kernels(self):
        """[(chapter, its kernel's name)] of the chapter kernels that exist."""
        names = ((n, f"chapter{n:02}") for n in range(LAST_CHAPTER + 1))
        return [(n, name) for n, name in names if self.linked(name) is not None]

    def symbols(self, *files):
        """[(file, type letter, name)] of object files and kernels."""
        if not files:
            return []
        output = subprocess.run([*self.nm, "-A", *(str(self.build / f) for f in files)],
                                stdout=subprocess.PIPE, text=True, check=True).stdout
        rows = re.findall(r"^(.*?):[0-9a-f ]* (\w) (\S+)$", output, re.M)
        return [(os.path.relpath(file, self.build), kind, name) for file, kind, name in rows]


def code_without_comments(text):
    """TEXT with comments and strings blanked; line numbers and columns stay."""
    blank = lambda match: re.sub(r"[^\n]", " ", match.group(0))
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text,
                  flags=re.S)
