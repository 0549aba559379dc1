# SPDX-License-Identifier: MIT
"""Predictions about exec and files: every answer is what the host's Linux says when the very thing is done."""
import contextlib
import errno
import os
import re
import struct
import subprocess
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import asked  # noqa: E402
from asked import in_child, status_of  # noqa: E402


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


def linux_auxiliary(rsp, arguments, environment, pair, tmp_path):
    """Where the vector that the kernel tells in /proc begins, from where the stack began."""
    look = ("import ctypes\nstart = int(open('/proc/self/stat').read().rsplit(')')[1].split()[25])\n"
            "print(ctypes.string_at(start, 512).find(open('/proc/self/auxv', 'rb').read(32)))\n")
    command = [sys.executable, "-S", "-E", "-c", look]
    offset = int(subprocess.run(command + ["x"] * (arguments - len(command)), stdout=subprocess.PIPE, text=True,
                                check=True, env={f"E{number}": "x" for number in range(environment)}).stdout)
    assert offset > 0
    return rsp + offset + 16 * pair + 8


# ---- programs made by hand

CODE = bytes.fromhex("b8 01 00 00 00  bf 01 00 00 00  be 00 00 40 00  ba 01 00 00 00  0f 05"  # write(1, 0x400000, 1)
                     "b8 22 00 00 00  0f 05")                                                # pause()


def program(start=0x600000, from_file=16, size=16, machine=62, segments=2):
    """An ELF file whose second segment is as said."""
    at = 64 + 2 * 56
    header = b"\x7fELF\2\1\1" + bytes(9) + struct.pack(
        "<HHIQQQIHHHHHH", 2, machine, 1, 0x400000 + at, 64, 0, 0, 64, 56, segments, 64, 0, 0)
    data = 4096 + start % 4096
    headers = struct.pack("<IIQQQQQQ", 1, 5, 0, 0x400000, 0, at + len(CODE), at + len(CODE), 4096) + \
        struct.pack("<IIQQQQQQ", 1, 6, data, start, 0, from_file, size, 4096)
    return (header + headers + CODE).ljust(data, b"\0") + b"d" * from_file


def put(path, content, mode=0o755):
    path.write_bytes(content)
    path.chmod(mode)
    return str(path)


def linux_zero_pages(start, from_file, size, tmp_path):
    path = put(tmp_path / "program", program(start, from_file, size))
    with subprocess.Popen([path], stdout=subprocess.PIPE) as made:
        assert made.stdout.read(1) == b"\x7f"
        with open(f"/proc/{made.pid}/maps") as file:
            lines = [line.split() for line in file]
        made.kill()
    count = 0
    for words in lines:
        low, high = (int(word, 16) for word in words[0].split("-"))
        if 0x600000 <= low and high < 0x700000 and words[4] == "0":  # of no file
            count += (high - low) // 4096
    return count


def linux_refused(what, tmp_path):
    """Makes what the situation says, and executes it."""
    path, name = tmp_path / what, str(tmp_path / what)
    arguments, writer = [name], contextlib.nullcontext()
    made = {"empty": b"", "words": b"echo hello\n", "half_a_header": program()[:32],
            "other_machine": program(machine=65), "no_segments": program(segments=0),
            "not_executable": program(), "no_interpreter": b"#!/no/such/file\n",
            "interpreter_is_data": b"#!/etc/passwd\n", "script_of_itself": f"#!{path}\n".encode(),
            "long_string": program(), "open_for_writing": program()}
    if what in made:
        put(path, made[what], 0o644 if what == "not_executable" else 0o755)
    elif what == "directory":
        path.mkdir()
    else:
        name = {"below_a_file": "/etc/passwd/program"}[what]
    if what == "long_string":
        arguments.append("x" * 200000)
    if what == "open_for_writing":
        writer = path.open("ab")

    def work():
        try:
            os.execv(name, arguments)
        except OSError as error:
            return errno.errorcode[error.errno]
    with writer:
        return in_child(work)


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


def linux_call_refused(call, tmp_path):
    """The very text of the call is what is done."""
    known = {name: getattr(os, name) for name in dir(os) if name.startswith("O_")}
    known.update({name: getattr(os, name) for name in ("open", "mkdir", "rmdir", "unlink", "link", "rename")})

    def work():
        os.chdir(tmp_path)
        os.mkdir("d")
        for name in ("f", "d/in"):
            os.close(os.open(name, os.O_CREAT | os.O_WRONLY, 0o644))
        os.symlink("none", "l")
        os.symlink("s", "s")
        try:
            return eval(re.sub(r"\b0([0-7]+)", r"0o\1", call), {"__builtins__": {}}, known)
        except OSError as error:
            return errno.errorcode[error.errno]
    tmp_path = tmp_path / str(len(os.listdir(tmp_path)))
    tmp_path.mkdir()
    return in_child(work)


def linux_walk(link, target, rest, tmp_path):
    top = str(tmp_path / str(len(os.listdir(tmp_path))))
    for path in ("a/b/c", "d/e/f"):
        os.makedirs(f"{top}/{path}")
    os.symlink(target, f"{top}/{link}")

    def led(path):
        place = os.open(path, os.O_PATH | os.O_DIRECTORY)
        found = os.readlink(f"/proc/self/fd/{place}")
        os.close(place)
        return found
    return led("/".join([top, link, *rest])).removeprefix(led(top)) or "/"


HELD = {(8, "argc"): linux_argc, (8, "open"): linux_open, (8, "auxiliary"): linux_auxiliary,
        (8, "zero_pages"): linux_zero_pages, (8, "refused"): linux_refused,
        (9, "dup"): linux_dup, (9, "length"): linux_length, (9, "mode"): linux_mode,
        (9, "refused"): linux_call_refused, (9, "walk"): linux_walk}
pytestmark = pytest.mark.skipif(not asked.IS_LINUX, reason="the host is no Linux on x86_64")


@pytest.mark.parametrize("number,key", HELD)
def test_linux_says_so(number, key, tmp_path):
    ask = HELD[number, key]
    here = {"tmp_path": tmp_path} if "tmp_path" in ask.__code__.co_varnames[:ask.__code__.co_argcount] else {}
    asked.hold(number, key, lambda **given: ask(**given, **here))


@pytest.mark.parametrize("what", asked.table(8).REFUSED)
def test_every_refused_program(what, tmp_path):
    assert linux_refused(what, tmp_path) == asked.table(8).REFUSED[what][1]


@pytest.mark.parametrize("call", asked.table(9).REFUSED)
def test_every_refused_call(call, tmp_path):
    assert linux_call_refused(call, tmp_path) == asked.table(9).REFUSED[call]
