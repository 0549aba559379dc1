# SPDX-License-Identifier: MIT
"""GDB's view of a Strix kernel: the commands `strix tasks`, `stacks`, `calls`, `areas`, `walk`, `files`,
`heap`, `log`, `program`; and `strix failure` (failure.py).  Backtraces cross the entries (unwind.py).

Everything is read from the kernel's own structures through its debug information, so nothing here
needs the kernel's help: it works on a hung or panicked one too.  What a chapter's kernel does not
have yet is said, not guessed.
"""
import os

import gdb

import calls
import unwind
from structures import DIRECT_MAP, container, tree_nodes, walk_list

PAGE = 4096
ENTRY_BITS = ((0, "present"), (1, "write"), (2, "user"), (5, "accessed"), (6, "dirty"),
              (7, "large"), (8, "global"), (63, "nx"))
LEVELS = {4: "PML4", 3: "PDPT", 2: "PD", 1: "PT"}
AREA_FLAGS = ((1, "r"), (2, "w"), (4, "x"), (8, "s"))
STATES = {0: "running", 1: "uninterruptible", 2: "killable", 4: "sleeping", 8: "stopped",
          0x80: "dead"}


def symbol(name):
    """The value of a global or static, or an error that says what is missing."""
    try:
        return gdb.parse_and_eval(name)
    except gdb.error:
        raise gdb.GdbError(f"this kernel has no {name} (its chapter does not link it yet)")


def static(name, file):
    return symbol(f"'{file}'::{name}")


def text(value):
    return value.string(errors="replace")


def processes():
    return walk_list(symbol("all_processes"), "struct process", "all_link")


def process_by_argument(argument):
    """The process named by a PID argument, or the current task's."""
    if argument.strip():
        pid = int(gdb.parse_and_eval(argument))
        for process in processes():
            if int(process["pid"]["number"]) == pid:
                return process
        raise gdb.GdbError(f"no process {pid}")
    task = current()
    if not int(task) or not int(task["process"]):
        raise gdb.GdbError("the processor runs no process: give a PID")
    return task["process"].dereference()


def current():
    return symbol("boot_cpu")["current"]


class Strix(gdb.Command):
    """What the Strix kernel is doing: strix tasks|stacks|calls|areas|walk|files|heap|log|program."""

    def __init__(self):
        super().__init__("strix", gdb.COMMAND_DATA, gdb.COMPLETE_NONE, True)


