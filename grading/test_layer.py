# SPDX-License-Identifier: MIT
"""A private layer: graded, counted apart, and nothing of it in what a student sees."""
import csv
import json
import os
import subprocess
import sys

import jsonschema
import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import course  # noqa: E402
import exercises  # noqa: E402
import layer  # noqa: E402

TESTS = "chapters/06-syscalls/tests"
SECRETS = ["secret_probe", "secret_sum", "owls hoot", "hidden_question", "hidden_answer", "4711"]
FILES = {
    "seed": "77\n",
    f"{TESTS}/points": "# hidden\n"
                       "15 secret_probe program category=edges owls hoot at odd addresses\n"
                       "10 secret_sum kernel owls hoot twice\n",
    f"{TESTS}/secret_probe.c": '#include "test.h"\n\nTEST\n{\n\tobserve("hidden_question", '
                               'sys(SYS_munmap, 4711, 4096));\n\treturn 0;\n}\n',
    f"{TESTS}/secret_probe.key": "hidden_question=-EINVAL\n(exit status 0)\n",
    f"{TESTS}/secret_sum.py": "def expected(seed):\n\treturn [f'hidden_answer={seed}']\n",
    "chapters/06-syscalls/ktest/secret.c":
        '#include "ktest.h"\n\nstatic void secret_sum(void)\n{\n\tobserve("hidden_answer=%u", 4711);\n}\n'
        'KTEST(secret_sum);\n',
    "solutions/06-syscalls/wrong/secret_break.c":
        "/*\n * symptom: owls\n * fails: secret_sum\n */\n/* in memory/brk.c */\n"
        "static int brk_move(struct address_space *space, user_address to)\n{\n\treturn 0;\n}\n",
}
HUNTED = {
    "secret": "the badger sleeps at noon\n",
    "solutions/06-syscalls/hunts": "# mine\nsecret_heap\n",
    "solutions/06-syscalls/wrong/secret_heap.c":
        "/*\n * symptom: the heap ends a page too early\n * fails: break\n */\n/* in memory/brk.c */\n"
        "static int brk_move(struct address_space *space, user_address to)\n{\n"
        "\tuser_address before = round_up(space->brk_end, PAGE_SIZE), after = round_down(to, PAGE_SIZE);\n"
        "\tint error = 0;\n\n"
        "\tif (to < space->brk_start || to > USER_END || exceeds_limit(space, to))\n\t\treturn -ENOMEM;\n"
        "\tif (after > before)\n\t\terror = heap_grow(space, before, after);\n"
        "\telse if (after < before)\n\t\terror = area_unmap_locked(space, after, before);\n"
        "\tif (!error)\n\t\tspace->brk_end = to;\n\treturn error;\n}\n",
}
STUDENTS = [f"student{number}" for number in range(40)]
DRAWS = f"import sys; sys.path.insert(0, {HERE!r}); import course, hunts\n" \
        f"print(*(hunts.draw(course.chapters()[6], student).name for student in {STUDENTS}))"


@pytest.fixture
def made(tmp_path):
    """The directory of a layer with FILES."""
    for path, text in FILES.items():
        (tmp_path / "layer" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "layer" / path).write_text(text)
    return tmp_path / "layer"


@pytest.fixture
def hunted(made):
    """The same with a secret, and a wrong answer that is hunted."""
    for path, text in HUNTED.items():
        change(made, path, text)
    return made


def run(made, *command, **environment):
    done = subprocess.run([sys.executable, *map(str, command)], stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.STDOUT, check=False,
                          env={**os.environ, "STRIX_COURSE": str(made), "STRIX_SELFTEST": "", **environment})
    return done.stdout


def build_programs(made):
    subprocess.run(["make", "-s", "-C", course.BUILD, "course-programs", f"COURSE={made}"], check=True,
                   env={name: value for name, value in os.environ.items() if name != "MAKEFLAGS"})


def assert_nothing_of_it(text):
    assert not [secret for secret in SECRETS if secret in text], text


