# SPDX-License-Identifier: MIT
"""Predictions about memory and processes: every answer is what the host's Linux says when the very thing is done."""
import ctypes
import errno
import os
import resource
import signal
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import asked  # noqa: E402
import course  # noqa: E402
import linux  # noqa: E402
from asked import PLACE, in_child, libc, status_of  # noqa: E402

PAGE = 4096
READ, WRITE, EXECUTE = 1, 2, 4
PRIVATE, FIXED = 0x22, 0x100022  # anonymous; MAP_FIXED_NOREPLACE


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


def text(words):
    """The address of a string that stays."""
    STRINGS.append(ctypes.create_string_buffer(words))
    return ctypes.addressof(STRINGS[-1])


STRINGS = []
FAILS = {"EBADF": (3, 999999, 0, 0), "EINVAL": (11, 1, PAGE, 0), "EFAULT": (22, 1, 0, 0),  # close, munmap, pipe
         "ENOMEM": (10, PLACE + 16 * PAGE, PAGE, READ),                                        # mprotect
         "ENOENT": (80, text(b"/no/such/place"), 0, 0),                                        # chdir
         "EEXIST": (83, text(b"/"), 0o755, 0)}  # mkdir


def linux_rax(name):
    """What SYSCALL itself leaves in rax."""
    def work():
        code = bytes.fromhex("48 89 f8 48 89 f7 48 89 d6 48 89 ca 0f 05 c3")  # the C function's arguments, one on
        ctypes.memmove(mapped(READ | WRITE | EXECUTE), code, len(code))
        call = ctypes.CFUNCTYPE(ctypes.c_ulong, *[ctypes.c_ulong] * 4)(PLACE)
        return call(*FAILS[name])
    return in_child(work)


def own_pages(start, end):
    """The pages of [start, end) that are mapped."""
    found = set()
    with open("/proc/self/maps") as maps:
        for line in maps:
            low, high = (int(word, 16) for word in line.split()[0].split("-"))
            found |= set(range(max(low, start), min(high, end), 4096))
    return found


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


def linux_killed(name):
    def work():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.kill(os.getpid(), getattr(signal, name))
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


def linux_death(test):
    """(signal, si_code) of a program of chapter 5's tests."""
    program = next(each for each in course.chapters()[5].tests if each.name == test)
    words = next(line for line in linux.host(program) if line.startswith("fault: ")).split()
    return words[1], int(words[3])


class SignalAction(ctypes.Structure):
    _fields_ = [("handler", ctypes.c_void_p), ("mask", ctypes.c_ulong * 16), ("flags", ctypes.c_int),
                ("restorer", ctypes.c_void_p)]


def mapped(rights, pages=1):
    found = libc().mmap(PLACE, pages * PAGE, rights, FIXED, -1, 0)
    assert found == PLACE
    return found


def access(how):
    """Does what is said of `how`, and dies of it."""
    copy = libc().memcpy
    own = ctypes.addressof(ctypes.create_string_buffer(16))
    if how == "read_nothing":
        copy(own, PLACE, 1)
    elif how == "write_nothing":
        copy(PLACE, own, 1)
    elif how == "read_kernel":
        copy(own, 0xffffffff81000000, 1)
    elif how == "write_constant":
        copy(own, mapped(READ), 1)
        copy(PLACE, own, 1)
    elif how == "run_nothing":
        ctypes.CFUNCTYPE(None)(PLACE)()
    elif how == "run_data":
        copy(mapped(READ | WRITE), own, 1)
        ctypes.CFUNCTYPE(None)(PLACE)()


def linux_error_code(how):
    """The error code is in the context that a handler of SIGSEGV gets (REG_ERR)."""
    handler_type = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
    registers, error = 40, 19

    def work():
        @handler_type
        def handler(_, info, context):
            code = ctypes.cast(context + registers, ctypes.POINTER(ctypes.c_ulong))[error]
            os.write(100, str(code).encode())
            os._exit(0)
        action = SignalAction(ctypes.cast(handler, ctypes.c_void_p), flags=4)  # SA_SIGINFO
        assert libc().sigaction(signal.SIGSEGV, ctypes.byref(action), None) == 0
        access(how)
    return in_child(work)


def linux_rflags(wanted):
    code = bytes.fromhex("9c 57 9d 9c 58 9d c3")  # pushf; push %rdi; popf; pushf; pop %rax; popf; ret

    def work():
        ctypes.memmove(mapped(READ | WRITE | EXECUTE), code, len(code))
        return ctypes.CFUNCTYPE(ctypes.c_ulong, ctypes.c_ulong)(PLACE)(wanted) & 0xffff
    return in_child(work)