class Tasks(gdb.Command):
    """Every process and its tasks, with state and where each waits: strix tasks."""

    def __init__(self):
        super().__init__("strix tasks", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        running = int(current())
        print(f"{'PID':>6} {'PPID':>6} {'STATE':<16} NAME")
        for process in processes():
            parent = process["parent"]
            ppid = int(parent["pid"]["number"]) if int(parent) else 0
            for task in walk_list(process["tasks"], "struct task", "process_link"):
                state = STATES.get(int(task["state"]), hex(int(task["state"])))
                if int(process["state"]) != 0:
                    state = "zombie"
                mark = "*" if int(task.address) == running else " "
                print(f"{int(task['tid']):>6} {ppid:>6} {state:<16}{mark}{text(task['name'])}")


class Stacks(gdb.Command):
    """Where each task that does not run went to sleep: strix stacks."""

    def __init__(self):
        super().__init__("strix stacks", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        running = int(current())
        for process in processes():
            for task in walk_list(process["tasks"], "struct task", "process_link"):
                if int(task.address) == running or int(process["state"]) != 0:
                    continue
                print(f"{int(task['tid'])} {text(task['name'])}")
                for line in unwind.sleeping_backtrace(int(task["saved_rsp"])):
                    print(f"    {line}")


class Calls(gdb.Command):
    """The last system calls of a task (default: the running one), oldest first: strix calls [PID]."""

    def __init__(self):
        super().__init__("strix calls", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        task = process_by_argument(argument)["leader"] if argument.strip() else current()
        if not int(task):
            raise gdb.GdbError("the processor runs no task")
        print("\n".join(calls.calls(task.dereference())) or "none so far")


class Areas(gdb.Command):
    """The memory areas of a process (default: the running one): strix areas [PID]."""

    def __init__(self):
        super().__init__("strix areas", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        space = process_by_argument(argument)["leader"]["space"]
        if not int(space):
            raise gdb.GdbError("it has no address space (a zombie or kernel task)")
        for node in tree_nodes(space["areas"]["root"]):
            area = container(node, "struct area", "node")
            flags = int(area["flags"])
            rights = "".join(name if flags & bit else "-" for bit, name in AREA_FLAGS)
            backing = f"cache {int(area['cache']):#x}+{int(area['offset']):#x}" \
                if int(area["cache"]) else "anonymous"
            print(f"{int(area['start']):016x}-{int(area['end']):016x} {rights} {backing}")


def entry_text(entry):
    return " ".join(name for bit, name in ENTRY_BITS if entry >> bit & 1)


class Walk(gdb.Command):
    """The page-table path of an address in the tables now loaded: strix walk ADDRESS."""

    def __init__(self):
        super().__init__("strix walk", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        if not argument.strip():
            raise gdb.GdbError("strix walk ADDRESS")
        value = gdb.parse_and_eval(argument)
        if value.type.code == gdb.TYPE_CODE_FUNC:
            value = value.address
        address = int(value) & 0xffffffffffffffff
        table = int(gdb.parse_and_eval("$cr3")) & 0x000ffffffffff000
        inferior = gdb.selected_inferior()
        for level in (4, 3, 2, 1):
            index = address >> (12 + 9 * (level - 1)) & 511
            raw = inferior.read_memory(DIRECT_MAP + table + 8 * index, 8)
            entry = int.from_bytes(bytes(raw), "little")
            print(f"{LEVELS[level]:<4} [{index:3}] at {table + 8 * index:#014x}: "
                  f"{entry:#018x}  {entry_text(entry)}")
            if not entry & 1:
                print("not mapped")
                return
            table = entry & 0x000ffffffffff000
            if level == 1 or entry & 0x80:
                size = 1 << (12 + 9 * (level - 1))
                table &= ~(size - 1)
                print(f"physical {table + (address & (size - 1)):#x}, page of {size // 1024} KiB")
                return


class Files(gdb.Command):
    """The open descriptors of a process (default: the running one): strix files [PID]."""

    def __init__(self):
        super().__init__("strix files", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        files = process_by_argument(argument)["leader"]["files"]
        if not int(files):
            raise gdb.GdbError("it has no descriptor table")
        for fd in range(int(files["capacity"])):
            file = files["slots"][fd]
            if int(file) > 1:
                name = text(file["path"]["dentry"]["name"])
                print(f"{fd:>4} flags {int(file['flags']):#o} position {int(file['position'])} "
                      f"count {int(file['count'])} {name}")


class Heap(gdb.Command):
    """Every slab cache: objects in use, slabs, allocations since boot: strix heap."""

    def __init__(self):
        super().__init__("strix heap", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        print(f"{'CACHE':<20} {'SIZE':>6} {'USED':>8} {'SLABS':>7} {'ALLOCATED':>12}")
        for cache in walk_list(static("caches", "slab.c"), "struct slab_cache", "link"):
            print(f"{text(cache['name']):<20} {int(cache['size']):>6} {int(cache['used']):>8} "
                  f"{int(cache['slabs']):>7} {int(cache['allocations']):>12}")


class Log(gdb.Command):
    """The kernel's log ring, oldest line first: strix log."""

    def __init__(self):
        super().__init__("strix log", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        ring, end = static("ring", "log.c"), int(static("ring_end", "log.c"))
        size = ring.type.range()[1] + 1
        raw = bytes(gdb.selected_inferior().read_memory(int(ring.address), size))
        content = raw[:end] if end <= size else raw[end % size:] + raw[:end % size]
        print(content.decode(errors="replace"), end="")


class Program(gdb.Command):
    """Loads a user program's symbols where it is mapped: strix program FILE.

    FILE is the program's ELF file on this machine (static programs: as linked; static-PIE: at the
    address of its first area)."""

    def __init__(self):
        super().__init__("strix program", gdb.COMMAND_DATA, gdb.COMPLETE_FILENAME)

    def invoke(self, argument, from_tty):
        path = os.path.expanduser(argument.strip())
        if not os.path.exists(path):
            raise gdb.GdbError("strix program FILE: the program's ELF file on this machine")
        with open(path, "rb") as file:
            header = file.read(18)
        if header[:4] != b"\x7fELF":
            raise gdb.GdbError(f"{path} is no ELF file")
        if header[16] == 3:  # ET_DYN
            space = process_by_argument("")["leader"]["space"]
            node = next(tree_nodes(space["areas"]["root"]))
            base = int(container(node, "struct area", "node")["start"])
            gdb.execute(f"add-symbol-file {path} -o {base:#x}", to_string=True)
        else:
            gdb.execute(f"add-symbol-file {path} -o 0", to_string=True)
        print(f"symbols of {path} loaded")


for command in (Strix, Tasks, Stacks, Calls, Areas, Walk, Files, Heap, Log, Program):
    command()