def test_hidden_tests_are_graded_and_not_shown(made, tmp_path):
    build_programs(made)
    shown = run(made, f"{HERE}/grade", 6, "--json", tmp_path / "j", "--junit", tmp_path / "x",
                "--gradescope", tmp_path / "g", "--autolab")
    assert_nothing_of_it(shown)
    assert "hidden: edges  15 / 15  1 of 1 pass" in shown
    assert "hidden: other  0 / 10  0 of 1 pass: WRONG 1" in shown
    assert "100 of 100 points, and 15 of 25 hidden ones" in shown
    assert '{"scores": {"chapter6": 100, "chapter6-hidden": 15}}' in shown
    found = json.loads((tmp_path / "j").read_text())
    with open(f"{course.SOURCE}/docs/results.schema.json") as file:
        jsonschema.validate(found, json.load(file))
    assert found["hidden"] == {"points": 25, "earned": 15} and found["earned"] == 100
    assert found["stamp"]["seed"] == 77
    hidden = [test for test in found["tests"] if test["visibility"] == "hidden"]
    assert [(test["name"], test["category"], test["verdict"]) for test in hidden] == \
        [("secret_probe", "edges", "PASS"), ("secret_sum", "other", "WRONG")]
    assert hidden[1]["expected"] == ["hidden_answer=77"] and hidden[1]["happened"] == ["hidden_answer=4711"]
    scope = json.loads((tmp_path / "g").read_text())
    assert scope["score"] == 115
    assert {test["name"] for test in scope["tests"] if test["visibility"] == "hidden"} == \
        {"secret_probe", "secret_sum"}
    for test in scope["tests"]:
        if test["visibility"] == "visible":
            assert_nothing_of_it(json.dumps(test))
        else:
            assert "score" not in test  # it counts in its category
    shown = {test["name"]: test.get("score") for test in scope["tests"] if test["visibility"] == "visible"}
    assert (shown["hidden: edges"], shown["hidden: other"]) == (15, 0) and sum(shown.values()) == scope["score"]
    assert_nothing_of_it((tmp_path / "x").read_text())
    assert 'name="hidden: other"' in (tmp_path / "x").read_text()


def test_whoever_names_a_hidden_test_sees_it(made, tmp_path):
    shown = run(made, f"{HERE}/grade", 6, "--test", "secret_sum", "--json", tmp_path / "j",
                "--junit", tmp_path / "x")
    assert "expected  hidden_answer=77" in shown


def test_a_class_and_a_kernel_to_give_away(made, tmp_path):
    """A submission with a mistake; hidden points have a column, and a hunt's kernel has no hidden test."""
    build_programs(made)
    (tmp_path / "class" / "ada").mkdir(parents=True)
    for piece in exercises.kernels_own(exercises.exercise(course.chapters()[6])).values():
        (tmp_path / "class" / "ada" / f"{piece.name}{os.path.splitext(piece.file)[1]}").write_text(
            f"/* in {piece.file} */\n{piece.text}\n")
    (tmp_path / "class" / "ada" / "brk_move.c").write_text(
        "/* in memory/brk.c */\nstatic int brk_move(struct address_space *space, user_address to)\n"
        "{\n\treturn 0;\n}\n")
    (tmp_path / "class" / "bob").mkdir()
    (tmp_path / "class" / "bob" / "brk_move.c").write_text("/* in memory/brk.c */\nstatic int brk_move(\n")
    assert_nothing_of_it(run(made, f"{HERE}/grade-class", 6, tmp_path / "class", "--output", tmp_path / "out"))
    with open(tmp_path / "out" / "class.csv", newline="") as file:
        ada, bob = csv.DictReader(file)
    assert (ada["hidden"], ada["failed"]) == ("15", "break")
    assert (bob["hidden"], bob["verdicts"].split(":")[0]) == ("0", "BUILD")
    for name in ("ada", "bob"):
        for form in ("txt", "xml"):
            assert_nothing_of_it((tmp_path / "out" / f"{name}.{form}").read_text())
    wrong = made / "solutions/06-syscalls/wrong/secret_break.c"
    kernel = run(made, f"{HERE}/transplant", "--chapter", 6, wrong).strip()
    with open(kernel, "rb") as file:
        assert b"hidden_answer" not in file.read()


def test_private_wrong_answers_are_held_to_their_heads(made):
    said = run(made, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", f"{course.SOURCE}/pytest.ini",
               f"--rootdir={course.SOURCE}", f"{HERE}/test_selftest.py", "-k", "secret_break")
    assert "1 passed" in said, said


def draws(made, **environment):
    return run(made, "-c", DRAWS, **environment).split()


def test_the_secret_says_who_hunts_what(hunted):
    """The same word, the same hunts; another or none, others.  HUNT_KEY comes first."""
    mine = draws(hunted)
    assert len(mine) == len(STUDENTS) and draws(hunted) == mine
    keyed = draws(hunted, HUNT_KEY="the badger sleeps at noon")
    assert keyed == mine != draws(hunted, HUNT_KEY="public")
    change(hunted, "secret", "the badger wakes\n")
    assert mine != draws(hunted) != draws(hunted, HUNT_KEY="public")
    assert draws(hunted, HUNT_KEY="the badger sleeps at noon") == mine
    (hunted / "secret").unlink()
    assert draws(hunted) == draws(hunted, HUNT_KEY="public")


