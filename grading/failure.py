# SPDX-License-Identifier: MIT
"""Where a test failed, as a place at which a rerun that is the same to the instruction can be stopped.

    recorded(test, ...)   runs the test once more, recording it: what came of it, and the log
    stop(recording)       the place: what build-aux/gdb/failure.py goes to
    under_gdb(recording)  the same run again under GDB
"""
import json
import os
import shutil
import sys
from collections import namedtuple

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import counts  # noqa: E402
import course  # noqa: E402
import judge  # noqa: E402
from strix import records, replay  # noqa: E402

# `run` and `result` of the first phase that fails, `log`: QEMU's, `count`: instructions where known.
Recording = namedtuple("Recording", "test kernel last seed phase run result log count")
PACKAGE = "gdb"
AT_END = {"kind": "end", "select": "newest", "title": "the machine is switched off"}


def debugger():
    """The GDB to use, or None."""
    return shutil.which((os.environ.get("GDB") or "gdb").split()[0])


def recorded(test, kernel, last, seed, directory):
    """The Recording of a test; of the first phase that does not pass, or of the last one."""
    log = f"{directory}/recorded"
    for phase in range(test.wish("phases", 1)):
        target = judge.boot(test, kernel, last, seed, phase, replay.Recorded)
        target.log = log
        run = target.run()
        result = judge.judge(test, run, seed)
        if result.verdict != "PASS":
            break
    return Recording(test, kernel, last, seed, phase, run, result, log, target.count)


# ---- which record

def _numbers(run, kind):
    return [number for number, record in enumerate(run.records) if record.kind == kind]


def _carrier_of_line(run, index):
    """The number of the `data` record in which the index-th line (empty ones do not count) ends."""
    seen, rest = 0, ""
    for number in _numbers(run, "data"):
        rest += run.records[number].payload.decode("utf-8", "replace").replace("\0", "")
        *whole, rest = rest.split("\n")
        seen += sum(1 for line in whole if line)
        if seen > index:
            return number
    return None


def first_difference(expected, happened):
    """The index of the first line of `happened` that is not as expected."""
    for index, (wanted, line) in enumerate(zip(expected, happened)):
        if wanted != line:
            return index
    return min(len(expected), len(happened))


def _wrong_record(recording):
    """The number of the record that holds the first line that is not right, or None."""
    test, run = recording.test, recording.run
    if hasattr(test.module, "observed"):
        return None
    expected, happened = test.expected(recording.seed) or [], judge.lines(test, run)
    index = first_difference(expected, happened)
    if test.kind == "program":
        found = _carrier_of_line(run, index)
        return found if found is not None else next(iter(_numbers(run, "exit")), None)
    kind = {"kernel": "test", "image": "fault"}.get(test.kind)
    numbers = _numbers(run, kind) if kind else []
    return numbers[index] if index < len(numbers) else None


# ---- the place

def _record(number, select, title):
    return {"kind": "record", "number": number, "select": select, "title": title}


def _panic(run):
    return {"kind": "panic", "select": "caller", "title": f"panic: {run.detail}" if run.detail else "panic"}


def stop(recording):
    """The place of the failure."""
    run, verdict, test = recording.run, recording.result.verdict, recording.test
    if _numbers(run, "panic"):
        return _panic(run)
    if run.verdict == "HANG":
        return {"kind": "limit", "select": "newest", "title": f"hangs: {run.detail}",
                "legs": replay.legs(test.wish("limit", judge.guest_limit(test)))}
    if run.verdict in ("TRIPLE-FAULT", "RESTART"):
        return {"kind": "limit", "select": "newest", "legs": [],
                "title": f"{run.verdict.lower()} {run.detail}".strip()}
    if run.verdict == "FLOOD" and recording.count:
        return {"kind": "instruction", "number": recording.count, "select": "test",
                "title": f"about here {run.detail}"}
    if verdict == "USER-FAULT":
        return _record(_numbers(run, "fault")[-1], "program", "the program's fault")
    if verdict == "PROTOCOL":
        return _record(len(run.records), "newest", run.damage)
    if verdict == "WRONG":
        number = _wrong_record(recording)
        if number is not None:
            return _record(number, "test", "the first line that is not right is about to be reported")
    if verdict == "LEAK":
        return {**AT_END, "lists": len(counts.lists(run)),
                "leaked": [line.rpartition(" ")[0] for line in recording.result.expected.split("\n")]}
    if verdict == "PASS":
        return {"kind": "start", "select": "newest", "title": "the test passes; this is the kernel's entry"}
    return dict(AT_END)


def wished(wish):
    """The place that STOP=K or STOP=start names."""
    if wish.isdecimal():
        return {"kind": "instruction", "number": int(wish), "select": "newest",
                "title": "as STOP says"}
    return {"kind": "start", "select": "newest", "title": "the kernel's entry"}


# ---- GDB on the rerun

SETTINGS = ("set confirm off", "set pagination off", "set style enabled off",
            "set breakpoint pending off", "set debuginfod enabled off")


def _script(recording, directory, leave):
    """The file of commands that GDB starts with."""
    path = f"{directory}/start.gdb"
    lines = [*SETTINGS[:2], *(SETTINGS[2:3] if leave else ()), *SETTINGS[3:],
             f"directory {course.BUILD}:{course.SOURCE}", "python",
             "import sys; sys.dont_write_bytecode = True",
             f"sys.path.insert(0, {course.SOURCE + '/build-aux/gdb'!r})",
             "import gdb, strix_commands, failure", f"gdb.execute('file ' + {recording.kernel!r})", "end",
             "target remote @SOCKET@", "strix failure", *(["kill"] if leave else [])]
    return path, lines


def under_gdb(recording, place, directory, output=None):
    """Runs GDB at `place`.  `output`: it writes its account there (JSON) and leaves; else it has the
    terminal.  The exit status of GDB."""
    place = dict(place, output=output)
    if recording.test.kind in ("image", "program"):
        place["program"] = recording.test.built(".elf")
    with open(f"{directory}/failure.json", "w") as file:
        json.dump(place, file)
    target = judge.boot(recording.test, recording.kernel, recording.last, recording.seed, recording.phase,
                        replay.Replayed)
    target.log, target.inspect = recording.log, None
    target.gdb_environment = {"STRIX_FAILURE": f"{directory}/failure.json"}
    path, lines = _script(recording, directory, output)
    target.debugger = [debugger(), "-q", "-nx", *(["-batch"] if output else []),
                       *[word for line in _inline(path, lines) for word in line]]
    if not output:
        return target.run()
    with open(f"{directory}/said", "w") as said:
        target.gdb_output = said
        return target.run()


def _inline(path, lines):
    """The commands before the connection in a file; those that name the socket as arguments."""
    at = lines.index("target remote @SOCKET@")
    with open(path, "w") as file:
        file.write("\n".join(lines[:at]) + "\n")
    yield "-x", path
    for line in lines[at:]:
        yield "-ex", line