def linux_written(room, count):
    def work():
        end = mapped(READ | WRITE, 2) + 2 * PAGE
        return libc().write(os.memfd_create("output"), end - room, count)
    return in_child(work)


def linux_remap(pages, hole, at, old, new):
    def work():
        calls = libc()
        start = mapped(READ | WRITE, pages)
        assert calls.munmap(start + hole * PAGE, PAGE) == 0
        found = calls.mremap(start + at * PAGE, old * PAGE, new * PAGE, 0)
        if found == ctypes.c_void_p(-1).value:
            return errno.errorcode[ctypes.get_errno()]
        assert found == start + at * PAGE
        return len(own_pages(start, start + 64 * PAGE))
    return in_child(work)


# ---- processes that do one thing after the other, as they are told

def share():
    """KiB of the pages at PLACE that are ours: one of n owners has an nth (Pss in proc(5))."""
    with open("/proc/self/smaps") as file:
        part = file.read().split(f"{PLACE:x}-")[1]
    return int(next(line for line in part.split("\n") if line.startswith("Pss:")).split()[1])


MESSAGE = 128  # bytes of each; a write of so few is not torn


def obey(who, commands, go):
    """Process `who`: forks, writes to pages, says its share; each is answered when it is done."""
    signal.alarm(asked.PATIENCE)
    while True:
        what, *words = os.read(commands[who][0], MESSAGE).decode().split()
        if what == "fork" and os.fork() == 0:
            who = words[0]
            signal.alarm(asked.PATIENCE)
            continue
        for page in words if what == "write" else []:
            ctypes.memset(PLACE + int(page) * PAGE, 1, 1)
        os.write(go, str(share() if what == "share" else 0).ljust(MESSAGE).encode())
        if what == "end":
            os._exit(0)


def linux_frames(pages, steps):
    def work():
        commands, (come, go) = {who: os.pipe() for who in "ABC"}, os.pipe()

        def tell(who, *words):
            os.write(commands[who][1], " ".join(map(str, words)).ljust(MESSAGE).encode())
            return int(os.read(come, MESSAGE))
        if os.fork() == 0:
            libc().madvise(ctypes.c_void_p(mapped(READ | WRITE, pages)), pages * PAGE, 15)  # MADV_NOHUGEPAGE
            obey("A", commands, go)
        tell("A", "write", *range(pages))
        for what, who, other in steps:
            tell(who, what, *other)
        shares = sum(tell(who, "share") for who in "ABC")
        for who in "ABC":
            tell(who, "end")
        return -(-shares * 1024 // PAGE)  # each share was rounded down
    return in_child(work)


def linux_wait(pids, calls):
    def work():
        ended = os.fork()
        if not ended:
            os._exit(0)
        os.waitid(os.P_PID, ended, os.WEXITED | os.WNOWAIT)
        come, go = os.pipe()
        running = os.fork()
        if not running:
            signal.alarm(asked.PATIENCE)
            below = os.fork()
            if below:
                os.write(go, str(below).encode())
            signal.alarm(asked.PATIENCE)
            while True:
                signal.pause()
        real = dict(zip(pids, (ended, running, int(os.read(come, 20)))))
        said = {value: key for key, value in real.items()}
        for pid, hangs in calls:
            try:
                result = os.wait4(real.get(pid, pid), os.WNOHANG if hangs else 0)[0]
            except OSError as error:
                result = errno.errorcode[error.errno]
        for each in (running, real[pids[2]]):
            os.kill(each, signal.SIGKILL)
        return said.get(result, result)
    return in_child(work)


HELD = {(0, "number"): linux_number, (0, "position"): linux_position, (0, "code"): linux_code,
        (5, "signal_1"): lambda test: linux_death(test)[0], (5, "signal_2"): lambda test: linux_death(test)[0],
        (5, "si_code"): lambda test: linux_death(test)[1],
        (5, "error_code"): linux_error_code, (5, "rflags"): linux_rflags,
        (6, "rax"): linux_rax, (6, "areas"): linux_areas, (6, "reach"): linux_reach,
        (6, "written"): linux_written, (6, "remap"): linux_remap,
        (7, "exited"): linux_exited, (7, "killed"): linux_killed, (7, "lines"): linux_lines,
        (7, "frames"): linux_frames, (7, "wait"): linux_wait}
pytestmark = pytest.mark.skipif(not asked.IS_LINUX, reason="the host is no Linux on x86_64")


@pytest.mark.parametrize("number,key", HELD)
def test_linux_says_so(number, key):
    asked.hold(number, key, HELD[number, key])


@pytest.mark.parametrize("how", asked.table(5).ACCESSES)
def test_every_error_code(how):
    assert linux_error_code(how) == asked.table(5).ACCESSES[how][1]
