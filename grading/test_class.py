# SPDX-License-Identifier: MIT
"""A class as a new instructor would grade it: skeletons, the kernel's own functions, wrong answers, and some that
do not build, panic or hang; each with the score expected.

`make check` grades a small class of chapter 2; with STRIX_SELFTEST=full (`make check-full`) there are
thirty submissions, of chapters 2, 6 and 7, and the same wrong answer is graded fifty times on a busy machine.
"""
import concurrent.futures
import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile

import jsonschema
import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import course  # noqa: E402
import exercises  # noqa: E402
import judge  # noqa: E402
import ladder  # noqa: E402
from overlay import build, pieces  # noqa: E402

HERE = f"{course.SOURCE}/grading"
FULL = os.environ.get("STRIX_SELFTEST") == "full"
ALONE = 60  # per cent, for a test whose own function is right
# Wrong answers of functions of the exercise, whose heads name all tests that fail.
WRONG = {2: ["never_merges"] + FULL * ["add_swallows_one", "cut_loses_tail", "merge_any_order", "put_unchecked",
                                       "rest_is_lost", "zeroes_the_first"],
         6: ["break_moves_anyway", "end_off_by_one", "ends_at_the_quad", "hint_is_an_order", "nested_task_kept",
             "steps_into_kernel", "sum_wraps"],
         7: ["front_not_told", "hang_ignored", "wake_not_noted", "parent_may_write", "zeros_not_cleared"]}


# ---- submissions