def test_hunts_draw_from_the_layer_as_well(hunted):
    """And only from what it lists; without the layer nobody gets these."""
    found = set(draws(hunted))
    assert "secret_heap" in found and "secret_break" not in found and len(found) > 4
    assert "secret_heap" not in draws("")


def test_a_hunt_of_the_layer(hunted, tmp_path):
    """The kernel and the sheet say nothing of the layer, and the kernel fails a test that everybody has."""
    student = STUDENTS[draws(hunted).index("secret_heap")]
    shown = run(hunted, f"{HERE}/hunt", 6, student, "--output", tmp_path / "hunt")
    sheet, kernel = (tmp_path / "hunt" / "README.txt").read_text(), tmp_path / "hunt" / "chapter06.elf"
    assert "the heap ends a page too early" in sheet
    for secret in ("secret_heap", "badger", str(hunted), "hidden_answer"):
        assert secret.encode() not in kernel.read_bytes() and secret not in sheet + shown
    with open(f"{course.SOURCE}/kernel/memory/brk.c") as file:
        line = next(number for number, text in enumerate(file, 1) if "after = round_up(to" in text)
    (tmp_path / "hunt.txt").write_text(f"function = brk_move\nline = {line}\nwhy = the last page is cut off\n")
    judge = (f"{HERE}/hunt", 6, student, "--answers", tmp_path / "hunt.txt")
    assert run(hunted, *judge).endswith("20 of 20 points\n")
    assert "0 of 20 points" in run(hunted, *judge, HUNT_KEY="another")
    failed = run("", f"{HERE}/grade", 6, "--kernel", kernel, "--test", "break", "--brief",
                 "--json", tmp_path / "j", "--junit", tmp_path / "x")
    assert "WRONG" in failed or "USER-FAULT" in failed, failed


@pytest.mark.parametrize("listed,said", [("secret_fox", "there is no wrong answer secret_fox"),
                                         ("secret_break", "secret_break fails hidden tests only")])
def test_odd_hunts(hunted, listed, said):
    change(hunted, "solutions/06-syscalls/hunts", listed)
    assert said in run(hunted, f"{HERE}/hunt", 6, "ada", "--output", hunted.parent / "hunt")


def change(made, path, text):
    (made / path).parent.mkdir(parents=True, exist_ok=True)
    (made / path).write_text(text)


@pytest.mark.parametrize("path,text,said", [
    ("chapters/06-calls/tests/points", "", "chapters/06-calls: no chapter of the tree"),
    ("chapters/06-syscalls/test/a.c", "", "only tests, ktest belong there"),
    ("chapters/07-fork/tests/a.c", "", "chapters/07-fork/tests has no points file"),
    ("solutions/06-syscalls/right/a.c", "", "only wrong, hunts belong there"),
    ("keys", "", f"keys: a layer has {', '.join(layer.KNOWN)} only"),
    ("seed", "many", "seed: not a number: many"),
    ("secret", " \n", "secret: it is empty"),
    (f"{TESTS}/points", "25 secret_probe nothing of this kind", "not a test: 25"),
    (f"{TESTS}/points", "5 secret_probe program x", "sums to 5; hidden tests have 25 points"),
    (f"{TESTS}/points", "25 break program x", "there is a test break already"),
    (f"{TESTS}/points", "25 nothing program x", "nothing.c is missing"),
    (f"{TESTS}/points", "25 other kernel x", "nobody wrote down what is right"),
    ("chapters/06-syscalls/ktest/odd.c", "int x = ;", "odd.c:1:"),
])
def test_odd_layers(made, path, text, said):
    change(made, path, text)
    assert said in run(made, f"{HERE}/grade", 6, "--test", "other" if "wrote" in said else "break",
                       "--json", made.parent / "j", "--junit", made.parent / "x")


def test_no_layer(tmp_path):
    def odd(directory):
        with pytest.raises(layer.Odd) as error:
            layer.Layer(str(directory), course.SOURCE, course.BUILD)
        return str(error.value)
    assert "there is no such directory" in odd(tmp_path / "none")
    assert "has none of chapters, solutions, seed" in odd(tmp_path)
    assert "lies in the source tree" in odd(f"{course.SOURCE}/grading")
