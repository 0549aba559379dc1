# SPDX-License-Identifier: MIT
"""What the tree of a chapter's lesson holds: a function of the source's files, and of nothing else.

Chapter N's tree is the source without what belongs to later chapters or to teachers:

    kernel/      the files that chapters 0..N list, and the headers that these (and the chapters' tests)
                 include, directly or not; functions of N's exercise are skeletons, those of later
                 exercises are unwritten, save those that an exercise calls `early`
    chapters/    0..N      exercises/   0..N, with skeletons of N only (WORK=own: of 0..N)
    Makefile.am  without the include lines of what the tree does not have; lesson.am takes the place of
                 chapters/complete.am
    README.md    grading/student/README.md; AUTHORS and HOURS are the student's to make

Links in Markdown that lead to what the tree does not have become their text; {{ file:function }} in a
lesson becomes the function's text, or says who writes it.  `solved`: the same tree with chapter N's
functions as the kernel has them.
"""
import posixpath
import re

import exercises
from overlay import pieces, scan
from . import skeletons

# prefixes: teachers', authors', and those that need the complete kernel
LEFT_OUT = (".ci/", "bench/", "tests/", "solutions/", "docs/behaviours.md", "docs/gaps.md",
            "docs/platforms.md", "docs/teaching.md", "docs/syscalls.md", "docs/session.txt", "chapters/complete.am",
            "chapters/not-yet-courses", "build-aux/checks/test_checks.py", "build-aux/checks/facts", "build-aux/draw-pictures",
            "build-aux/gdb/pictures.py", "grading/answer-key", "grading/asked", "grading/export-regions",
            "grading/import-wrong", "grading/cheats/", "grading/grade-class",
            "grading/kill-rate", "grading/lesson-branches", "grading/check-branches", "grading/lessons/",
            "grading/linux.py", "grading/mutants.py", "grading/pack-autograder", "grading/platforms/",
            "grading/record-costs", "grading/siginfo.c", "grading/teaching.am", "grading/test_", "grading/student/README.md",
            "grading/student/lesson.am", "README.md")
KEPT = ("grading/test_chapters.py",)
CHAPTER = re.compile(r"(?:chapters|exercises)/(\d\d)-")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.M)
QUOTE = re.compile(r"^```\w+\n\{\{ ([\w./-]+):(\w+) \}\}\n```$", re.M)
LINK = re.compile(r"(?<!!)\[([^\]\n]*)\]\(([^)\s]+)\)")


class Source:
    """The files of the source's commit, and what its chapters and exercises say."""

    def __init__(self, files):
        self.files = files
        self.chapters = {}   # number: directory, of the chapters that have an exercise in the kernel
        self.exercises = {}  # number: Exercise
        self.added = {}      # number: kernel files that the chapter adds
        for path in sorted(files):
            found = re.fullmatch(r"chapters/((\d\d)-[\w-]+)/chapter\.am", path)
            if not found:
                continue
            number, directory = int(found[2]), found[1]
            self.added[number] = self._kernel_files(path, found[2])
            described = f"exercises/{directory}/functions"
            if described in files:
                self.chapters[number] = directory
                self.exercises[number] = exercises.parse(self.text(described), posixpath.dirname(described))

    def text(self, path):
        return self.files[path][1].decode()

    def _kernel_files(self, path, number):
        text = self.text(path).replace("\\\n", " ")
        return [word for line in re.findall(rf"^files_{number}\s*\+?=(.*)$", text, re.M)
                for word in line.split()]

    def sources(self, last):
        """The kernel files of chapters up to `last` with all that they include."""
        found = {"kernel/kernel.ld", "kernel/abi/syscalls.def"}
        todo = [path for number, paths in self.added.items() if number <= last for path in paths]
        todo += [path for path in self.files if path.endswith((".c", ".h", ".S")) and (
            path.startswith(("exercises/include/", "chapters/include/"))
            or path.startswith("chapters/") and _chapter(path) <= last)]
        todo += [path for am in self.files if re.fullmatch(r"chapters/[\w-]+/chapter\.am", am)
                 and _chapter(am) <= last for path in re.findall(r"kernel/[\w./-]+", self.text(am))
                 if path in self.files]  # what a chapter names otherwise, such as a linker script
        todo += sorted(found)
        while todo:
            path = todo.pop()
            found.add(path)
            for name in INCLUDE.findall(self.text(path)):
                for header in (f"kernel/{name}", f"kernel/{name}.in"):
                    if header in self.files and header not in found:
                        todo.append(header)
        return {path for path in found if path.startswith("kernel/")}


