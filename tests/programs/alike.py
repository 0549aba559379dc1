# SPDX-License-Identifier: MIT
"""One command, run by the host's Linux and by ./strix-run in the same surroundings, must give the same.

The surroundings are a directory that both see at the same path, with the same files in it, as the
place to start; the same environment; and in `bin`, the whole PATH, the same BusyBox under its
applets' names.  What remains different (users, processes, time) a command does not look at.
"""
import difflib
import os
import re
import shutil
import subprocess

import pytest

FAR = 60  # seconds of a far watchdog


class Place:
    """The directory, and a Linux and a Strix that start in it."""

    def __init__(self, top):
        self.top = str(top)
        busybox = shutil.which("busybox") or pytest.skip("no busybox here")
        os.mkdir(f"{top}/bin")
        shutil.copy(busybox, f"{top}/bin/busybox")
        applets = subprocess.run([busybox, "--list"], stdout=subprocess.PIPE, text=True, check=True)
        for applet in set(applets.stdout.split()) - {"busybox"}:
            os.symlink("busybox", f"{top}/bin/{applet}")
        self.environment = {"PATH": f"{top}/bin", "HOME": self.top, "TERM": "dumb"}

    def write(self, name, text, mode=0o644):
        with open(f"{self.top}/{name}", "w") as file:
            file.write(text)
        os.chmod(f"{self.top}/{name}", mode)
        return f"{self.top}/{name}"

    def linux(self, command, stdin):
        # nor must it inherit that `make check` was started under nohup
        return subprocess.run(["/usr/bin/env", "--default-signal", *command], cwd=self.top,
                              env=self.environment, input=stdin, umask=0o022,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=FAR,
                              start_new_session=True)

    def strix(self, command, stdin, files):
        """The guest's copy of the directory is what the host's is now."""
        options = ["--directory", self.top, "--file", f"{self.top}:{self.top}", "--timeout", str(FAR)]
        for host in files:
            options += ["--file", f"{host}:{host}"]
        for pair in self.environment.items():
            options += ["--env", "=".join(pair)]
        return subprocess.run([f"{os.environ['STRIX_BUILD']}/strix-run", *options, "--", *command],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, input=stdin,
                              timeout=2 * FAR)

    def alike(self, command, files=(), stdin=b""):
        """Runs it twice; returns what Linux gave, which Strix gave too."""
        strix = self.strix(command, stdin, files)  # first: Linux may change the directory
        linux = self.linux(command, stdin)
        status = 128 - linux.returncode if linux.returncode < 0 else linux.returncode
        found = [name for name, one, other in (("standard output", strix.stdout, linux.stdout),
                                               ("standard error", strix.stderr, linux.stderr),
                                               ("status", b"%d" % strix.returncode, b"%d" % status))
                 if difference(one, other)]
        assert not found, f"differs: {found}"
        return linux


def difference(strix, linux):
    """Empty, or printed and named when it is not."""
    if strix == linux:
        return ""
    lines = [data.decode(errors="backslashreplace").splitlines() for data in (linux, strix)]
    text = "\n".join(difflib.unified_diff(*lines, "Linux", "Strix", n=2, lineterm=""))
    print(text)
    return text or "line ends"


def program(*paths):
    """The first of the paths that is there; a test of what is not installed is skipped."""
    for path in paths:
        if os.path.isfile(path):
            return path
    pytest.skip(f"no {paths[0]} here")


def libraries(path):
    """The dynamic linker and the libraries that a program names, as the host finds them."""
    text = subprocess.run(["ldd", path], stdout=subprocess.PIPE, text=True, check=True).stdout
    found = re.findall(r"(/\S+) \(0x", text)
    assert found, text
    return sorted(set(found))
