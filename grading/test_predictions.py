# SPDX-License-Identifier: MIT
"""Predictions: every answer is what the kernel (through GDB) or Linux says; sheets and judgements.

Those of chapter 1's keys, chapter 2's maps and chapter 5's deaths come from the very models and keys by which the
chapters' tests judge the kernel (RECORDED).
"""
import errno
import os
import re
import subprocess
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import course  # noqa: E402
import predictions  # noqa: E402

STUDENTS = ["ada", "bob", "Grace Hopper"]
CHAPTERS = {number: chapter for number, chapter in course.chapters().items() if number <= course.LAST_KERNEL}
RECORDED = {(1, "typed"): "keyboard_keys", (2, "whole"): "map_random", (2, "left"): "map_random",
            (5, "signal_1"): "divide", (5, "signal_2"): "divide", (5, "si_code"): "divide"}


def asked(number):
    return [(student, question) for student in STUDENTS
            for question in predictions.questions(CHAPTERS[number], student)]


def in_child(work):
    """What `work` returns in a process of its own, as an int."""
    come, go = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.dup2(go, 100)
            os.closerange(3, 100)
            os.write(100, str(work()).encode())
        finally:
            os._exit(0)
    os.close(go)
    with os.fdopen(come) as pipe:
        found = pipe.read()
    os.waitpid(child, 0)
    return int(found)


# ---- Linux's answers

def status_of(work):
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1]


def linux_number(count, gone):
    def work():
        for _ in range(count):
            os.open("/dev/null", os.O_RDONLY)
        os.close(3 + gone)
        return os.open("/dev/null", os.O_RDONLY)
    return in_child(work)


def linux_position(first, step):
    def work():
        file = os.open("/dev/zero", os.O_RDONLY)
        path = os.memfd_create("f")
        os.write(path, bytes(1000))
        os.lseek(path, 0, os.SEEK_SET)
        os.read(path, first)
        os.close(file)
        return os.lseek(os.dup(path), step, os.SEEK_CUR)
    return in_child(work)


def linux_code(code):
    status = status_of(lambda: os._exit(code))
    assert status == code << 8
    return os.WEXITSTATUS(status)


def linux_rax(name):
    return (1 << 64) - getattr(errno, name)


def own_pages(start, end):
    """The pages of [start, end) that are mapped."""
    found = set()
    with open("/proc/self/maps") as maps:
        for line in maps:
            low, high = (int(word, 16) for word in line.split()[0].split("-"))
            found |= set(range(max(low, start), min(high, end), 4096))
    return found


def libc():
    import ctypes
    made = ctypes.CDLL(None, use_errno=True)
    made.mmap.restype = ctypes.c_void_p
    made.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    made.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    return made


def linux_areas(pages, holes):
    """Runs of pages that are still mapped; neighbours of the map are not counted."""
    calls = libc()

    def work():
        start = calls.mmap(None, pages * 4096, 3, 0x22, -1, 0)
        for hole in holes:
            assert calls.munmap(start + hole * 4096, 4096) == 0
        left = own_pages(start, start + pages * 4096)
        return sum(page - 4096 not in left for page in left)
    return in_child(work)


