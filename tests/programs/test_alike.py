# SPDX-License-Identifier: MIT
"""More unmodified programs, down to standard error: what C libraries and linkers make of one source,
dynamically linked shells and tools with their libraries, a compiler."""
import os
import shutil
import subprocess

import pytest

from alike import Place, libraries, program

HERE = os.path.dirname(os.path.abspath(__file__))
MUSL, TCC = "/usr/lib/x86_64-linux-musl", "/usr/lib/x86_64-linux-gnu/tcc"


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def script(place, name):
    with open(f"{HERE}/{name}") as file:
        return place.write(name, file.read())


# ---- C libraries

BUILDS = {"musl": ["musl-gcc", "-static"],
          "glibc": ["gcc", "-static"], "glibc-pie": ["gcc", "-static-pie", "-fPIE"],
          "glibc-dynamic": ["gcc"], "musl-optimised": ["musl-gcc", "-static", "-O3", "-march=native"]}


@pytest.mark.parametrize("build", BUILDS)
def test_hello(place, build):
    compiler, *options = BUILDS[build]
    if not shutil.which(compiler):
        pytest.skip(f"no {compiler} here")
    hello = f"{place.top}/hello"
    subprocess.run([compiler, *options, "-o", hello, f"{HERE}/hello.c", "-lm"], check=True)
    files = libraries(hello) if "dynamic" in build else []
    assert place.alike([hello, "an", "owl"], files).returncode == 17


# ---- shells

def test_bash(place):
    bash = program("/usr/bin/bash-static", "/bin/bash-static")
    shutil.copy(bash, f"{place.top}/bin/bash-static")
    assert place.alike(["bin/bash-static", script(place, "bash_long.sh")]).returncode == 42


SHELLS = {"dash": "/bin/dash", "mksh": "/bin/mksh", "mksh-klibc": "/usr/lib/klibc/bin/mksh",
          "mksh-musl": f"{MUSL}/bin/mksh"}
DYNAMIC = ("dash", "mksh")


@pytest.mark.parametrize("shell", SHELLS)
def test_shell(place, shell):
    path = program(SHELLS[shell])
    files = [os.path.realpath(path)] if shell not in DYNAMIC else libraries(path)
    assert place.alike([path, script(place, "shell.sh")], files).returncode == 3


def test_zsh(place):
    zsh = program("/bin/zsh-static")
    assert place.alike([zsh, "-f", script(place, "zsh.zsh")]).returncode == 23


def test_sash(place):
    sash = program("/bin/sash")
    commands = script(place, "sash.txt")
    place.alike([sash, "-f", commands])


# ---- tools

def test_toybox(place):
    toybox = program("/bin/toybox", "/usr/bin/toybox")
    shutil.copy(toybox, f"{place.top}/bin/toybox")
    place.write("tools.sh", "seq 5 | toybox tac | toybox paste -s -d, -; toybox factor 1001 65537\n"
                "toybox cal 2 2000; toybox md5sum tools.sh; toybox printf '%s|' a b; toybox ls bin/s*\n"
                "toybox find bin -name 'g*' | toybox sort -r; toybox sed -n 2p tools.sh | toybox rev\n"
                "toybox cat nowhere; echo $?; toybox false; echo $?; toybox cpio --help | head -n 1\n"
                "toybox xxd tools.sh | head -n 2; toybox mkdir -p x/y; toybox rmdir x/y x; toybox ls -d x\n")
    place.alike(["bin/sh", "tools.sh"], libraries(toybox))


def test_lua(place):
    lua = program("/usr/bin/lua5.4", "/usr/bin/lua5.3")
    shutil.copy(f"{HERE}/owl.lua", place.top)
    assert place.alike([lua, "owl.lua"], libraries(lua)).returncode == 1


def test_tcc_compiles_and_links(place):
    """A compiler at work: it makes the same file as on Linux, and the file runs."""
    tcc = program("/usr/bin/tcc")
    parts = [program(f"{MUSL}/{name}") for name in ("crt1.o", "crti.o", "crtn.o", "libc.a")]
    shutil.copy(f"{HERE}/hello.c", place.top)
    source = open(f"{HERE}/hello.c").read()
    place.write("hello.c", source.replace("static __thread", "static"))  # which tcc does not know
    headers = "/usr/include/x86_64-linux-musl"
    start, init, end, libc = parts
    place.write("build.sh", f"{tcc} -static -nostdinc -nostdlib -I{headers} -I{TCC}/include -o hello "
                f"{start} {init} hello.c {libc} {TCC}/libtcc1.a {end} && md5sum hello && ./hello x\n")
    files = [tcc, headers, f"{TCC}/include", f"{TCC}/libtcc1.a", *parts, *libraries(tcc)]
    assert b"hello, world" in place.alike(["bin/sh", "build.sh"], files).stdout


# ---- how programs end, and the channels

ENDS = {"exit": "exit 9", "abort": "kill -ABRT $$", "killed": "kill -KILL $$", "pipe": "kill -PIPE $$",
        "255": "exit 255", "closed": "exec >&- 2>&-; echo lost", "nothing": ":"}


def test_ends(place):
    """One machine for all: each end as the shell's parent sees it."""
    lines = [f"sh -c '{end}' 2>err; echo {name} $?; cat err" for name, end in ENDS.items()]
    place.write("ends.sh", "\n".join(lines) + "\nkill -SEGV $$\n")
    assert place.alike(["bin/sh", "ends.sh"]).returncode == -11


def test_a_script_is_run_by_its_interpreter(place):
    place.write("tool", f"#!{place.top}/bin/awk -f\nBEGIN {{ print ARGC, ARGV[1]; exit 6 }}\n", 0o755)
    assert place.alike(["./tool", "argument"]).returncode == 6


@pytest.mark.parametrize("difference", ["uname -v", "uname -v >&2", "exit $(($$ % 64 + 1))"])
def test_a_difference_is_seen(place, difference):
    """What cannot be the same: the kernel's build, the number of the process."""
    with pytest.raises(AssertionError, match="differs"):
        place.alike(["bin/sh", "-c", difference])
