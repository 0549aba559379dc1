# SPDX-License-Identifier: MIT
"""What `make check-branches` proves of the lesson branches; grading/test_branches.py runs the cheap part.

Each proof takes what it needs and returns complaints, one string each.  An "edited clone" is a
student's: every function of the exercise has another body, in kernel/ or in exercises/ in turn.
"""
import json
import os
import subprocess
import sys

from overlay import pieces, scan
from . import git, history, skeletons, trees

STUDENT = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
           for what, value in (("NAME", "A Student"), ("EMAIL", "student@strix.invalid"))}
MINE = "/* a student's own */"
OUR_OWN = ("README.md", "Makefile.am", "lesson.am")  # made for each chapter
NOT_OURS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "STRIX_SOURCE", "STRIX_BUILD", "STRIX_COURSE")


# ---- a source of one's own: the tree as it is, committed or not, and a later state of it

def make_source(directory, tree):
    """A repository of the files that `tree` keeps (git's, or all of an archive's)."""
    listed = subprocess.run([f"{tree}/build-aux/dist-files"], cwd=tree, check=True, text=True,
                            stdout=subprocess.PIPE).stdout.splitlines()
    files = {}
    for path in listed:
        mode = "100755" if os.access(f"{tree}/{path}", os.X_OK) else "100644"
        with open(f"{tree}/{path}", "rb") as file:
            files[path] = mode, file.read()
    os.makedirs(directory)
    repository = git.Repository(str(directory))
    repository.run("init", "-q", "--bare", "--initial-branch=main", ".")
    return repository, commit_source(repository, files, "the first state", 1000000000)


def commit_source(repository, files, subject, time, parent=None):
    who = {**STUDENT, "GIT_AUTHOR_DATE": f"@{time} +0000", "GIT_COMMITTER_DATE": f"@{time} +0000"}
    commit = repository.line("commit-tree", repository.tree(files), *(["-p", parent] if parent else []),
                             given=subject.encode(), environment=who)
    repository.run("update-ref", "refs/heads/main", commit)
    return commit


def mended(files):
    """A later state: each kernel file and lesson has one more line at its end, prompts another hint."""
    changed = dict(files)
    for path, (mode, content) in files.items():
        if path.startswith("kernel/") and path.endswith((".c", ".S")):
            changed[path] = mode, content + b"/* mended */\n"
        elif path.startswith("chapters/") and path.endswith(".md"):
            changed[path] = mode, content + b"\nMended.\n"
        elif path.startswith("exercises/") and path.endswith((".c", ".S")):
            changed[path] = mode, content.replace(b"\n/*\n * ", b"\n/*\n * (Mended.)\n * ", 1)
    return changed


def branches(source, directory, upto=None, own=False, solved=False):
    """Makes or brings up the branches; {ref: id}."""
    read, commit = history.read_commit(source.path, "HEAD")
    destination, _ = history.open_or_make(str(directory), read, commit, own)
    destination.extend(max(read.chapters) if upto is None else upto, solved)
    return read, destination.repository.refs("refs/")


# ---- trees

def check_tree(source, chapter, files):
    """Nothing of later chapters or of the solutions is in the tree, and every include of it is."""
    complaints = []
    for path in files:
        if trees.CHAPTER.match(path) and int(trees.CHAPTER.match(path)[1]) > chapter \
                or path.startswith("solutions/"):
            complaints.append(f"chapter-{chapter:02}: has {path}")
    later = {path for number, added in source.added.items() if number > chapter for path in added}
    complaints += [f"chapter-{chapter:02}: has {path} of a later chapter" for path in sorted(later & set(files))]
    for path, (_, content) in files.items():
        if path.startswith("kernel/") and path.endswith((".c", ".h", ".S")):
            complaints += [f"chapter-{chapter:02}: {path} includes {name}, which is not there"
                           for name in trees.INCLUDE.findall(content.decode())
                           if f"kernel/{name}" not in files and f"kernel/{name}.in" not in files]
    return complaints


def function_text(files, function):
    path = trees.kernel_path(function)
    return function_in(files[path][1].decode(), path, function) if path in files else None


def function_in(text, path, function):
    return next(text[part.start:part.end] for part in scan.parts(path, text) if part.name == function.name)


def check_answers(source, chapter, files):
    """In the tree of a chapter none of the functions to write, now or later, has a body."""
    complaints = []
    for number, exercise in source.exercises.items():
        for function in exercise.functions:
            if number < chapter or number > chapter and function.name in exercise.early:
                continue
            text = function_text(files, function)
            if text and not pieces.UNWRITTEN.search(text):
                complaints.append(f"chapter-{chapter:02}: {function.name} is written")
    return complaints


def check_additions(source, chapter, solved, following):
    """Chapter N+1's tree is solved N, and what chapter N+1 adds: no file of the kernel is lost or
    other than before, save for the functions of N+1's exercise."""
    complaints = []
    touched = {trees.kernel_path(function) for function in source.exercises[chapter + 1].functions}
    for path, entry in solved.items():
        if path in OUR_OWN or path.startswith("exercises/"):
            continue
        if path not in following:
            complaints.append(f"chapter-{chapter + 1:02}: lost {path}")
        elif following[path] != entry and path not in touched and not path.endswith(".md"):
            complaints.append(f"chapter-{chapter + 1:02}: {path} is other than in solved {chapter}")
    return complaints