def linux_reach(length):
    """The first page behind is made free, then write() says of each byte whether it can be read."""
    calls = libc()

    def work():
        whole = (length // 4096 + 2) * 4096
        start = calls.mmap(None, whole, 3, 0x22, -1, 0)
        calls.munmap(start, whole)
        assert calls.mmap(start, length, 3, 0x100022, -1, 0) == start
        return len(own_pages(start, start + whole)) * 4096
    return in_child(work)


def linux_exited(code):
    return status_of(lambda: libc()._exit(code))


def linux_killed(signal):
    def work():
        import resource
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.kill(os.getpid(), signal)
        os.pause() if hasattr(os, "pause") else None
    return status_of(work)


def linux_lines(steps):
    come, go = os.pipe()
    first = os.fork()
    if not first:
        for step in steps:
            if os.fork() == 0 and step == "child ends":
                os._exit(0)
        os.write(go, b"x")
        os._exit(0)
    os.close(go)
    with os.fdopen(come) as pipe:
        found = len(pipe.read())
    os.waitpid(first, 0)
    return found


def linux_argc(options, arguments, tmp_path):
    inner, script = tmp_path / "interpreter", tmp_path / "s"
    inner.write_text(f"#!{sys.executable}\nimport sys\nprint(len(sys.argv))\n")
    script.write_text(" ".join([f"#!{inner}"] + [f"-{letter}" for letter in "abc"[:options]]) + "\n")
    for path in (inner, script):
        path.chmod(0o755)
    return int(subprocess.run([script, *"x" * arguments], stdout=subprocess.PIPE, text=True, check=True).stdout)


def linux_open(closing, copied):
    look = "import os; print(sum(os.path.exists(f'/proc/self/fd/{n}') for n in range(3, 11)))"
    come, go = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(go, 1)
        for number in range(3, 10):
            os.dup2(os.open("/dev/null", os.O_RDONLY), number, inheritable=number not in closing)
        os.closerange(11, 200)
        os.dup2(copied, 10)
        os.execv(sys.executable, [sys.executable, "-S", "-c", look])
    os.close(go)
    with os.fdopen(come) as pipe:
        found = pipe.read()
    os.waitpid(child, 0)
    return int(found)


def linux_dup(closed):
    def work():
        for number in range(3, 10):
            os.dup2(1, number)
        for number in closed:
            os.close(number)
        os.dup(1)
        return os.dup(1)
    return in_child(work)


def linux_length(mine, theirs, again, tmp_path):
    path = str(tmp_path / "file")
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    status_of(lambda: os.write(file, bytes(theirs)))
    os.write(os.open(path, os.O_WRONLY) if again else file, bytes(mine))
    return os.stat(path).st_size


def linux_mode(wanted, mask, tmp_path):
    def work():
        os.umask(mask)
        os.open(str(tmp_path / "made"), os.O_CREAT | os.O_WRONLY, wanted)
        return os.stat(str(tmp_path / "made")).st_mode & 0o7777
    (tmp_path / "made").unlink(missing_ok=True)
    return in_child(work)


LINUX = {(0, "number"): linux_number, (0, "position"): linux_position, (0, "code"): linux_code,
         (6, "rax"): linux_rax, (6, "areas"): linux_areas, (6, "reach"): linux_reach,
         (7, "exited"): linux_exited, (7, "killed"): linux_killed, (7, "lines"): linux_lines,
         (8, "argc"): linux_argc, (8, "open"): linux_open,
         (9, "dup"): linux_dup, (9, "length"): linux_length, (9, "mode"): linux_mode}


@pytest.mark.skipif(sys.platform != "linux", reason="the host is no Linux")
@pytest.mark.parametrize("number,key", LINUX)
def test_linux_says_so(number, key, tmp_path):
    ask = LINUX[number, key]
    here = {"tmp_path": tmp_path} if "tmp_path" in ask.__code__.co_varnames[:ask.__code__.co_argcount] else {}
    found = [(question, ask(**question.given, **here)) for _, question in asked(number) if question.key == key]
    assert found
    for question, answer in found:
        assert answer == question.answer, question.text


# ---- the kernel's answers: GDB commands whose last line printed is `$N = ANSWER`

def gdb_bytes(given):
    place = "((unsigned long *)'chapters/00-tools/ktest/log.c'::buffer)"
    return [f"set var ring_end = {given['end']}UL", f"set var *{place} = {given['at']}UL",
            f"print log_read({place}, (char *){place} + 64, 65700)"]


def gdb_days(given):
    return ["print days_since_1970({}, {}, {})".format(*given["date"])]


def gdb_merged(given):
    """In the descriptors of memory that boot has not touched: frame numbers from there."""
    def frame(number):
        return f"frame_table[{FAR + number}]"
    first = given["run"] & -1024
    commands = [f"call (void)memset(&{frame(first)}, 0, 1024 * sizeof(struct frame))"]
    commands += [f"call buddy_give(&{frame(number)}, {order})" for number, order in given["others"]]
    return commands + [f"call buddy_give(&{frame(given['run'])}, {given['order']})",
                       f"print {frame(given['final'])}.state == FRAME_FREE",
                       f"print {frame(given['final'])}.order",
                       f"print {given['final']}"]


def gdb_level(given):
    address, level = given["address"], given["level"]
    return [f"call page_table_map(kernel_root, {address & ~4095:#x}, 0x200000, 4096, 2, 4096)",
            f"strix walk {address:#x}", f"echo level {level}\\n"]


def gdb_address(given):
    return [f"call page_table_map(kernel_root, {given['address']:#x}, 0x200000, 4096, 2, 4096)",
            f"strix walk {given['address']:#x}"]


def gdb_small(given):
    return [f"print kmalloc_size(kmalloc({given['bytes']}))"]


def gdb_large(given):
    return [f"print kmalloc_size(kmalloc({given['bytes']})) / 4096"]


GDB = {(0, "bytes"): gdb_bytes, (1, "days"): gdb_days, (2, "run"): gdb_merged, (3, "level_1"): gdb_level, (3, "level_2"): gdb_level,
       (3, "level_3"): gdb_level, (3, "level_4"): gdb_level, (3, "address"): gdb_address,
       (4, "small"): gdb_small, (4, "large"): gdb_large}
STOPS = {0: "init_start", 1: "init_start", 2: "init_start", 3: "init_start", 4: "init_start"}
FAR = 32 * 1024  # a block of 4 MiB begins there
NOT_OURS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")


def told(output, question):
    """The answer in what GDB printed: the last value, or indexes of a walk."""
    walked = {int(level): int(index) for level, index in zip("4321", re.findall(r"^P\S+ +\[ *(\d+)\]", output, re.M))}
    if "level" in question.given:
        return walked[question.given["level"]]
    if "others" in question.given:
        free, order, _ = re.findall(r"^\$\d+ = (\d+)", output, re.M)
        assert (int(free), int(order)) == (1, question.given["order"] + len(question.given["others"]))
    if "indexes" in question.given:
        assert list(walked.values()) == question.given["indexes"]
        return question.answer
    return int(re.findall(r"^\$\d+ = (\d+)", output, re.M)[-1])


@pytest.mark.parametrize("number", STOPS)
def test_the_kernel_says_so(number, tmp_path):
    questions = [question for _, question in asked(number) if (number, question.key) in GDB]
    script = ["continue", f"hbreak {STOPS[number]}", "continue"]
    for place, question in enumerate(questions):
        script += [f"echo @{place}\\n", *GDB[number, question.key](question.given)]
    (tmp_path / "commands.gdb").write_text("\n".join(script) + "\n")
    output = subprocess.run(["make", "-s", "-C", course.BUILD, "gdb", f"CH={number}",
                             f"GDB_FLAGS=-batch -x {tmp_path}/commands.gdb", f"SERIAL=file:{tmp_path}/console"],
                            env={k: v for k, v in os.environ.items() if k not in NOT_OURS}, text=True,
                            timeout=180, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout
    parts = re.split(r"^@\d+\n", output, flags=re.M)[1:]
    assert len(parts) == len(questions) > 0, output
    for question, part in zip(questions, parts):
        assert told(part, question) == question.answer, question.text + part


@pytest.mark.parametrize("number", CHAPTERS)
def test_every_question_is_held_against_something(number):
    questions = asked(number)
    assert questions
    for _, question in questions:
        key = number, question.key
        assert key in LINUX or key in GDB or key in RECORDED, key
        assert question.hint and str(question.answer) not in question.hint.split()


# ---- sheets and judgements

def answers(tmp_path, text):
    (tmp_path / "predict.txt").write_text(text)
    return str(tmp_path / "predict.txt")


@pytest.mark.parametrize("number", CHAPTERS)
def test_right_answers(number, tmp_path):
    chapter = CHAPTERS[number]
    form = predictions.sheet(chapter, "ada")
    for question in predictions.questions(chapter, "ada"):
        shown = f"{question.answer:#x}" if isinstance(question.answer, int) else question.answer.lower()
        form = form.replace(f"\n{question.key} =", f"\n{question.key} = {shown}  # said by ada")
    points, found = predictions.judge(chapter, "ada", answers(tmp_path, form))
    assert points == predictions.POINTS, found
    points, found = predictions.judge(chapter, "ada", answers(tmp_path, predictions.sheet(chapter, "ada")))
    assert points == 0 and {each.note for each in found} == {"no answer"}


def test_wrong_and_odd_answers(tmp_path):
    chapter = CHAPTERS[7]
    points, found = predictions.judge(chapter, "ada", answers(tmp_path, "exited = many\nkilled = 1\n"))
    assert points == 0
    assert found[0].note == "not a number: many" and "WTERMSIG" in found[1].note
    for text, said in (("what = 1", "no question"), ("killed 9", "not `key"), ("killed = 1\nkilled = 2", "twice")):
        with pytest.raises(predictions.Unreadable, match=said):
            predictions.judge(chapter, "ada", answers(tmp_path, text))
    with pytest.raises(predictions.Unreadable, match="No such file"):
        predictions.judge(chapter, "ada", str(tmp_path / "none"))


@pytest.mark.parametrize("text,value", [("0x1f", 31), (" 1_000 ", 1000), ("1,000", 1000), ("0644", 420), ("-2", -2),
                                        ("0X1F", 31), ("ffff 8000", None), ("12 345", 12345), ("", None)])
def test_numbers(text, value):
    assert predictions.number(text) == value


def test_drawn_by_name():
    sheets = {predictions.sheet(CHAPTERS[3], f"student{i}") for i in range(20)}
    assert len(sheets) == 20
    assert predictions.sheet(CHAPTERS[3], "ada") == predictions.sheet(CHAPTERS[3], "ada")
