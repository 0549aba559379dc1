# SPDX-License-Identifier: MIT
"""Lesson branches, without a build: their trees, ids, growth and refusals; and what a student's clone
does with them.  `make check-branches` builds and grades them as well.
"""
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import course  # noqa: E402
import submission  # noqa: E402
from lessons import check, git, history, skeletons, trees  # noqa: E402
from overlay import pieces, scan  # noqa: E402

WORK = pytest.mark.parametrize("own", [False, True], ids=["given", "own"])


@pytest.fixture(scope="module")
def top(tmp_path_factory):
    return tmp_path_factory.mktemp("branches")


@pytest.fixture(scope="module")
def source(top):
    return check.make_source(top / "source", course.SOURCE)[0]


@pytest.fixture(scope="module")
def read(source):
    return history.read_commit(source.path, "HEAD")[0]


CHAPTERS = list(range(course.LAST_KERNEL + 1))


@WORK
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_tree(read, chapter, own):
    """Every include is there, and nothing of later chapters, no solution, no written answer."""
    files = trees.tree(read, chapter, own)
    assert not check.check_tree(read, chapter, files) + check.check_answers(read, chapter, files)
    included = [line.split()[1] for line in files["Makefile.am"][1].decode().splitlines()
                if line.startswith("include ")]
    assert not [path for path in included if path not in files] and "lesson.am" in included


@WORK
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_lessons_quote(read, chapter, own):
    """A lesson is read as it is: with the text of what is written, and a link to what is not."""
    files = trees.tree(read, chapter, own)
    lesson = files[f"chapters/{read.chapters[chapter]}/README.md"][1].decode()
    assert "{{" not in lesson
    for file, name in trees.QUOTE.findall(read.text(f"chapters/{read.chapters[chapter]}/README.md")):
        content = files[file][1].decode()
        text = next(content[part.start:part.end] for part in scan.parts(file, content) if part.name == name)
        unwritten = pieces.UNWRITTEN.search(text)
        assert f"*`{name}` in [{file}](" in lesson if unwritten else text in lesson, name


NAMED = re.compile(r"\bmake ([a-z][\w-]*)")
RULE = re.compile(r"^([\w%-][\w% -]*):(?!=)", re.M)
CODE = re.compile(r"`[^`\n]+`|^    [^\n]*$|^```.*?^```", re.M | re.S)
AUTOMAKES = {"clean", "distclean", "check", "dist", "distcheck"}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_commands_are_there(read, chapter):
    """Each `make GOAL` that a student's texts name is a rule of the student's tree."""
    files = {path: content.decode() for path, (_, content) in trees.tree(read, chapter).items()
             if path.endswith((".am", ".md")) or path == "GNUmakefile"}
    rules = {rule for path, text in files.items() if not path.endswith(".md")
             for line in RULE.findall(text) for rule in line.split()} | AUTOMAKES
    lost = [f"{path}: make {goal}" for path, text in files.items()
            if path == "README.md" or path.startswith(("exercises/", "chapters/")) and path.endswith(".md")
            for code in CODE.findall(text) for goal in NAMED.findall(code)
            if not any(re.fullmatch(rule.replace("%", ".+"), goal) for rule in rules)]
    assert not lost and {"run", "update", "submit"} <= rules
    helped = re.findall(r"^#: make (\w+)", files["lesson.am"], re.M)
    assert {"update", "submit"} <= set(helped) and "sed -n 's/^#: //p' $(srcdir)/Makefile.am $(wildcard $(srcdir)/lesson.am" \
        in files["Makefile.am"]


@pytest.mark.parametrize("chapter", CHAPTERS[:-1])
def test_additions(read, chapter):
    """Chapter N+1 is solved N and its own additions."""
    assert not check.check_additions(read, chapter, trees.tree(read, chapter, solved=True),
                                     trees.tree(read, chapter + 1))


def test_same_ids(source, top):
    made = [check.branches(source, top / name, solved=solved)[1]
            for name, solved in (("one", True), ("two", True), ("students", False))]
    assert made[0] == made[1]
    assert {ref: id_ for ref, id_ in made[0].items() if "tags" not in ref} == made[2]


def test_students_have_no_answers_that_are_not_due(source, top):
    """Not even as an object that no branch leads to: git clone takes these along."""
    read, _ = check.branches(source, top / "due", upto=3)
    repository = git.Repository(str(top / "due"))
    names = repository.line("cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)")
    blobs = "\n".join(repository.run("cat-file", "-p", line.split()[1]).decode(errors="replace")
                      for line in names.splitlines() if line.startswith("blob"))
    for function in read.exercises[3].functions:
        answer = check.function_text(read.files, function)
        assert answer and answer not in blobs, function.name


