# SPDX-License-Identifier: MIT
"""What lessons and pages claim of the tree, as far as a program can tell: lengths, names, reading paths.

A row of a lesson's reading path names a file and its functions (`name`; "head": its first comments; "all":
all of it), and how many lines these are.  Run as a program with --update it writes these numbers, and the
sum in "**N lines**" above the table.
"""
import posixpath
import re
import subprocess
import sys

from tree import Tree, code_without_comments

sys.path.insert(0, __file__.rsplit("/", 3)[0] + "/grading")
from overlay import scan  # noqa: E402

WORDS = (2000, 4000)    # a lesson's prose
LONGEST_PATH = 600      # lines
PATH = re.compile(r"^## The reading path\n.*?(?=^## )|^## Reading path\n.*?(?=^## )", re.M | re.S)
FENCE = re.compile(r"^```.*?^```$", re.M | re.S)


def lessons(tree):
    return sorted(str(path.relative_to(tree.source)) for path in tree.source.glob("chapters/*/README.md"))


def pages(tree):
    """Every page that people read: lessons, exercises, solutions, reference."""
    found = [path for pattern in ("README.md", "docs/*.md", "chapters/*/README.md", "exercises/**/README.md",
                                  "solutions/**/README.md") for path in tree.source.glob(pattern)]
    return sorted(str(path.relative_to(tree.source)) for path in found)


def check_words(tree):
    """Each lesson has some 2,000 to 4,000 words, blocks of code and output apart."""
    complaints = []
    for path in lessons(tree):
        count = len(FENCE.sub("", tree.text(path)).split())
        if not WORDS[0] <= count <= WORDS[1]:
            complaints.append(f"{path}: {count} words, not {WORDS[0]} to {WORDS[1]}")
    return complaints


# ---- the reading path

def head_lines(text):
    """Of the comments with which a file begins."""
    found = re.match(r"(?:/\*.*?\*/\s*?\n)+", text, re.S)
    return found[0].count("\n") if found else 0


def part_lines(path, text, name):
    """How many lines a function, block, macro or struct has; None: it is not there."""
    for part in scan.parts(path, text):
        if part.name == name:
            return text.count("\n", part.start, part.end) + 1
    for pattern in (rf"^\s*\.macro {name}\b.*?^\s*\.endm", rf"^struct {name} \{{.*?^\}}"):
        found = re.search(pattern, text, re.M | re.S)
        if found:
            return found[0].count("\n") + 1
    return None


class Row:
    """One line of the table: its files, what is to be read in them, the lines that it says."""

    def __init__(self, cells, lesson, before):
        links = re.findall(r"\]\(([^)]+)\)", cells[0])
        self.files = [posixpath.normpath(posixpath.join(posixpath.dirname(lesson), link)) for link in links] \
            or (before.files if before else [])
        what = cells[1].split(":")[0]
        self.names = re.findall(r"`(?:struct )?(\w+)`", what)
        self.whole, self.head = bool(re.match(r"\s*all\b", what)), bool(re.search(r"\bhead\b", what))
        self.said = int(cells[-1])

    def count(self, tree):
        """(lines, names that are not there)"""
        texts = {path: tree.text(path) for path in self.files if (tree.source / path).is_file()}
        lost = [path for path in self.files if path not in texts]
        lines = sum(head_lines(text) for text in texts.values()) if self.head else 0
        if self.whole:
            return lines + sum(text.count("\n") for text in texts.values()), lost
        for name in self.names:
            sizes = [part_lines(path, text, name) for path, text in texts.items()]
            sizes = [size for size in sizes if size is not None]
            lines += sizes[0] if sizes else 0
            lost += [] if sizes else [name]
        return lines, lost


def rows(lesson, text):
    """[(Row, the line of text)] of a lesson's reading path."""
    found = PATH.search(text)
    made = []
    for line in found[0].splitlines() if found else ():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[-1].isdigit():
            made.append((Row(cells, lesson, made[-1][0] if made else None), line))
    return made