class Maker:
    """Writes submissions of one chapter into a directory."""

    def __init__(self, chapter, directory):
        self.chapter, self.directory = chapter, directory
        self.exercise = exercises.exercise(chapter)
        self.own = exercises.kernels_own(self.exercise)

    def kernel(self, name, put_in=None, hours=None):
        """The kernel's own functions; `put_in`: {function: text} in place of its own."""
        mine = self.directory / name
        mine.mkdir(parents=True)
        for (file, function), piece in self.own.items():
            text = (put_in or {}).get(function, piece.text)
            (mine / f"{function}{os.path.splitext(file)[1]}").write_text(f"/* in {file} */\n{text}\n")
        if hours:
            (mine / "HOURS").write_text(hours)
        return mine

    def begins(self, name, function, statement):
        """The kernel's own, one of which begins with another statement."""
        text = next(piece.text for (_, owner), piece in self.own.items() if owner == function)
        return self.kernel(name, {function: text.replace("{", "{\n\t" + statement, 1)})

    def skeletons(self, name):
        mine = self.directory / name
        mine.mkdir(parents=True)
        for function in self.exercise.functions:
            shutil.copy(exercises.skeleton(self.exercise, function), mine)

    def wrong(self, answer):
        """The kernel's own and a mistake; the points that it should get."""
        mine = self.kernel(answer.name)
        changed = {name for _, name in pieces.read(answer.path)[0]} - {pieces.HELPERS}
        for name in changed:
            next(mine.glob(f"{name}.[cS]")).unlink()
        shutil.copy(answer.path, mine)
        return self.expected(answer.fails, changed)

    def expected(self, fails, changed):
        owners = {test: function.name for function in self.exercise.functions for test in function.tests}
        points = 100
        for test in self.chapter.tests:
            if test.name in fails:
                own_is_right = owners.get(test.name, None) not in changed | {None}
                points -= test.points - (test.points * ALONE // 100 if own_is_right else 0)
        return points


def tarball(directory):
    with tarfile.open(f"{directory}.tar.gz", "w:gz") as tar:
        tar.add(directory, directory.name)
    shutil.rmtree(directory)


# ---- grading

class Graded:
    def __init__(self, chapter, students, out, *words, **environment):
        done = subprocess.run([sys.executable, f"{HERE}/grade-class", str(chapter), str(students), "--output",
                               str(out), *words], text=True, check=False, env={**os.environ, **environment},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.status, self.said, self.rows = done.returncode, done.stdout, {}
        assert "Traceback" not in self.said, self.said
        if (out / "class.csv").exists():
            with open(out / "class.csv", newline="") as file:
                self.rows = {row["name"]: row for row in csv.DictReader(file)}

    def points(self, name):
        return int(self.rows[name]["points"])

    def verdicts(self, name):
        return {word.split(":")[0]: int(word.split(":")[1]) for word in self.rows[name]["verdicts"].split()}


def assert_results_are_whole(out, names):
    with open(f"{course.SOURCE}/docs/results.schema.json") as file:
        schema = json.load(file)
    for name in names:
        with open(out / f"{name}.json") as file:
            jsonschema.validate(json.load(file), schema)
        assert (out / f"{name}.xml").exists() and not (out / f"{name}.err").exists()


def assert_wrong_ones(maker, graded, expected):
    """Each wrong answer has the points that follow from its head, and fails first what it says first."""
    got = {name: (graded.points(name), graded.rows[name]["failed"]) for name in expected}
    assert got == expected, graded.said


def made_wrong(maker):
    wanted = WRONG[maker.chapter.number]
    answers = [answer for answer in exercises.wrong_answers(maker.chapter) if answer.name in wanted]
    assert len(answers) == len(wanted)
    return {answer.name: (maker.wrong(answer), answer.fails[0]) for answer in answers}


def test_class(tmp_path):
    """Fourteen of the thirty, in `make check` eight: one hangs, one panics, two do not build, and it costs the others nothing."""
    students, out = tmp_path / "students", tmp_path / "out"
    maker = Maker(course.chapters()[2], students)
    tests = len(maker.chapter.tests)
    ada = maker.kernel("ada", hours="4,5 hours\n")
    for step in ladder.STEPS:
        (ada / f"{step}.txt").write_text("nonsense\n")
    maker.skeletons("bob")
    maker.kernel("cy d", {"map_add": "static void map_add("})
    (students / "dan").mkdir()
    maker.begins("eve", "frame_put_slow", 'if (frame->order == 4)\n\t\tpanic("no");')
    maker.begins("fay", "frame_put_slow", 'while (frame->order == 4)\n\t\t__asm__ volatile("cli; hlt");')
    expected = made_wrong(maker)
    tarball(maker.kernel("gil", hours="7"))
    tarball(maker.kernel("hal_1234_file/submission-chapter02", hours="8"))  # as a learning platform writes it
    for nobody in (".git", "__MACOSX"):
        (students / nobody).mkdir()
    (students / "ian.zip").write_text("")
    graded = Graded(2, students, out)
    assert graded.status == 0, graded.said
    assert f"{students}/ian.zip: not graded: neither a directory nor a .tar.gz" in graded.said
    assert not {".git", "__MACOSX", "ian.zip"} & set(graded.rows)
    for each in out.iterdir():
        assert str(students) not in each.read_text() and "/submissions/" not in each.read_text(), each
    for name, hours in (("ada", "4.5"), ("gil.tar.gz", "7"), ("hal_1234_file", "8")):
        assert (graded.points(name), graded.rows[name]["hours"], graded.rows[name]["failed"]) == (100, hours, "")
    assert [graded.rows["ada"][step] for step in ladder.STEPS] == ["0", "0"]
    assert (graded.points("bob"), graded.verdicts("bob")) == (maker.exercise.baseline, {"NOT-WRITTEN": tests})
    for name in ("cy d", "dan"):
        assert (graded.points(name), graded.verdicts(name)) == (0, {"BUILD": tests})
    for name, verdict in (("eve", "PANIC"), ("fay", "HANG")):  # the same tests fail
        assert 50 < graded.points(name) == graded.points("eve") < 100
        assert graded.verdicts(name)[verdict] == graded.verdicts("eve")["PANIC"]
    assert_wrong_ones(maker, graded, expected)
    assert_results_are_whole(out, graded.rows)

    before = graded.points("never_merges")
    shutil.rmtree(students)
    maker.kernel("never_merges")
    (maker.kernel("hal_1234_file") / "hunt.txt").write_text("line = 1\n")
    (students / "jo").mkdir()
    again = Graded(2, students, tmp_path / "new", "--compare", str(out / "class.csv"))
    assert f"never_merges: {before} before, 100 now\nada: 100 before, not there now\n" in again.said
    assert "hal_1234_file: hunt none before, 0 now\n" in again.said and "jo: not there before\n" in again.said
    assert "\n2 changed\n" in again.said


if FULL:
    @pytest.mark.parametrize("number", [number for number in WRONG if number != 2])
    def test_more_classes(tmp_path, number):
        """The rest of the thirty."""
        maker = Maker(course.chapters()[number], tmp_path / "students")
        maker.kernel("kernel")
        maker.skeletons("skeletons")
        expected = made_wrong(maker)
        graded = Graded(number, tmp_path / "students", tmp_path / "out")
        assert graded.status == 0, graded.said
        assert graded.points("kernel") == 100 and graded.points("skeletons") == maker.exercise.baseline
        assert_wrong_ones(maker, graded, expected)
        assert_results_are_whole(tmp_path / "out", graded.rows)


# ---- what goes wrong with the grader

def executable(path, text):
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)
    return str(path)


def test_a_grader_that_is_killed_gives_no_score(tmp_path):
    """As when memory is short: what it has written so far, here of one test, must not pass for a result."""
    Maker(course.chapters()[2], tmp_path / "students").kernel("ada")
    qemu, tries = os.environ.get("QEMU") or shutil.which("qemu-system-x86_64"), tmp_path / "tries"
    fake = executable(tmp_path / "qemu", f"case $1 in --version) exit;; esac\necho >> {tries}\n"
                      f'[ $(($(wc -l < {tries}) % 2)) = 0 ] || exec {qemu} "$@"\nkill -9 $PPID\n')
    found = Graded(2, tmp_path / "students", tmp_path / "out", QEMU=fake)
    assert (tmp_path / "out" / "ada.json").exists()
    assert found.status == 2 and "no score, look at them: ada" in found.said
    assert (found.rows["ada"]["points"], found.rows["ada"]["verdicts"]) == ("", "INFRA")
    assert len(tries.read_text().splitlines()) == 2 * judge.INFRA_TRIES


def test_other_hosts(tmp_path):
    """A host that is gone costs nothing while there is another, and no score comes of none; names are quoted twice.
    The user's shell, as sshd passes it on, is none that runs commands.
    """
    for name in ("ada", "it's $HOME"):
        (tmp_path / "students" / name).mkdir(parents=True)
    ssh = executable(tmp_path / "ssh", f'case " $* " in *" gone "*) exit 255;; esac\necho "$1" >> {tmp_path}/hosts\n'
                                       'while [ "$1" != there ]; do shift; done\nshift\n[ "$1" != -- ] || shift\n'
                                       'exec sh -c "$*"\n')
    environment = {"PARALLEL_SSH": ssh, "SHELL": "/usr/sbin/nologin"}
    found = Graded(2, tmp_path / "students", tmp_path / "out", "--sshlogin", "gone,there", **environment)
    assert found.status == 0 and set(found.rows) == {"ada", "it's $HOME"}, found.said
    assert all("BUILD" in row["verdicts"] for row in found.rows.values()) and (tmp_path / "hosts").exists()
    found = Graded(2, tmp_path / "students", tmp_path / "out", "--sshlogin", "gone", **environment)
    assert found.status == 2 and {row["verdicts"] for row in found.rows.values()} == {"INFRA"}
    assert not (tmp_path / "out" / "ada.json").exists()  # the one of before


def test_what_is_said_before_hours_are_spent(tmp_path):
    (tmp_path / "students" / "ada").mkdir(parents=True)
    (tmp_path / "odd.csv").write_text("who,what\nada,3\n")

    def said(chapter, directory, *words, **environment):
        found = Graded(chapter, directory, tmp_path / "out", *words, **environment)
        assert found.status and not found.rows
        return found.said
    assert "chapter 44 has no tests: chapters 0 to" in said(44, tmp_path / "students")
    assert "none: no such directory" in said(2, tmp_path / "none")
    assert "holds no directories" in said(2, tmp_path / "students" / "ada")
    assert "no.csv: No such file or directory" in said(2, tmp_path / "students", "--compare", "no.csv")
    assert "no class.csv, it has no column 'name'" in said(2, tmp_path / "students", "--compare", str(tmp_path / "odd.csv"))
    for program, words in (("challenge", ["mixed", "--class"]), ("export-regions", []), ("import-wrong", [])):
        done = subprocess.run([sys.executable, f"{HERE}/{program}", "2", *words, "/no/where", "--output", str(tmp_path / "o")],
                              text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert done.returncode and done.stdout == "/no/where: no such directory\n"
    assert "GNU parallel is missing (Debian: parallel)" in said(2, tmp_path / "students", PATH="/nowhere")


# ---- the same bytes

RUNS, AT_ONCE = (50, 2) if FULL else (3, 3)
SAME = 7, "front_not_told", [] if FULL else ["--test", "preemption"]


def test_the_same_bytes_on_a_busy_machine(tmp_path):
    """A wrong answer whose failure is one of time, graded again and again beside others, gives one JSON."""
    number, name, words = SAME
    overlay = next(answer.path for answer in exercises.wrong_answers(course.chapters()[number]) if answer.name == name)

    def digests(run):
        paths = [f"{tmp_path}/{run}.{form}" for form in ("json", "xml")]
        subprocess.run([sys.executable, f"{HERE}/grade", str(number), "--overlay", overlay, *words, "--json", paths[0],
                        "--junit", paths[1]], stdout=subprocess.DEVNULL, check=False)
        return tuple(hashlib.sha256(open(path, "rb").read()).hexdigest() for path in paths)
    busy = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: pass"
    load = [subprocess.Popen([sys.executable, "-c", busy]) for _ in range(os.cpu_count() if FULL else 0)]
    try:
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            found = set(pool.map(digests, range(RUNS)))
    finally:
        for process in load:
            process.kill()
            process.wait()
    assert len(found) == 1


def test_a_busy_hang_ends_at_the_same_instruction():
    """A loop of many functions, here of a program that asks again and again: the place is where the time was over."""
    chapter = course.chapters()[7]
    wrong = next(answer for answer in exercises.wrong_answers(chapter) if answer.name == "slice_never_ends")
    kernel, _ = build.kernel(7, pieces.read(wrong.path)[0])
    hangs = next(test for test in chapter.tests if test.name == wrong.fails[0])

    def place(_):
        target = judge.boot(hangs, kernel, course.kernel(7)[1], judge.SEED)
        target.guest_limit = judge.SHORT_LIMIT
        run = target.run()
        return run.verdict, run.detail, tuple(run.backtrace)
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        (found,) = set(pool.map(place, range(3)))
    assert found[0] == "HANG" and found[1].startswith("busy at ")
