# SPDX-License-Identifier: MIT
"""The numbers that pages say of the tree: places in files, points, exercises, and what `facts` lists.

What is quoted of a debugger or a grader is run by other tests, but with any numbers in the place of its own.
Here the numbers are compared that do not depend on compiler or memory.
"""
import re

from claims import FENCE, pages
from overlay import scan
from tree import code_without_comments

FACTS = "build-aux/checks/facts"
WORDS = "no one two three four five six seven eight nine ten eleven twelve".split()
ALMOST = 1.1  # "about" so many lines


def quoted(text):
    """What a page quotes: its blocks, fenced or indented."""
    return "\n".join(FENCE.findall(text) + re.findall(r"^ {4}.*$", text, re.M))


# ---- places

PLACE = re.compile(r"(\w+)(?: \(.*\))? at ((?:kernel|chapters)/[\w./-]+):(\d+)$", re.M)
SOURCE_LINE = re.compile(r"^(\d+)\t+(\S.*)$", re.M)


def lines_of(path, text, name):
    """[(first line, last line)] of the functions or blocks with that name, then of those that they call, since the
    compiler may have put one into the other and a debugger then names the outer one."""
    parts = scan.parts(path, text)
    own = [part for part in parts if part.name == name]
    called = set(re.findall(r"(\w+)\(", "".join(text[part.start:part.end] for part in own))) - {name}
    return [(text.count("\n", 0, part.start) + 1, text.count("\n", 0, part.end) + 1)
            for part in own + [part for part in parts if part.name in called]]


def place_wrong(tree, name, path, line):
    if not (tree.source / path).is_file():
        return f"there is no {path}"
    found = lines_of(path, tree.text(path), name)
    if any(first <= line <= last for first, last in found):
        return None
    return f"{path}:{line} is not in {name}()" + ", which is lines %d to %d" % found[0] if found else \
        f"{path} has no {name}()"


def check_places(tree):
    """FUNCTION at FILE:LINE, as a debugger says it, lies in that function; a line that it shows stands there."""
    complaints = []
    for page in pages(tree):
        blocks = quoted(tree.text(page))
        places = PLACE.findall(blocks)
        wrong = [place_wrong(tree, name, path, int(line)) for name, path, line in places]
        texts = [tree.text(path).split("\n") for path in {path for _, path, _ in places} if (tree.source / path).is_file()]
        wrong += [f"line {line} is not `{shown}`" for line, shown in SOURCE_LINE.findall(blocks)
                  if not any(shown.strip() == "".join(text[int(line) - 1:int(line)]).strip() for text in texts)]
        complaints += [f"{page}: {each}" for each in wrong if each]
    return complaints


# ---- points

EARNED = re.compile(r"^\s+(\w+) +\d+ / (\d+) +[A-Z][A-Z-]+ {2,}(\S.*)$", re.M)


def check_points(tree):
    """A grader's line on a page has the points and the title of a test of that name."""
    rows = [line.split(None, 3) for path in tree.source.glob("chapters/*/tests/points")
            for line in path.read_text().splitlines()]
    known = {(row[1], row[0], row[3]) for row in rows if len(row) == 4 and row[0].isdigit()}
    return [f"{page}: `{name} {points} {title}`: no test has this name, with these points and this title"
            for page in pages(tree) for name, points, title in EARNED.findall(quoted(tree.text(page)))
            if (name, points, title) not in known]


# ---- exercises

SAID_FUNCTIONS = re.compile(rf"\b(?:write|README\.md\):) ({'|'.join(WORDS)}) (?:small )?functions?\b")
SAID_LINES = re.compile(r"\b[Aa]bout (\d+) lines\b")


ROW = re.compile(r"^\| `(\w+)` \| (\S+) \| (.*) \|$", re.M)


def listed(exercise):
    """[[function, path, tests]] of an exercise's `functions`."""
    rows = [line.split("#")[0].split() for line in (exercise / "functions").read_text().splitlines()]
    return [row for row in rows if len(row) == 3]


def code_lines(path, text, name):
    """(lines of code without the signature and braces, with them)"""
    for part in scan.parts(path, text):
        if part.name == name:
            code = code_without_comments(text[part.start:part.end])
            count = sum(bool(line.strip()) for line in code.split("\n"))
            return count - 3, count
    return 0, 0


def exercise_size(tree, exercise):
    """(functions, fewest and most lines) of what a student writes."""
    rows = listed(exercise)
    paths = [path if path.startswith("chapters/") else f"kernel/{path}" for _, path, _ in rows]
    sizes = [code_lines(path, tree.text(path), row[0]) for row, path in zip(rows, paths)]
    return len(rows), sum(few for few, _ in sizes), sum(many for _, many in sizes)


def said_of(tree, exercise):
    """[(page, sentence)] that state an exercise's size."""
    own, lesson = f"exercises/{exercise.name}/README.md", f"chapters/{exercise.name}/README.md"
    first = tree.text(own).split("\n## ")[0]
    linked = re.search(rf"\(\.\./\.\./{own}\):.*?\n\n", tree.text(lesson), re.S)
    return [(own, first), (lesson, linked[0] if linked else "")]


def rows_wrong(tree, exercise):
    """What is wrong in the table of a page that says what each function earns."""
    lines = map(str.split, tree.text(f"chapters/{exercise.name}/tests/points").splitlines())
    points = {words[1]: int(words[0]) for words in lines if words and words[0].isdigit()}
    said = {name: (path, *re.findall(r"[a-z_]\w+", text), sum(map(int, re.findall(r"\((\d+)\)", text))))
            for name, path, text in ROW.findall((exercise / "README.md").read_text())}
    there = {name: (path, *tests.split(","), sum(points.get(test, 0) for test in tests.split(",")))
             for name, path, tests in listed(exercise)}
    return [f"`{name}` is {there.get(name)}, not {said.get(name)}" for name in sorted(there.keys() | said.keys())
            if there.get(name) != said.get(name)]


def check_exercises(tree):
    """An exercise and its lesson say how many functions are to be written, and about how many lines; the exercise's
    table, which tests each earns, and their points."""
    complaints = []
    for exercise in sorted(path.parent for path in tree.source.glob("exercises/*/functions")):
        complaints += [f"exercises/{exercise.name}/README.md: {wrong}" for wrong in rows_wrong(tree, exercise)]
        functions, few, many = exercise_size(tree, exercise)
        for page, text in said_of(tree, exercise):
            said = SAID_FUNCTIONS.search(text)
            if said and WORDS.index(said[1]) != functions:
                complaints.append(f"{page}: {said[0]}, but {functions} are listed")
            lines = SAID_LINES.search(text)
            if lines and not few / ALMOST <= int(lines[1]) <= many * ALMOST:
                complaints.append(f"{page}: {lines[0]}, but they are {few} to {many}")
    return complaints


# ---- facts

def squeezed(text):
    return " ".join(text.split())


def check_facts(tree):
    """What `facts` says that a page says, it says; and the files below it are as it says."""
    complaints = []
    for number, line in enumerate(tree.text(FACTS).splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        path, _, text = line.strip().partition(": ")
        if not (tree.source / path).is_file():
            complaints.append(f"{FACTS}:{number}: there is no {path}")
        elif squeezed(text) not in squeezed(tree.text(path)):
            complaints.append(f"{FACTS}:{number}: {path} does not say: {text}")
    return complaints