def check_reading_paths(tree):
    """A lesson's reading path names what there is, says about how long it is, and is at most 600 lines."""
    complaints = []
    for lesson in lessons(tree):
        text, total = tree.text(lesson), 0
        found = rows(lesson, text)
        if not found:
            complaints.append(f"{lesson}: has no reading path")
        for row, _ in found:
            lines, lost = row.count(tree)
            total += lines
            complaints += [f"{lesson}: reading path: {' and '.join(row.files) or 'no file'} has no {name}" for name in lost]
            if abs(lines - row.said) > max(3, lines // 10) and not lost:
                complaints.append(f"{lesson}: reading path: {row.files[0]}: {lines} lines, not {row.said} "
                                  "(make update-lessons)")
        if total > LONGEST_PATH:
            complaints.append(f"{lesson}: reading path: {total} lines, more than {LONGEST_PATH}")
        said = re.search(r"\*\*(\d+) lines\*\*", PATH.search(text)[0]) if found else None
        if found and (not said or abs(int(said[1]) - total) > 20):
            complaints.append(f"{lesson}: reading path: does not say **{total} lines** (make update-lessons)")
    return complaints


def updated(tree, lesson):
    """The lesson's text with true numbers in its reading path."""
    text, total = tree.text(lesson), 0
    for row, line in rows(lesson, text):
        lines, _ = row.count(tree)
        total += lines
        text = text.replace(line, re.sub(r"\d+(\s*\|)$", rf"{lines}\1", line))
    return PATH.sub(lambda match: re.sub(r"\*\*\d+ lines\*\*", f"**{total} lines**", match[0]), text)


# ---- names

SPOKEN = re.compile(r"(?<![`\w])`([^`\n]+)`(?!`)")
NAME = re.compile(r"(?<![\w*])([A-Za-z_]\w*_\w*)(?![\w*])|\b([A-Za-z_]\w+)\(\)")
# What belongs to others: Linux, the C library, GDB, QEMU, GCC, manuals, other kernels.
OTHERS = """access_ok copy_from_user __ex_table entry_64 usertrapret posix_spawn system_reset hvm_start_info
    memmap_paddr start_info oom_adj sys_NAME authorized_keys""".split()


def tree_words(tree):
    """Every word of the tree's paths, of its code without comments, and of its other files but pages."""
    listed = subprocess.run([str(tree.source / "build-aux/dist-files")], cwd=tree.source, stdout=subprocess.PIPE,
                            text=True, check=True).stdout.split("\n")
    words = set()
    for path in listed:
        words.update(re.findall(r"\w+", path))
        if not path or path.endswith((".md", ".key", ".svg")) or path.startswith("build-aux/checks/"):
            continue
        text = (tree.source / path).read_text(errors="replace")
        words.update(re.findall(r"[A-Za-z_]\w+", code_without_comments(text) if path.endswith((".c", ".h", ".S")) else text))
    return words


def check_names(tree):
    """What a page puts in backticks and looks like a name of the tree's, the tree has."""
    words, complaints = tree_words(tree) | set(OTHERS), []
    for page in pages(tree):
        if page == "docs/behaviours.md":  # names of keys, with patterns
            continue
        text = tree.text(page)
        own = set(re.findall(r"\w+", "".join(FENCE.findall(text)) + "".join(re.findall(r"^ {4}.*$", text, re.M))))
        plain = FENCE.sub(lambda match: "\n" * match[0].count("\n"), text)
        for spoken in SPOKEN.finditer(plain):
            for name in (first or second for first, second in NAME.findall(spoken[1])):
                if name not in words and name not in own:
                    line = plain.count("\n", 0, spoken.start()) + 1
                    complaints.append(f"{page}:{line}: `{spoken[1]}`: nothing in the tree has the name {name}")
    return complaints


# ---- commands

COMMAND = re.compile(r"`((?:make|\./[\w-]+) [^`]*|\./[\w-]+|(?:grading|build-aux)/[\w/.-]+)`"
                     r"|^(?: {4}|\$ )\s*(?:\$ )?((?:make|\./[\w-]+|(?:grading|build-aux)/[\w-]+)\b[^#\n|>]*)", re.M)
GOAL = re.compile(r"^([\w$%.\-]+(?: [\w$%.\-]+)*) *::?(?![:=])", re.M)
MADE = {"./configure", "./strix-run"}  # by bootstrap and make
AUTOMAKES = ("dist", "distcheck", "clean", "distclean", "check", "all", "install")


def goals(text):
    """The goals that a makefile has rules for, patterns included."""
    text = text.replace("\\\n", " ")
    found = {word for names in GOAL.findall(text) for word in names.split()}
    checks = re.search(r"^STRUCTURE = (.*)$", text, re.M)
    return found | {f"check-{name}" for name in (checks[1].split() if checks else ())}


def has_goal(known, goal):
    return goal in known or goal in AUTOMAKES or any(
        re.fullmatch(re.escape(pattern).replace("%", r"\d+"), goal) for pattern in known if "%" in pattern)


def tests_of(tree, chapter):
    """The names of a chapter's tests."""
    return {words[1] for path in tree.source.glob(f"chapters/{chapter:02}-*/tests/points")
            for words in map(str.split, path.read_text().splitlines()) if words and words[0].isdigit()}


def values_wrong(tree, goal, values):
    """What is wrong with the variables of one `make` command."""
    chapter = values.get("CH") or "".join(re.findall(r"^grade-chapter(\d+)$", goal))
    if not chapter.isdigit() or not list(tree.source.glob(f"chapters/{int(chapter):02}-*")):
        return [f"there is no chapter {chapter}"] if chapter.isdigit() else []
    names = tests_of(tree, int(chapter))
    test, task = values.get("TEST"), values.get("NAME")
    wrong = [f"chapter {chapter} has no test {test}"] if test and test != "NAME" and test not in names and \
        "COURSE" not in values else []
    if task and task not in ("NAME", "x") and not list(tree.source.glob(f"exercises/{int(chapter):02}-*/*/{task}")):
        wrong.append(f"chapter {chapter} has no task {task}")
    return wrong


def command_wrong(tree, command, makefile):
    words = command.strip().rstrip(".:;,)").split()
    if words[0] != "make":
        return [] if words[0] in MADE or (tree.source / words[0]).exists() else [f"there is no {words[0]}"]
    values = dict(re.findall(r"\b([A-Z_]+)=('[^']*'|\S*)", command))
    known, wrong = goals(makefile), []
    for word in words[1:]:
        if re.fullmatch(r"[a-z][\w-]*", word.rstrip(",")) and "=" not in word:
            goal = word.rstrip(",")
            if not has_goal(known, goal.replace("chapterN", "chapter1")):
                wrong.append(f"make has no goal {goal}")
            wrong += values_wrong(tree, goal, values)
        elif not word.startswith(("-", "[")):
            break
    wrong += [f"make knows no {name}" for name in values if f"$({name})" not in makefile and f"({name})" not in makefile]
    for value in values.values():
        path = value.strip("'").split(" ")[0]
        if path.startswith(("solutions/", "exercises/", "grading/", "chapters/")) and "NAME" not in path:
            wrong += [] if (tree.source / path).exists() else [f"there is no {path}"]
    return wrong


def check_commands(tree):
    """The goals, variables, tests, tasks and scripts of each command that a page quotes are there."""
    makefile = "\n".join(tree.text(path.relative_to(tree.source)) for path in
                         [tree.source / "Makefile.am", tree.source / "GNUmakefile", *tree.source.glob("*/*.am"),
                          *tree.source.glob("*/*/*.am")])
    complaints = []
    for page in pages(tree):
        text = tree.text(page)
        for found in COMMAND.finditer(text):
            command = found[1] or found[2]
            line = text.count("\n", 0, found.start(1 if found[1] else 2)) + 1
            complaints += [f"{page}:{line}: `{command.strip()}`: {wrong}" for wrong in
                           command_wrong(tree, command, makefile)]
    return complaints


def main():
    tree = Tree.of_environment()
    for lesson in lessons(tree):
        if "--update" in sys.argv:
            (tree.source / lesson).write_text(updated(tree, lesson))
        print(f"{lesson}: {sum(row.count(tree)[0] for row, _ in rows(lesson, tree.text(lesson)))} lines to read, "
              f"{len(FENCE.sub('', tree.text(lesson)).split())} words")


if __name__ == "__main__":
    main()
