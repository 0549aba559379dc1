# SPDX-License-Identifier: MIT
"""Runs one test on one kernel and says what came of it.

The guest reports observations; what is right is known here.  A verdict is the first that fits:
    INFRA      the machine under the machine failed: no score at all
    BUILD      there is no kernel, or no test program
    NOT-WRITTEN a function of the exercise was called that the student has not written yet
    BOOT       the kernel died before it did anything of the test
    PANIC, TRIPLE-FAULT, HANG, FLOOD    as strix.machine tells them
    PROTOCOL   the report channel is damaged
    USER-FAULT the test's program was killed by a fault that it should have survived
    NO-RESULT  an orderly end without the record that says so
    WRONG      an observation differs
    LEAK       all are right, but something is in use that was not before the test (counts.py)
    LIMIT      the same, but it took much longer than it does on the tree's kernel
    PASS
"""
import difflib
import os
import re
import sys
from collections import namedtuple

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import counts  # noqa: E402
import course  # noqa: E402
from strix import cpio, guest, machine, records, symbols  # noqa: E402

Result = namedtuple("Result", "verdict expected happened console")
SEED = 1
PHASE = 1250137  # nanoseconds: about an eighth of a slice, and no round number
GUEST_LIMIT = 4  # seconds: four thousand million instructions
SHORT_LIMIT = 2  # for tests that are known to need much less; a hang costs the host less then
INFRA_TRIES = 3
NAMES = {4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL",
         11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM"}
FAULT = re.compile(rb".*\]: .* at (0x[0-9a-f]+|0) ip (0x[0-9a-f]+|0) .*"
                   rb"signal (\d+) code (-?\d+)")
STACKS = 0x7f0000000000  # addresses from here on are the stack's, which may lie anywhere


# ---- what is booted

def small_archive(files):
    """An initramfs with nothing but directories and {path: (bytes, mode)}."""
    writer = cpio.Writer()
    for directory in ("dev", "proc", "tmp", "sys"):
        writer.add(directory, 0o041777 if directory == "tmp" else 0o040755)
    writer.add_device("dev/console", 5, 1, 0o600)
    writer.add_device("dev/null", 1, 3)
    for path, (content, mode) in sorted(files.items()):
        writer.add_file(path, content, mode)
    return writer.bytes()


def program_archive(test, flat, runner, linux=False):
    """(archive, words for the command line) that start the test's program as its chapter does."""
    with open(test.built(".flat" if flat else ".elf"), "rb") as file:
        files = {test.name: (file.read(), 0o755)}
    files.update(test.wish("files", {}))
    base = small_archive(files)
    if not runner:
        return base, f"init=/{test.name}"
    path = f"/{test.name}"
    arguments = [test.name]
    if linux and test.kind == "image":  # Linux tells of faults to a tracer only
        with open(f"{course.BUILD}/strix-siginfo", "rb") as file:
            files["siginfo"] = (file.read(), 0o755)
        base, path, arguments = small_archive(files), "/siginfo", ["siginfo", path]
    target = guest.Guest(base, f"{course.BUILD}/strix-runner")
    target.descriptors["report"] = "/dev/ttyS1" if linux else "/dev/report"
    target.descriptors["out"] = target.descriptors["err"] = "/dev/null"
    target.status = "/dev/ttyS1" if linux else "/dev/report-exit"
    target.counts = None if linux else "/dev/report-counts"
    return target.archive(path, arguments), "init=/strix-runner"


def guest_limit(test):
    most = counts.limit(test)
    return SHORT_LIMIT if most and most < SHORT_LIMIT * 10**9 // 2 else GUEST_LIMIT


def boot(test, kernel, kernel_chapter, seed, phase=0, make=machine.Machine):
    """The Machine for a test on a kernel that has the chapters up to kernel_chapter."""
    words = ["panic=exit", "counts", f"seed={seed}"]
    target = make(kernel, icount=0, run_number=0x5eed + seed,
                  guest_limit=test.wish("limit", guest_limit(test)))
    if test.kind in ("kernel", "outside"):  # without such a test the kernel just ends
        words.append(f"test={test.name}")
    elif test.kind in ("image", "program"):
        target.initrd, init = program_archive(test, kernel_chapter <= course.LAST_BARE,
                                              kernel_chapter >= course.FIRST_FILES)
        words.append(init)
    if phase:
        words.append(f"tick={phase * PHASE}")
    if hasattr(test.module, "look"):
        names = symbols.Symbols(kernel)
        target.inspect = lambda monitor: test.module.look(monitor, names)
    for name, value in test.wish("options", {}).items():
        setattr(target, name, value)
    target.append = " ".join([*words, test.wish("append", "")])
    return target


# ---- what was observed

def ending(status):
    """How a program ended, as a line."""
    if status is None:
        return "(no exit record)"
    if status & 0x7f:
        return f"(killed by {NAMES.get(status & 0x7f, status & 0x7f)})"
    return f"(exit status {status >> 8})"


def fault_line(payload):
    """Signal, code and address of a fault; addresses that the compiler or chance decides by name."""
    match = FAULT.match(payload)
    if not match:
        return "fault: " + payload.decode("utf-8", "replace")
    address, ip, number, code = (int(text, 0) for text in match.groups())
    place = f"address {address:#x}"
    if STACKS <= address < 1 << 47:
        place = "on the stack"
    elif address == ip:
        place = "at the instruction"
    return f"fault: {NAMES.get(number, number)} code {code} {place}"


def said(test, found):
    """An image's lines, in the words of tests/NAME.py where it has some: a death is all that it can report."""
    return test.wish("said", lambda same: same)(found)


def program_lines(text, status):
    """Observations without what probe() leaves: empty lines, and bytes of untouched pages."""
    return [line for line in text.replace("\0", "").split("\n") if line] + [ending(status)]


def lines(test, run):
    """The test's observations in this run; the last line of each kind tells that it ended."""
    if hasattr(test.module, "observed"):
        return test.module.observed(run)
    if test.kind == "kernel":
        return [payload.decode("utf-8", "replace")
                for payload in records.payloads(run.records, "test")]
    if test.kind == "image":
        faults = [fault_line(payload) for payload in records.payloads(run.records, "fault")]
        return said(test, faults + [ending(run.wait_status)])
    if test.kind == "program":
        return program_lines(run.data.decode("utf-8", "replace"), run.wait_status)
    return run.looked or []


def has_ended(test, run):
    if test.kind == "kernel":
        return bool(records.payloads(run.records, "end"))
    return test.kind == "outside" or run.wait_status is not None


# ---- the verdict

EXTRA_LINES = 100  # that are looked at beyond the number of the expected ones


def differences(expected, happened):
    """Pairs of lines that differ: lines `key=value` of one place by their values; what only one side has is
    (missing), or stands beside (nothing).  Places are found by the keys in their order."""
    def keys(lines):
        return [line.split("=", 1)[0] if "=" in line else line for line in lines]
    happened = happened[:len(expected) + EXTRA_LINES]
    if keys(expected) == keys(happened):
        return [(e, h) for e, h in zip(expected, happened) if e != h]
    found = []
    matched = difflib.SequenceMatcher(None, keys(expected), keys(happened), autojunk=False)
    for what, e, e_end, h, h_end in matched.get_opcodes():
        if what == "equal":
            found += [pair for pair in zip(expected[e:e_end], happened[h:h_end]) if pair[0] != pair[1]]
        else:
            found += [(line, "(missing)") for line in expected[e:e_end]]
            found += [("(nothing)", line) for line in happened[h:h_end]]
    return found


def compare(test, run, seed):
    expected = test.expected(seed)
    if expected is None:
        return Result("INFRA", "", f"no expected lines: {test.path('.key')} is missing", "")
    happened = lines(test, run)
    found = differences(expected, happened) if expected != happened else []
    if not found:
        return Result(*(counts.complaint(test, run) or ("PASS", "", "")), "")
    verdict = "WRONG"
    faults = records.payloads(run.records, "fault")
    if test.kind == "program" and faults and run.wait_status and run.wait_status & 0x7f:
        verdict = "USER-FAULT"
        found = [(expected[-1], fault_line(faults[-1]))] + found
    return Result(verdict, "\n".join(e for e, _ in found), "\n".join(h for _, h in found), "")


def not_written(run, console):
    """The name that a skeleton's exercise() panicked with, or None."""
    found = re.search(r"^(?:.*PANIC: )?not written: (\w+)", f"{run.detail}\n{console}", re.M)
    return found and found[1]


def judge(test, run, seed):
    console = run.text("console")
    missing = not_written(run, console) if run.verdict != "OFF" else None
    if missing:
        return Result("NOT-WRITTEN", f"{missing} is written", f"{missing} was called", "")
    unwanted = run.verdict != "OFF" and run.verdict not in test.wish("ends", ())
    silent = not run.records and (test.kind == "kernel" or not console)
    if unwanted and run.verdict in ("TRIPLE-FAULT", "HANG") and silent:
        return Result("BOOT", "a sign of life", f"{run.verdict}: {run.detail}", console)
    if unwanted:
        callers = [f"from {place}" for place in run.backtrace]
        return Result(run.verdict, "an orderly end", "\n".join([run.detail, *callers]), console)
    if run.damage:
        return Result("PROTOCOL", "whole records on the report channel", run.damage, console)
    if run.verdict == "OFF" and not has_ended(test, run):
        return Result("NO-RESULT", "a record that the test has ended",
                      f"only {[record.kind for record in run.records]}", console)
    return compare(test, run, seed)._replace(console=console)


def grade_once(test, kernel, kernel_chapter, seed, phase):
    for _ in range(INFRA_TRIES):
        try:
            result = judge(test, boot(test, kernel, kernel_chapter, seed, phase).run(), seed)
        except OSError as error:  # no QEMU, no room on the disk
            result = Result("INFRA", "a machine to run on", f"the host: {error}", "")
        if result.verdict != "INFRA":
            break
    return result


def missing(test, kernel):
    """A Result when there is nothing to run, or None."""
    if not os.path.exists(kernel):
        return Result("BUILD", "a kernel", f"{os.path.basename(kernel)} was not linked", "")
    if test.kind in ("image", "program") and not os.path.exists(test.built(".elf")):
        return Result("BUILD", "a test program", f"{test.name} was not built", "")
    return None


def grade(test, kernel, kernel_chapter, seed=SEED):
    nothing = missing(test, kernel)
    if nothing:
        return nothing
    for phase in range(test.wish("phases", 1)):
        result = grade_once(test, kernel, kernel_chapter, seed, phase)
        if result.verdict != "PASS":
            break
    if phase and result.verdict != "PASS":
        return result._replace(happened=f"{result.happened}\n(first tick {phase * PHASE} ns early)")
    return result