@pytest.fixture(scope="module", params=["given", "own"])
def updated(request, top, tmp_path_factory):
    """(source, {chapter: edited clone}, the branches before and after an update)"""
    place = tmp_path_factory.mktemp(request.param)
    source, first = check.make_source(place / "source", course.SOURCE)
    own = request.param == "own"
    read, before = check.branches(source, place / "students", own=own)
    clones = {}
    for chapter in CHAPTERS:
        clones[chapter] = check.Clone(place / "students", place / str(chapter), f"chapter-{chapter:02}")
        clones[chapter].edit_everything(read, chapter)
    check.commit_source(source, check.mended(source.files("main")), "mended", 1000000001, first)
    _, after = check.branches(source, place / "students", own=own)
    return git.Repository(str(place / "students")), clones, before, after, read


def test_branches_only_grow(updated):
    repository, _, before, after, _ = updated
    for ref, id_ in before.items():
        assert repository.line("rev-list", "--parents", f"{id_}..{after[ref]}") == f"{after[ref]} {id_}"
        assert repository.line("log", "-1", "--format=%s", after[ref]) == "update: mended"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_update_merges(updated, chapter):
    """make update, in a clone in which every function of the exercise has another body."""
    _, clones, _, _, read = updated
    function = next(function for function in read.exercises[chapter].functions[::2]
                    if function.file.endswith(".c"))  # edit_everything() writes every second one there
    path = trees.kernel_path(function)
    assert "a student was here" in clones[chapter].read(path)
    done = clones[chapter].tool("update")
    assert done.returncode == 0 and "update: done" in done.stdout, done.stdout
    merged = clones[chapter].read(path)
    assert "a student was here" in merged and (path.startswith("chapters/") or "mended */" in merged)


def test_own_work_goes_along(source, top):
    """WORK=own: nothing to resolve from chapter to chapter, and nothing that was written is lost."""
    read, _ = check.branches(source, top / "own", own=True)
    clone, complaints = check.own_work(top / "own", top / "owner", read, CHAPTERS[-1])
    assert not complaints
    for exercise in read.exercises.values():
        for count, function in enumerate(exercise.functions):
            path = skeletons.path(exercise.directory, function) if count % 2 else trees.kernel_path(function)
            own = check.function_in(clone.read(path), path, function)
            assert path.endswith(".S") or check.MINE in own, function.name
            assert not pieces.UNWRITTEN.search(own), function.name


def test_nothing_new_adds_nothing(source, top):
    before = check.branches(source, top / "still")[1]
    assert check.branches(source, top / "still")[1] == before


# ---- refusals

def test_foreign_commits(source, top):
    check.branches(source, top / "foreign", upto=1)
    clone = check.Clone(top / "foreign", top / "intruder", "chapter-01")
    clone.git("commit", "-q", "--allow-empty", "-m", "mine")
    clone.git("push", "-q", "origin", "chapter-01")
    with pytest.raises(git.Failed, match="student@strix.invalid, which was not made here"):
        check.branches(source, top / "foreign")


def test_other_work(source, top):
    check.branches(source, top / "work", upto=1)
    with pytest.raises(git.Failed, match="another WORK than own"):
        check.branches(source, top / "work", own=True)
    check.branches(source, top / "mine", upto=1, own=True)
    before = check.branches(source, top / "mine", upto=1, own=None)[1]
    assert check.branches(source, top / "mine", upto=1, own=True)[1] == before


# ---- the student's clone

@pytest.fixture
def clone(source, top, tmp_path):
    check.branches(source, top / "plain", upto=2)
    return check.Clone(top / "plain", tmp_path / "clone", "chapter-02")


def test_update_wants_a_commit(clone):
    clone.write("README.md", "mine\n")
    done = clone.tool("update")
    assert done.returncode == 1 and "commit your work first" in done.stdout and "README.md" in done.stdout


def test_update_names_conflicts(source, top, tmp_path):
    origin, first = check.make_source(tmp_path / "source", course.SOURCE)
    check.branches(origin, tmp_path / "students", upto=1)
    clone = check.Clone(tmp_path / "students", tmp_path / "clone", "chapter-01")
    files = origin.files("main")
    clone.write("kernel/main.c", clone.read("kernel/main.c") + "/* mine */\n")
    clone.git("commit", "-q", "-a", "-m", "mine")
    check.commit_source(origin, check.mended(files), "mended", 1000000001, first)
    check.branches(origin, tmp_path / "students", upto=1)
    done = clone.tool("update")
    assert done.returncode == 1 and "the same lines of\nkernel/main.c" in done.stdout
    assert "git merge --abort" in done.stdout


