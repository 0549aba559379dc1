# SPDX-License-Identifier: MIT
"""Backtraces that cross the kernel's entries, and those of tasks that do not run.

A trap and a system call push a struct registers (arch/registers.h) and call a C function; where that
call returns to, rsp is at the struct.  So a frame whose place is behind such a call is unwound by
what was pushed: a backtrace goes on in whatever was interrupted, kernel or program.
"""
import gdb
from gdb.unwinder import Unwinder, register_unwinder

from structures import word

# From the first label up to the second one, calls have rsp at a struct registers.
ENTRIES = (("trap_from_user", "return_to_user"), ("trap_from_kernel", "trap_bad_iret"),
           ("trap_on_own_stack", "user_enter"), ("syscall_entry", None))
SYSCALL_ENTRY_SIZE = 0x100
RESTORED = ("rax rbx rcx rdx rsi rdi rbp rsp rip r8 r9 r10 r11 r12 r13 r14 r15").split()
PROGRAMS_END = 1 << 47
DEEPEST = 24
OUTERMOST = ("boot_entry_high", "test_main", "main", "start", "_start")


def address_of(name):
    """Of a label or function, or None where this kernel has none of that name."""
    try:
        return int(gdb.parse_and_eval(f"(unsigned long)&{name}"))
    except gdb.error:
        return None


class FrameId:
    def __init__(self, sp, pc):
        self.sp, self.pc = sp, pc


class EntryUnwinder(Unwinder):
    def __init__(self):
        super().__init__("strix-entries")
        self._ranges = None

    def ranges(self):
        if self._ranges is None:
            self._ranges = []
            for first, last in ENTRIES:
                start = address_of(first)
                if start is not None:
                    end = address_of(last) if last else start + SYSCALL_ENTRY_SIZE
                    self._ranges.append((start, end))
        return self._ranges

    def __call__(self, pending):
        pc = int(pending.read_register("rip")) % (1 << 64)
        if not any(start < pc <= end for start, end in self.ranges()):
            return None
        if bytes(gdb.selected_inferior().read_memory(pc - 5, 1)) != b"\xe8":  # behind a call
            return None
        rsp = int(pending.read_register("rsp")) % (1 << 64)
        pushed = gdb.Value(rsp).cast(gdb.lookup_type("struct registers").pointer()).dereference()
        info = pending.create_unwind_info(FrameId(gdb.Value(rsp), gdb.Value(pc)))
        for name in RESTORED:
            info.add_saved_register(name, pushed[name])
        return info


entries = EntryUnwinder()
register_unwinder(None, entries, replace=True)


def is_entry(frame):
    """Whether this frame is one of entry.S or syscall_entry.S, above whatever was interrupted."""
    return any(start < frame.pc() <= end for start, end in entries.ranges())


def is_program(frame):
    return frame.pc() < PROGRAMS_END


def frames():
    """The frames from the newest on; a stack that cannot be followed just ends."""
    try:
        frame = gdb.newest_frame()
        for _ in range(DEEPEST):
            if frame is None:
                return
            yield frame
            frame = frame.older()
    except gdb.error:
        return


def file_of(frame):
    """As the debug information says it, or ""."""
    place = frame.find_sal()
    return place.symtab.filename if place.symtab else ""


def line_of(sal):
    """Of several lines for one address the last: those before it are what is left of inlined functions."""
    lines = [entry.line for entry in sal.symtab.linetable() if entry.pc == sal.pc]
    return lines[-1] if lines else sal.line


def place(pc, name=None, behind_call=False):
    """`function at file:line`; behind_call: pc is where a call returns to."""
    sal = gdb.find_pc_line(pc - 1 if behind_call else pc)
    if not name:
        block = gdb.block_for_pc(pc - 1 if behind_call else pc)
        while block and not block.function:
            block = block.superblock
        name = block.function.name if block else None
    if not name:
        said = gdb.execute(f"info symbol {pc:#x}", to_string=True).split(" in section")[0]
        name = f"{pc:#x}" if said.startswith("No symbol") else said.replace(" + ", "+")
    return f"{name} at {sal.symtab.filename}:{line_of(sal)}" if sal.symtab else name


def backtrace():
    """Lines, the newest frame first; a program's frames say so."""
    lines = []
    for frame in frames():
        if not frame.pc():
            break
        sal, name = frame.find_sal(), frame.name()
        line = f"{name} at {sal.symtab.filename}:{line_of(sal)}" if name and sal.symtab \
            else place(frame.pc(), name)
        lines.append(line + (" (program)" if is_program(frame) else ""))
        if name in OUTERMOST or is_program(frame) and not name:
            break
    return lines


def sleeping_backtrace(saved_rsp):
    """Of a task that was switched away from: context_switch() pushed r15 ... rbp and its return."""
    lines, frame = [], word(saved_rsp + 40)  # rbp
    pc, previous = word(saved_rsp + 48), saved_rsp
    while pc and len(lines) < DEEPEST:
        lines.append(place(pc, behind_call=True))
        if frame & 7 or frame <= previous:
            break
        try:
            previous, (pc, frame) = frame, (word(frame + 8), word(frame))
        except gdb.MemoryError:
            break
    return lines
