# SPDX-License-Identifier: MIT
"""kernel/lib/cpio.c and random.c, compiled for this machine with sanitizers: lib_test.c."""
import os
import pathlib
import random
import shutil
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
KERNEL = HERE.parents[1] / "kernel"
sys.path.insert(0, str(HERE.parents[1] / "grading"))
from strix import cpio  # noqa: E402

CC = os.environ.get("HOSTCC", "cc")
MASK = 0xffffffff


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    if not shutil.which(CC):
        pytest.skip(f"needs {CC}")
    path = tmp_path_factory.mktemp("lib") / "lib_test"
    subprocess.run([CC, "-std=gnu11", "-g", "-O1", "-fsanitize=address,undefined",
                    "-fno-sanitize-recover=all", "-I", KERNEL,
                    "-I", f"{os.environ['STRIX_BUILD']}/kernel", "-o", path, HERE / "lib_test.c",
                    KERNEL / "lib/cpio.c", KERNEL / "lib/random.c"], check=True)
    return path


def entries(program, archive):
    done = subprocess.run([program, "cpio"], input=archive, capture_output=True, check=True)
    return done.stdout.decode("latin-1").splitlines()


def archive():
    writer = cpio.Writer()
    writer.add_file("etc/passwd", b"root:x:0:0", 0o644)
    writer.add_file("./empty", b"", 0o600)
    writer.add_file("/bin/three", b"abc", 0o755)
    return writer.bytes()


def files(program, bytes_):
    """The lines of files; the writer adds the directories that they lie in."""
    return [line.split() for line in entries(program, bytes_) if " 40755 " not in line]


def test_entries(program):
    lines = files(program, archive())
    assert [line[0] for line in lines] == ["etc/passwd", "empty", "bin/three", "end"]
    assert lines[0][1] == "100644" and lines[0][4:] == ["10", str(sum(b"root:x:0:0"))]
    assert lines[2][4:] == ["3", str(sum(b"abc"))]


def test_archives_in_a_row(program):
    lines = files(program, archive() + bytes(512) + archive())
    assert [line[0] for line in lines] == ["etc/passwd", "empty", "bin/three"] * 2 + ["end"]


def test_every_cut(program):
    """However short the archive: a clear error or its beginning, nothing read too far."""
    whole = archive()
    expected = entries(program, whole)
    for length in range(0, len(whole), 7):
        lines = entries(program, whole[:length])
        assert lines[:-1] == expected[:len(lines) - 1]
        assert lines[-1] == "end" or "cut off" in lines[-1]


def test_damage(program):
    draw = random.Random(1)
    for _ in range(150):
        damaged = bytearray(archive())
        for _ in range(draw.randrange(1, 4)):
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
        assert entries(program, bytes(damaged))


@pytest.mark.parametrize("where, what, error", [
    (0, b"070707", "no cpio header"), (6, b"zzzzzzzz", "no number"),
    (94, b"ffffffff", "impossible length"), (94, b"00000000", "impossible length"),
    (54, b"ffffffff", "cut off"), (94, b"00000003", "does not end")])
def test_errors(program, where, what, error):
    damaged = bytearray(archive())
    damaged[where:where + len(what)] = what
    assert error in entries(program, bytes(damaged))[-1]


# ---- random: the same generator written down a second time, from RFC 8439

def rotate(x, bits):
    return (x << bits | x >> 32 - bits) & MASK


def block(key, counter):
    start = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, *key, counter, 0, 0, 0]
    s = list(start)
    for _ in range(10):
        for a, b, c, d in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                           (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            for x, y, z, bits in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                s[x] = (s[x] + s[y]) & MASK
                s[z] = rotate(s[z] ^ s[x], bits)
    return b"".join(((x + y) & MASK).to_bytes(4, "little") for x, y in zip(s, start))


def test_block():
    """The test vector of RFC 8439, 2.3.2, but for its nonce: A.1, vectors 1 and 2 (key 0)."""
    assert block([0] * 8, 0).hex().startswith("76b8e0ada0f13d90405d6ae55386bd28bdd219b8")
    assert block([0] * 8, 1).hex().startswith("9f07e7be5551387a98ba977c732d080dcb0f29a0")


@pytest.mark.parametrize("seed", [0, 1, 0x0123456789abcdef])
def test_random(program, seed):
    words = [seed & MASK, seed >> 32] * 4
    expected = b""
    for _ in range(4):
        stream = b"".join(block(words, counter) for counter in range(4))
        words = [int.from_bytes(stream[i:i + 4], "little") for i in range(0, 32, 4)]
        expected += stream[32:]
    done = subprocess.run([program, "random", str(seed), "700"], capture_output=True, check=True)
    assert done.stdout.decode().strip() == expected[:700].hex()
