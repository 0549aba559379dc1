# SPDX-License-Identifier: MIT
"""`strix failure`: go to where a test failed, in a rerun that is the same to the instruction.

grading/debug-test starts GDB on a machine that replays a recorded run, and says in the file that
STRIX_FAILURE names where to stop:
    kind       record (the report channel's record `number`), panic, limit (the guest's time is over, or
               the machine was reset), end (the machine is switched off), start, or instruction
    number     of the record or instruction
    legs       further ib700 values to arm when its time is over, for limits longer than its own
    program    the ELF file of the test's program, for its names
    select     the frame to show: test, program, caller, trap or newest
    leaked     what is in use that was not before, and `lists`, how many lists of counts there are: where it
               was allocated is told as well (leaks.py)
    output     a file: what there is to say of the failure goes there, as JSON, instead of to the terminal
"""
import json
import os

import gdb

import calls
import leaks
import strix_commands
import unwind

PASSED_ON = ("panic", "panic_at", "assert_failed", "exercise")  # who only says it for their callers


def wanted():
    with open(os.environ["STRIX_FAILURE"]) as file:
        return json.load(file)


class RecordStop(gdb.Breakpoint):
    """Stops where the kernel writes the record of a number."""

    def __init__(self, number):
        super().__init__("*report_record", gdb.BP_HARDWARE_BREAKPOINT, internal=True)
        self._number, self.silent = number, True
        self._at = int(gdb.parse_and_eval("&'report.c'::sequence"))

    def stop(self):
        raw = gdb.selected_inferior().read_memory(self._at, 8)
        return int.from_bytes(bytes(raw), "little") == self._number


def breakpoints(stop):
    """Set for a kind of stop."""
    if stop["kind"] == "record":
        return [RecordStop(stop["number"])]
    names = {"panic": ("panic", "panic_at"), "end": ("machine_power_off",), "start": ("kmain",)}
    found = [gdb.Breakpoint(f"*{name}", gdb.BP_HARDWARE_BREAKPOINT, internal=True)
             for name in names.get(stop["kind"], ()) if unwind.address_of(name) is not None]
    for breakpoint in found:
        breakpoint.silent = True
    return found


def run_to(stop):
    """Whether the place was reached; the machine stands still then."""
    signals = []

    def note(event):
        signals.append(event.stop_signal if isinstance(event, gdb.SignalEvent) else None)
    gdb.events.stop.connect(note)
    set_here, legs = breakpoints(stop), list(stop.get("legs", ()))
    try:
        if stop["kind"] == "instruction":
            gdb.execute(f"monitor replay_break {stop['number']}", to_string=True)
        gdb.execute("continue", to_string=True)
        while signals and signals[-1] == "SIGALRM" and legs:
            gdb.execute(f"monitor o /b 0x443 {legs.pop(0):#x}", to_string=True)
            gdb.execute("continue", to_string=True)
    except gdb.error:
        return False
    finally:
        gdb.events.stop.disconnect(note)
        for breakpoint in set_here:
            if breakpoint.is_valid():
                breakpoint.delete()
    return bool(signals) and gdb.selected_inferior().pid != 0


# ---- which frame to show

def is_test(frame):
    name = unwind.file_of(frame)
    return "/ktest/" in name or "/tests/" in name


def below_entry(found):
    """The frame that a trap interrupted."""
    for frame, older in zip(found, found[1:]):
        if unwind.is_entry(frame):
            return older
    return None


def chosen(how):
    found = list(unwind.frames())
    if how == "program":
        return next((f for f in found if unwind.is_program(f)), None)
    if how == "test":
        return next((f for f in found if is_test(f)), None)
    if how == "caller":
        if found and found[0].name() == "panic_at":
            return below_entry(found)
        return next((f for f in found if f.name() not in PASSED_ON), None)
    return None


def instruction_count():
    """Of the replayed machine, or None."""
    said = gdb.execute("monitor info replay", to_string=True)
    return int(said.rsplit("=", 1)[1]) if "=" in said else None


def load_program(path):
    if path and os.path.exists(path):
        try:
            gdb.execute(f"strix program {path}", to_string=True)
        except (gdb.error, gdb.GdbError):
            pass


def tasks():
    """[{name, backtrace, calls}] of all tasks but the one that runs."""
    found = []
    try:
        running = int(strix_commands.current())
        for process in strix_commands.processes():
            for task in strix_commands.walk_list(process["tasks"], "struct task", "process_link"):
                if int(task.address) != running and int(process["state"]) == 0:
                    found.append({"name": f"{int(task['tid'])} {task['name'].string()}",
                                  "backtrace": unwind.sleeping_backtrace(int(task["saved_rsp"])),
                                  "calls": calls.calls(task)})
    except (gdb.error, gdb.GdbError, StopIteration):
        pass
    return found


def running_calls():
    try:
        task = strix_commands.current()
        return calls.calls(task.dereference()) if int(task) else []
    except (gdb.error, gdb.GdbError):
        return []


def allocations(stop):
    """Where what was left behind was allocated, as lines; the machine has gone on to there."""
    if not stop.get("leaked"):
        return []
    watch = leaks.Watch(stop["leaked"])
    try:
        watch.run(stop["lists"])
    except gdb.error:
        return []
    return watch.lines()


def account(reached, allocated):
    return {"reached": reached, "allocated": allocated, "instruction": instruction_count() if reached else None,
            "backtrace": unwind.backtrace() if reached else [],
            "calls": running_calls() if reached else [], "tasks": tasks() if reached else []}


class Failure(gdb.Command):
    """Goes to where the test failed and shows the place: strix failure."""

    def __init__(self):
        super().__init__("strix failure", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        if not os.environ.get("STRIX_FAILURE"):
            raise gdb.GdbError("`make debug-test CH=N TEST=NAME` knows of a failure")
        stop = wanted()
        allocated = allocations(stop)
        reached = run_to(stop)
        if reached and stop["kind"] != "start":
            load_program(stop.get("program"))
        frame = chosen(stop["select"]) if reached else None
        if stop.get("output"):
            with open(stop["output"], "w") as file:
                json.dump(account(reached, allocated), file)
            return
        if not reached:
            print("The machine ended before that place: nothing is left to look at.")
            return
        if frame:
            frame.select()
        print("".join(f"left behind: {line}\n" for line in allocated), end="")
        print(f"At instruction {instruction_count()}: {stop['title']}")
        gdb.execute("frame")


def end_machine(event):
    """With GDB: left alone it would run on, for nobody."""
    try:
        gdb.execute("kill", to_string=True)
    except gdb.error:
        pass


gdb.events.gdb_exiting.connect(end_machine)
Failure()