# ---- a student's clone

class Clone:
    def __init__(self, origin, directory, ref):
        self.directory = str(directory)
        subprocess.run(["git", "clone", "-q", "-b", ref, str(origin), self.directory], check=True,
                       env=git.CLEAN, stderr=subprocess.DEVNULL)

    def git(self, *arguments):
        return subprocess.run(["git", "-C", self.directory, *arguments], env={**git.CLEAN, **STUDENT},
                              check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def tool(self, name, *words):
        """One of grading/student's, as make runs it."""
        environment = {**{name: value for name, value in git.CLEAN.items() if name not in NOT_OURS},
                       **STUDENT, "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run([sys.executable, f"grading/student/{name}", *words], cwd=self.directory,
                              env=environment, check=False, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)

    def make(self, *words, log="log"):
        environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        with open(f"{self.directory}/{log}", "w") as out:
            return subprocess.run(["make", *words], cwd=self.directory, check=False, stdout=out,
                                  stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment)

    def write(self, path, text):
        with open(f"{self.directory}/{path}", "w") as file:
            file.write(text)

    def read(self, path):
        with open(f"{self.directory}/{path}") as file:
            return file.read()

    def edit_everything(self, source, chapter):
        """Another body for each function: in the kernel and in exercises/ in turn; committed."""
        exercise = source.exercises[chapter]
        for count, function in enumerate(exercise.functions):
            path = skeletons.path(exercise.directory, function) if count % 2 else trees.kernel_path(function)
            written = "\tud2" if path.endswith(".S") else '\tpanic("a student was here");\n\tpanic("twice");'
            text = self.read(path)
            for call in (f'\texercise("{function.name}");', f"\texercise {function.name}"):
                text = text.replace(call, written)
            self.write(path, text)
        self.git("commit", "-q", "-a", "-m", "mine")
        return self.git("rev-parse", "HEAD").stdout

    def write_everything(self, source, chapter):
        """Our own bodies, marked, as a student's: in the kernel and in exercises/ in turn; committed."""
        exercise = source.exercises[chapter]
        for count, function in enumerate(exercise.functions):
            path = skeletons.path(exercise.directory, function) if count % 2 else trees.kernel_path(function)
            text = self.read(path)
            part = next(part for part in scan.parts(path, text) if part.name == function.name)
            written = function_text(source.files, function)
            if not path.endswith(".S"):
                written = written.replace("\n{\n", f"\n{{\n\t{MINE}\n", 1)
            self.write(path, text[:part.start] + written + text[part.end:])
        self.git("commit", "-q", "-a", "-m", f"chapter {chapter} is done")

    def points(self, chapter):
        """(earned, {verdicts}) of the chapter's kernel as it stands."""
        self.make(f"grade-chapter{chapter}", log="grade.log")
        with open(f"{self.directory}/results/chapter{chapter:02}.json") as file:
            found = json.load(file)
        return found["earned"], {test["verdict"] for test in found["tests"]}


def own_work(origin, directory, source, last):
    """(clone, complaints): a student's who writes chapter after chapter in branches of WORK=own."""
    clone, complaints = Clone(origin, directory, f"chapter-{min(source.chapters):02}"), []
    for chapter in sorted(number for number in source.chapters if number <= last):
        if chapter > min(source.chapters):
            clone.git("switch", "-q", f"chapter-{chapter:02}")
            done = clone.git("merge", "-q", "--no-edit", f"chapter-{before:02}")
            if done.returncode:
                complaints.append(f"chapter-{chapter:02}: own work does not merge: {done.stdout}")
        clone.write_everything(source, chapter)
        before = chapter
    return clone, complaints


def check_own(clone, source, chapter):
    """The kernel that is all the student's: what there is to write up to the chapter counts, and is right."""
    if clone.make("-j2", log="make.log").returncode:
        return [f"own work up to {chapter} does not build:\n{clone.read('make.log')[-2000:]}"]
    return [f"own work: chapter {number}: {earned} points: {sorted(verdicts)}"
            for number in sorted({min(source.chapters), chapter})
            for earned, verdicts in [clone.points(number)] if earned != 100]


def check_merge(clone, chapter):
    """An update merges into a clone in which everything is edited."""
    clone.git("fetch", "-q")
    done = clone.git("merge", "-q", "--no-edit", f"origin/chapter-{chapter:02}")
    return [f"chapter-{chapter:02}: an update does not merge: {done.stdout}"] if done.returncode else []


def check_kernels(clone, source, chapter):
    """The skeletons score the baseline, the solved tree 100; both build and have the right form."""
    complaints = []
    for ref, wanted in ((f"chapter-{chapter:02}", source.exercises[chapter].baseline),
                        (f"chapter-{chapter:02}-solved", 100)):
        clone.git("checkout", "-q", ref)
        if clone.make("-j2", log="make.log").returncode:
            return complaints + [f"{ref}: does not build:\n{clone.read('make.log')[-2000:]}"]
        earned, verdicts = clone.points(chapter)
        if earned != wanted or not verdicts <= {"PASS", "NOT-WRITTEN", "SKIPPED"}:
            complaints.append(f"{ref}: {earned} points instead of {wanted}: {sorted(verdicts)}")
        if clone.make("check-structure", log="structure.log").returncode:
            complaints.append(f"{ref}: check-structure:\n{clone.read('structure.log')[-2000:]}")
    return complaints