@pytest.mark.parametrize("tool", [["compile", "exercises/02-frames", "--", "cc", "kernel/memory/frame_buddy.c"],
                                  ["submit", "02"]])
def test_braces_without_partner_are_named(clone, tool):
    """One brace too many in kernel/ is a place, and no traceback."""
    path = "kernel/memory/frame_buddy.c"
    text = clone.read(path).rstrip("\n") + "\n}\n"
    clone.write(path, text)
    done = clone.tool(*tool)
    assert done.returncode == 1 and "Traceback" not in done.stdout
    assert f"{path}:{text.count(chr(10))}: a brace or parenthesis without its partner" in done.stdout


def test_first_goal_prints_itself_alone(tmp_path):
    """What bootstrap and configure say is not in `make predict > predict.txt`, typed first of all."""
    shutil.copy(f"{course.SOURCE}/GNUmakefile", tmp_path)
    for name, does in (("bootstrap", "echo bootstraps"),
                       ("configure", "echo configures; printf 'sheet:\\n\\t@echo 1. =\\n' > Makefile")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(["make", "-s", "sheet"], cwd=tmp_path, check=True, text=True, stdout=subprocess.PIPE,
                          env={name: value for name, value in os.environ.items() if name not in check.NOT_OURS})
    assert done.stdout == "1. =\n"


def test_submit_names_what_is_missing(clone):
    clone.write("HOURS", "many\n")
    done = clone.tool("submit", "02")
    assert done.returncode == 1
    assert all(word in done.stdout for word in ("AUTHORS: write", "HOURS: write", "nothing is written yet"))


def _write(clone, path, name, body):
    clone.write(path, clone.read(path).replace(f'exercise("{name}");', body))


def test_submit(clone):
    """Bodies of both places, the skeletons of the rest; the same bytes each time; the grader takes it."""
    _write(clone, "exercises/02-frames/map_add.c", "map_add", "(void)map;")
    _write(clone, "kernel/memory/memory_map.c", "map_cut", "(void)start;")
    clone.write("AUTHORS", "A Student\n")
    clone.write("HOURS", "4.5\n")
    name = f"{clone.directory}/submission-chapter02.tar.gz"
    texts = []
    for _ in range(2):
        done = clone.tool("submit", "02")
        assert done.returncode == 0, done.stdout
        with open(name, "rb") as file:
            texts.append(file.read())
    assert texts[0] == texts[1] and texts[0][4:8] == bytes(4)  # no time of packing
    found = submission.files(name)
    assert set(found) == {"AUTHORS", "HOURS", "map_add.c", "map_cut.c", "run_alloc.c",
                          "frame_put_slow.c", "buddy_take.c", "buddy_give.c"}
    assert b"(void)map;" in found["map_add.c"] and b"(void)start;" in found["map_cut.c"]
    assert b'exercise("buddy_take")' in found["buddy_take.c"]


def test_submit_of_a_directory(clone):
    """A copy of the exercise, as its text has it, is handed in as well; answers to another chapter are not."""
    clone.write("AUTHORS", "A Student\n")
    clone.write("HOURS", "4.5\n")
    clone.write("hunt.txt", "# Chapter 2, frames: the hunt of ada.\nfunction = map_add\n")
    clone.write("predict.txt", "# Chapter 1, boot: predictions of ada.\ngate = 1\n")
    os.mkdir(f"{clone.directory}/mine")
    clone.write("mine/map_add.c", clone.read("exercises/02-frames/map_add.c").replace('exercise("map_add");', "(void)map;"))
    assert "make submit SUBMISSION=DIR" in clone.tool("submit", "02").stdout
    done = clone.tool("submit", "02", "mine")
    assert done.returncode == 0 and "not taken: predict.txt is chapter 1's" in done.stdout, done.stdout
    found = submission.files(f"{clone.directory}/submission-chapter02.tar.gz")
    assert b"(void)map;" in found["map_add.c"] and "hunt.txt" in found and "predict.txt" not in found
    assert "nothing is there" in clone.tool("submit", "02", "none").stdout


def test_written_twice(clone):
    _write(clone, "exercises/02-frames/map_add.c", "map_add", "(void)map;")
    _write(clone, "kernel/memory/memory_map.c", "map_add", "(void)end;")
    done = clone.tool("submit", "02")
    assert done.returncode == 1 and "map_add is written twice" in done.stdout
    assert "exercises/02-frames/map_add.c:" in done.stdout and "kernel/memory/memory_map.c:" in done.stdout


def test_helpers_outside_of_the_region(clone):
    _write(clone, "kernel/memory/memory_map.c", "map_add", "(void)map; mine();")
    clone.write("kernel/memory/memory_map.c", clone.read("kernel/memory/memory_map.c")
                + "".join(f"\n{kind} {name}(void)\n{{\n\treturn {value};\n}}\n" for kind, name, value in (
                    ("static int", "below", "1"), ("static int", "mine", "below()"), ("long", "sys_extension", "1"))))
    clone.write("kernel/lib/string.c", clone.read("kernel/lib/string.c") + "/* mine */\n")
    clone.write("AUTHORS", "A Student\n")
    clone.write("HOURS", "1\n")
    done = clone.tool("submit", "02")
    assert done.returncode == 1 and "mine is new: put it between" in done.stdout
    assert "below is new: put it between" in done.stdout
    assert "sys_extension is new, and no function of the exercise uses it" in done.stdout
    assert "sys_extension is new: put" not in done.stdout
    assert "kernel/lib/string.c is changed" in done.stdout


# ---- tarballs of strangers

def _tarball(path, *entries):
    with tarfile.open(path, "w:gz") as tar:
        for name, kind, content in entries:
            entry = tarfile.TarInfo(name)
            entry.type, entry.size, entry.linkname = kind, len(content), "/etc/passwd"
            tar.addfile(entry, io.BytesIO(content))
    return str(path)


@pytest.mark.parametrize("name,kind,content,said", [
    ("../map_add.c", tarfile.REGTYPE, b"", "no name"),
    ("/map_add.c", tarfile.REGTYPE, b"", "no name"),
    ("a/../b.c", tarfile.REGTYPE, b"", "no name"),
    ("a.c", tarfile.SYMTYPE, b"", "not a plain file"),
    ("a.c", tarfile.LNKTYPE, b"", "not a plain file"),
    ("a.c", tarfile.CHRTYPE, b"", "not a plain file"),
    ("a.c", tarfile.REGTYPE, bytes(300000), "is the most"),
    ("run.sh", tarfile.REGTYPE, b"", "no name"),
])
def test_tarball_refused(tmp_path, name, kind, content, said):
    with pytest.raises(submission.Refused, match=said):
        submission.directory(_tarball(tmp_path / "x.tar.gz", (name, kind, content)))


def test_tarball_in_a_directory(tmp_path):
    """What a learning platform writes; a link to another's is none, and of two nobody knows which."""
    (tmp_path / "ada").mkdir()
    path = _tarball(tmp_path / "ada" / "any name.tgz", ("map_add.c", tarfile.REGTYPE, b"text"))
    with open(f"{submission.directory(str(tmp_path / 'ada'))}/map_add.c", "rb") as file:
        assert file.read() == b"text"
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob" / "x.tgz").symlink_to(path)
    assert submission.directory(str(tmp_path / "bob")) == str(tmp_path / "bob")
    shutil.copy(path, tmp_path / "ada" / "again.tgz")
    with pytest.raises(submission.Refused, match="2 tarballs"):
        submission.directory(str(tmp_path / "ada"))
    (tmp_path / "ada" / "map_cut.c").write_text("")
    assert submission.directory(str(tmp_path / "ada")) == str(tmp_path / "ada")


def test_tarball_bomb(tmp_path):
    path = _tarball(tmp_path / "x.tar.gz", *((f"f{n}.c", tarfile.REGTYPE, bytes(250000)) for n in range(60)))
    with pytest.raises(submission.Refused, match="when unpacked"):
        submission.directory(path)
    (tmp_path / "y.tar.gz").write_bytes(b"no gzip")
    with pytest.raises(submission.Refused, match="not a tarball"):
        submission.directory(str(tmp_path / "y.tar.gz"))


def test_command(source, top):
    """A forgotten UPTO publishes nothing, and a students' repository gets no solved tags."""
    command = [sys.executable, f"{course.SOURCE}/grading/lesson-branches", str(top / "command"),
               "--source", source.path]
    subprocess.run([*command, "--upto", "2"], check=True)
    done = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE)
    assert done.stdout.count("as it was") == 3 and "chapter-03" not in done.stdout
    done = subprocess.run([*command, "--solved", "1"], check=False, text=True, stderr=subprocess.PIPE)
    assert done.returncode == 1 and "needs another directory" in done.stderr
    done = subprocess.run([*command, "--upto", "44"], check=False, text=True, stderr=subprocess.PIPE)
    assert done.returncode == 1 and "there are chapters 0 to" in done.stderr
    command[2] = str(top / "empty")
    subprocess.run(["git", "init", "-q", "--bare", command[2]], check=True)
    done = subprocess.run([*command, "--upto", "0", "--solved", "1"], check=True, text=True, stdout=subprocess.PIPE)
    assert "chapter-00" in done.stdout and "chapter-01" not in done.stdout
