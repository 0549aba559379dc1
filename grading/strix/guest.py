# SPDX-License-Identifier: MIT
"""The archive that makes a guest run one program: the default initramfs, and behind it the program,
the files it needs, the runner and the runner's wishes (rootfs/runner.c reads /.strix/run)."""
import os
import shutil

from . import cpio

PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
CHANNEL_MAJOR = 240
DEVICES = {"dev/channel0": 0, "dev/channel1": 1, "dev/channel2": 2, "dev/report": 3,
           "dev/report-exit": 4, "dev/report-counts": 5}
CONSOLE = "/dev/console"


class NotFound(Exception):
    pass


class Guest:
    """What is in the guest's files, and how the program is started."""

    def __init__(self, base, runner):
        self.base = base
        self._runner = runner
        self._names = cpio.names(base)
        self._writer = cpio.Writer(self._names)
        self.descriptors = {"in": "/dev/null", "out": CONSOLE, "err": CONSOLE}
        self.environment = {"PATH": PATH, "HOME": "/root", "TERM": "dumb"}
        self.status = "/dev/report-exit"
        self.counts = None  # a device to which the runner writes before and after the program
        self.ready = None  # a device to which the runner says that input may come
        self.directory = "/"

    def add_host(self, host, path):
        self._writer.add_host(host, path)

    def add_file(self, path, content, mode=0o644):
        self._writer.add_file(path, content, mode)

    def _has(self, path):
        return self._writer.has(self._absolute(path))

    def _absolute(self, path):
        return os.path.normpath("/" + os.path.join(self.directory, path)).replace("//", "/")

    def locate(self, program):
        """The path that the guest executes; the host's file is added when only the host has it."""
        if "/" not in program:
            for directory in PATH.split(":"):
                if self._has(f"{directory}/{program}"):
                    return f"{directory}/{program}"
            host = shutil.which(program)
        else:
            if self._has(program):
                return program
            host = program
        if not host or not os.path.isfile(host):
            raise NotFound(f"{program}: neither the guest nor the host has it")
        path = program if "/" in program else host
        self.add_host(os.path.realpath(host), self._absolute(path))
        return path

    def archive(self, path, arguments):
        """The whole initramfs, to run `path` with argv `arguments`."""
        for name, minor in DEVICES.items():
            if name not in self._names:
                self._writer.add_device(name, CHANNEL_MAJOR, minor)
        with open(self._runner, "rb") as file:
            self._writer.add_file("strix-runner", file.read(), 0o755)
        words = [f"{key}={value}" for key, value in self.descriptors.items()]
        words += [f"status={self.status}", f"cwd={self.directory}", f"path={path}"]
        words += [f"ready={self.ready}"] if self.ready else []
        words += [f"counts={self.counts}"] if self.counts else []
        words += [f"arg={argument}" for argument in arguments]
        words += [f"env={key}={value}" for key, value in self.environment.items()]
        wishes = b"".join(os.fsencode(word) + b"\0" for word in words)
        self._writer.add_file(".strix/run", wishes)
        base = self.base if self.base[:2] == b"\x1f\x8b" else self.base + bytes(-len(self.base) % 4)
        return base + self._writer.bytes()
