# SPDX-License-Identifier: MIT
"""Debian's static programs, unmodified, in Strix and on the host's Linux: same output, same status."""
import os
import platform
import shutil
import subprocess

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("STRIX_BUILD") or os.path.dirname(os.path.dirname(HERE))
LIMIT = 240  # seconds of wall clock

pytestmark = pytest.mark.skipif(platform.system() != "Linux" or platform.machine() != "x86_64",
                                reason="the host is no Linux on x86_64")

# id: interpreter, its arguments before the script, the script
SCRIPTS = {
    "ash": ("busybox", ["sh"], "shell.sh"),
    "bash-posix": ("bash-static", ["--posix"], "shell.sh"),
    "mksh": ("mksh-static", [], "shell.sh"),
    "mksh-diet": ("/usr/lib/diet/bin/mksh", [], "shell.sh"),  # dies without a vDSO
    "zsh": ("zsh-static", ["-y", "-o", "no_nomatch"], "shell.sh"),
    "bash": ("bash-static", [], "bash.sh"),
    "applets": ("busybox", ["sh"], "applets.sh"),
}


def find(program):
    path = shutil.which(program, path="/bin:/usr/bin:/usr/local/bin")
    if not path:
        pytest.skip(f"the host has no {program}")
    with open(path, "rb") as file:
        if b"ld-linux" in file.read(4096):
            pytest.skip(f"{path} is not static")
    return path


@pytest.fixture(scope="module")
def applets(tmp_path_factory):
    """A directory with a link to BusyBox for each applet: the host's commands are the guest's."""
    directory = tmp_path_factory.mktemp("applets")
    busybox = find("busybox")
    names = subprocess.run([busybox, "--list"], stdout=subprocess.PIPE, text=True, check=True)
    for name in names.stdout.split():
        (directory / name).symlink_to(busybox)
    return directory


def on_linux(command, directory, path, **options):
    environment = {"PATH": str(path), "HOME": "/root", "TERM": "dumb"}
    return subprocess.run(command, cwd=directory, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=LIMIT, check=False,
                          **({"stdin": subprocess.DEVNULL} | options))


def in_strix(options, command, **more):
    return subprocess.run([f"{BUILD}/strix-run", f"--timeout={LIMIT}", *options, "--", *command],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=LIMIT + 30,
                          check=False, **({"stdin": subprocess.DEVNULL} | more))


def same(linux, strix):
    assert strix.stdout.decode("utf-8", "replace") == linux.stdout.decode("utf-8", "replace"), \
        strix.stderr.decode("utf-8", "replace")
    expected = linux.returncode if linux.returncode >= 0 else 128 - linux.returncode
    assert strix.returncode == expected, strix.stderr.decode("utf-8", "replace")


@pytest.mark.parametrize("name", SCRIPTS)
def test_script(name, applets, tmp_path):
    program, options, script = SCRIPTS[name]
    interpreter = find(program)
    linux = on_linux([interpreter, *options, f"{HERE}/{script}"], tmp_path, applets)
    same(linux, in_strix(["--file", f"{HERE}/{script}:/{script}"],
                         [interpreter, *options, f"/{script}"]))


def test_sash(tmp_path, applets):
    sash = find("sash")
    lines = "echo one\n-pwd\n-mkdir d\n-ls -l nothing\n-cp /etc/hostname d/x\ncd d\n-ls\nexit\n"
    (tmp_path / "lines").write_text(lines)
    with open(tmp_path / "lines") as first, open(tmp_path / "lines") as second:
        result = in_strix(["--append", "quiet"], [sash], stdin=first)
        assert b"one" in result.stdout and b"x" in result.stdout.split(), result
        assert result.returncode == on_linux([sash], tmp_path, applets, stdin=second).returncode


@pytest.fixture(scope="module")
def lua(tmp_path_factory):
    output = tmp_path_factory.mktemp("lua") / "lua"
    build = subprocess.run([os.environ.get("CC") or "cc", "-O2", "-static",
                            "-I/usr/include/lua5.4", "-o", str(output), f"{HERE}/lua.c",
                            "-llua5.4", "-lm", "-ldl"], stderr=subprocess.PIPE, check=False)
    if build.returncode:
        pytest.skip("no static Lua library (Debian package: liblua5.4-dev)")
    return str(output)


def test_lua(lua, tmp_path, applets):
    linux = on_linux([lua, f"{HERE}/test.lua"], tmp_path, applets)
    same(linux, in_strix(["--file", f"{HERE}/test.lua:/test.lua", "--file", f"{lua}:/bin/lua"],
                         ["lua", "/test.lua"]))


CASES = {
    "arguments": ["printf", "<%s>\\n", "a b", "", "*", "-x"],
    "status": ["sh", "-c", "exit 200"],
    "signal": ["sh", "-c", "kill -SEGV $$"],
    "errors": ["sh", "-c", "echo out; echo err >&2; exit 1"],
    "not there": ["sh", "-c", "exec /no/such/program"],
}


@pytest.mark.parametrize("case", CASES)
def test_case(case, applets, tmp_path):
    command = CASES[case]
    linux = on_linux([str(applets / command[0]), *command[1:]], tmp_path, applets)
    strix = in_strix([], command)
    same(linux, strix)
    if case == "errors":
        assert strix.stderr == linux.stderr


def test_bytes():
    """Every byte, in both directions, by a pipe and by a file, with its end."""
    data = bytes(range(256)) * 700 + b"\xff\x00\xff"
    piped = subprocess.run([f"{BUILD}/strix-run", "cat"], input=data, stdout=subprocess.PIPE,
                           timeout=LIMIT, check=False)
    assert piped.stdout == data and piped.returncode == 0


def test_file_input(tmp_path):
    data = os.urandom(100000)
    (tmp_path / "data").write_bytes(data)
    with open(tmp_path / "data", "rb") as file:
        file.seek(1000)
        assert in_strix(["--icount"], ["cat"], stdin=file).stdout == data[1000:]


def test_ends():
    """Panic, hang and what is not there are told apart by status."""
    assert in_strix(["--icount", "--limit", "2"], ["sh", "-c", "while :; do :; done"]).returncode == 124
    assert in_strix(["--append", "test=trap_opcode", "--kernel", f"{BUILD}/strix-test.elf"],
                    ["true"]).returncode == 123
    assert in_strix([], ["/no/such/program"]).returncode == 127
    assert in_strix(["--kernel", "/no/such/kernel"], ["true"]).returncode == 125


def test_deterministic():
    command = ["sh", "-c", "cat /proc/uptime; for i in 1 2 3; do echo $i | cat; done; cat /proc/uptime"]
    runs = {in_strix(["--icount"], command).stdout for _ in range(3)}
    assert len(runs) == 1
