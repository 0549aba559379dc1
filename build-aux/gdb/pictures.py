# SPDX-License-Identifier: MIT
"""What the lessons' pictures show, read from a running kernel: `strix picture KIND FILE` writes it as JSON.

build-aux/draw-pictures starts GDB on a machine that replays a recorded test, so that breakpoints and steps
change nothing, and draws what comes out.  Each function here begins at the kernel's entry.
"""
import json

import gdb

import failure
import strix_commands as strix

SWITCHES = 45  # of the timeline: some ten time slices
SHOWN_STEPS = 5000  # a system call that takes longer is no picture
BRK = 12


def run_to(place):
    stop = gdb.Breakpoint(place, gdb.BP_HARDWARE_BREAKPOINT, internal=True, temporary=True)
    stop.silent = True
    gdb.execute("continue", to_string=True)


def physical(address):
    """The word at a physical address."""
    raw = gdb.selected_inferior().read_memory(strix.DIRECT_MAP + address, 8)
    return int.from_bytes(bytes(raw), "little")


def path(root, address):
    """[{level, table, index, entry, present}] from the root to the leaf; `present`: entries of that table."""
    steps, table = [], root
    for level in (4, 3, 2, 1):
        index = address >> (12 + 9 * (level - 1)) & 511
        entry = physical(table + 8 * index)
        steps.append({"level": level, "table": table, "index": index, "entry": entry,
                      "present": sum(physical(table + 8 * i) & 1 for i in range(512))})
        if not entry & 1 or level == 1 or entry >> 7 & 1:
            return steps
        table = entry & 0x000ffffffffff000
    return steps


def page_tables():
    run_to("frames_init_high")
    root = int(gdb.parse_and_eval("$cr3")) & ~0xfff
    kmain = int(gdb.parse_and_eval("(unsigned long)&kmain"))
    alias = kmain - 0xffffffff80000000 + strix.DIRECT_MAP
    return [{"name": name, "address": address, "path": path(root, address)}
            for name, address in (("kmain, in the image's window", kmain), ("the same bytes, in the direct map", alias),
                                  ("1 MiB further on", alias + 0x100000))]


def heap():
    """The slab in which the test's object 5 was freed twice."""
    run_to("panic")
    gdb.execute("frame function slab_double_free", to_string=True)
    cache = gdb.parse_and_eval("things")
    kept = [int(gdb.parse_and_eval(f"(unsigned long)kept[{i}]")) for i in range(8)]
    base, stride = kept[0] & ~0xfff, int(cache["stride"])
    frame = gdb.parse_and_eval("frame_table")[(base - strix.DIRECT_MAP) >> 12]
    cipher = int(gdb.parse_and_eval("link_cipher"))
    free, at = [], int(frame["free"])
    while at and len(free) < 64:
        free.append((at - base) // stride)
        at = physical(at - strix.DIRECT_MAP) ^ cipher ^ at
    return {"cache": strix.text(cache["name"]), "stride": stride, "objects": int(cache["per_slab"]), "address": base,
            "used": int(frame["used"]), "fresh": int(frame["fresh"]), "free": free,
            "slabs": int(cache["slabs"])}


def symbol_at(address):
    """The function, or the label of the assembly, that an address is in."""
    said = gdb.execute(f"info symbol {address}", to_string=True)
    return said.split()[0]


def system_call():
    """brk(0): [{function, instructions}] from SYSCALL in the program to the instruction behind it."""
    entry = gdb.Breakpoint("*syscall_entry", gdb.BP_HARDWARE_BREAKPOINT, internal=True)
    entry.silent = True
    gdb.execute("continue", to_string=True)
    while int(gdb.parse_and_eval("$rax")) != BRK:
        gdb.execute("continue", to_string=True)
    entry.delete()
    back, at, steps = int(gdb.parse_and_eval("$rcx")), int(gdb.parse_and_eval("$pc")), []
    while at != back and len(steps) < SHOWN_STEPS:
        name = symbol_at(at)
        if not steps or steps[-1]["function"] != name:
            steps.append({"function": name, "instructions": 0})
        steps[-1]["instructions"] += 1
        gdb.execute("stepi", to_string=True)
        at = int(gdb.parse_and_eval("$pc"))
    return steps


def timeline():
    """[{at, tid, state}]: who comes in, at which instruction, and what became of who went."""
    stop = gdb.Breakpoint("*context_switch", gdb.BP_HARDWARE_BREAKPOINT, internal=True)
    stop.silent = True
    found = []
    while len(found) < SWITCHES:
        gdb.execute("continue", to_string=True)
        if gdb.selected_inferior().pid == 0 or failure.instruction_count() is None:
            break
        went = gdb.Value(int(gdb.parse_and_eval("$rdx"))).cast(gdb.lookup_type("struct task").pointer())
        came = strix.current()
        found.append({"at": failure.instruction_count(), "tid": int(came["tid"]), "went": int(went["tid"]),
                      "state": strix.STATES.get(int(went["state"]), "?")})
    return found


KINDS = {function.__name__: function for function in (page_tables, heap, system_call, timeline)}


class Picture(gdb.Command):
    """Writes what a picture shows: strix picture KIND FILE."""

    def __init__(self):
        super().__init__("strix picture", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        kind, file = argument.split()
        with open(file, "w") as output:
            json.dump(KINDS[kind](), output)


Picture()