def _chapter(path):
    found = CHAPTER.match(path)
    return int(found[1]) if found else -1


def _belongs(path, chapter, own):
    """Whether a path outside of kernel/ is in the chapter's tree."""
    if path.startswith(LEFT_OUT) and path not in KEPT or _chapter(path) > chapter:
        return False
    if path.startswith("exercises/") and 0 <= _chapter(path) < chapter and not own:
        return not path.endswith((".c", ".S"))
    return True


def _unwritten(source, chapter, own, solved):
    """[(exercise's number, function)] to be taken out of the chapter's tree, as far as it has the file."""
    for number, exercise in source.exercises.items():
        for function in exercise.functions:
            if number > chapter and function.name not in exercise.early:
                yield number, function
            elif number == chapter and not solved or number < chapter and own:
                yield number, function


def kernel_path(function):
    return function.file if function.file.startswith("chapters/") else f"kernel/{function.file}"


def _take_out(source, tree, chapter, own, solved):
    for number, function in _unwritten(source, chapter, own, solved):
        path = kernel_path(function)
        if path in tree:
            skeleton = skeletons.path(source.exercises[number].directory, function)
            mode, content = tree[path]
            text = skeletons.put(content.decode(), function, source.text(skeleton), skeleton,
                                 prompted=number <= chapter)
            tree[path] = mode, text.encode()


# ---- files that are made

def _makefile(text, tree):
    def line(match):
        if match[1] == "chapters/complete.am":
            return "include lesson.am\n"
        return match[0] if match[1] in tree else ""
    return re.sub(r"^include (\S+)\n", line, text, flags=re.M)


def _filled(source, name, chapter, own):
    numbers = [n for n in sorted(source.exercises) if n == chapter or own and n < chapter]
    written = [function for n in numbers for function in source.exercises[n].functions]
    objects = sorted({posixpath.splitext(kernel_path(function))[0] + ".o" for function in written})
    directory = source.chapters[chapter]
    others = [n for n in source.chapters if n > chapter]
    words = {"CHAPTER": str(chapter), "NN": f"{chapter:02}", "DIRECTORY": directory,
             "TITLE": directory[3:], "OBJECTS": " \\\n\t".join(objects), "WORK": "own" if own else "given",
             "EXERCISES": " ".join(f"exercises/{source.chapters[n]}" for n in numbers),
             "FIRST": kernel_path(source.exercises[chapter].functions[0]),
             "FUNCTION": source.exercises[chapter].functions[0].name,
             "NEXT": f"{min(others, default=chapter + 1):02}"}
    text = source.text(f"grading/student/{name}")
    text = re.sub(r"@if (own|given)@\n(.*?)@end@\n",
                  lambda match: match[2] if match[1] == words["WORK"] else "", text, flags=re.S)
    return re.sub(r"@([A-Z]+)@", lambda match: words[match[1]], text).encode()


def _without_lost_links(path, text, there):
    def link(match):
        if re.match(r"[a-z]+:|#", match[2]):
            return match[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match[2].partition("#")[0]))
        return match[0] if target in there else match[1]
    return LINK.sub(link, text)


def _quoted(page, text, made):
    """What the book shows is in the page itself, which students read as it is."""
    def quote(match):
        file, name = match[1], match[2]
        content = made[file][1].decode()
        body = next(content[part.start:part.end] for part in scan.parts(file, content) if part.name == name)
        if pieces.UNWRITTEN.search(body):
            return f"*`{name}` in [{file}]({posixpath.relpath(file, posixpath.dirname(page))}): yours to write.*"
        return match[0].replace(f"{{{{ {file}:{name} }}}}", body)
    return QUOTE.sub(quote, text)


def tree(source, chapter, own=False, solved=False):
    """{path: (mode, bytes)} of chapter's tree."""
    kernel = source.sources(chapter)
    made = {path: entry for path, entry in source.files.items()
            if (path in kernel if path.startswith("kernel/") else _belongs(path, chapter, own))}
    _take_out(source, made, chapter, own, solved)
    made["Makefile.am"] = made["Makefile.am"][0], _makefile(source.text("Makefile.am"), made).encode()
    made["lesson.am"] = "100644", _filled(source, "lesson.am", chapter, own)
    made["README.md"] = "100644", _filled(source, "README.md", chapter, own)
    there = set(made)
    for path in made:
        there.update(_above(path))
    for path, (mode, content) in made.items():
        if path.endswith(".md"):
            text = _quoted(path, content.decode(), made)
            made[path] = mode, _without_lost_links(path, text, there).encode()
    return made


def _above(path):
    while "/" in path:
        path = posixpath.dirname(path)
        yield path
