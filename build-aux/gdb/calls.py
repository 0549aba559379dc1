# SPDX-License-Identifier: MIT
"""The last system calls of a task, from the ring that the kernel keeps of them (task->trace), with
the names that the kernel itself has for their arguments (syscall/description.h).

Numbers are as they were; what a pointer points to is read now, though the memory may have been used again.
So text is shown of a call that has not finished, and of others where it must still be what it was: in
memory that the program may not write to (its constants), and that no later call has mapped anew.
"""
import gdb

import structures

UNFINISHED = -5000 % (1 << 64)
NONE, INT, LONG, UNSIGNED, HEX, DIRECTORY, MODE, SIGNAL, NAMED, STRING, STRINGS, OBJECT = range(12)
WAY_IN = 1
TEXT_MAX = 32
PAGE = 4096
ERROR_MAX = 4095
NEW_PROGRAM = ("execve", "execveat")
# calls that map memory anew or change its rights: the indexes of (address, length) among their arguments
REMAPPED = {"mmap": ((0, 1),), "munmap": ((0, 1),), "mprotect": ((0, 1),), "madvise": ((0, 1),),
            "mremap": ((0, 1), (4, 2))}


def table(name, file):
    """A static array of the kernel's that this kernel may lack."""
    try:
        return gdb.parse_and_eval(f"'{file}'::{name}")
    except gdb.error:
        return None


def name_from(name, number):
    names = table(name, "names.c")
    if names is None or not 0 < number <= names.type.range()[1] or not int(names[number]):
        return None
    return names[number].string()


def signed(value, bits):
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def user_text(task, address, length, ends_at_zero):
    """Quoted, or the address where it cannot be read."""
    room = min(length, PAGE - address % PAGE) if ends_at_zero else length
    try:
        found = structures.user_bytes(task, address, room)
    except gdb.MemoryError:
        return f"{address:#x}"
    whole = b"\0" in found if ends_at_zero else length < TEXT_MAX
    shown = "".join(chr(c) if 32 <= c < 127 and c not in b'"\\' else
                    {10: "\\n", 34: '\\"', 92: "\\\\"}.get(c, f"\\x{c:02x}")
                    for c in (found.split(b"\0")[0] if ends_at_zero else found))
    return f'"{shown}"' + ("" if whole else "...")


def named(names, value):
    """O_RDWR|O_CLOEXEC"""
    found, rest = [], value
    for i in range(int(names["count"])):
        entry = names["list"][i]
        mask, number = int(entry["mask"]), int(entry["number"])
        if value & mask == number and (number or not value) and (rest & number or not number):
            found.append(entry["name"].string())
            rest &= ~number
            if mask == (1 << 64) - 1:
                return found[0]
    if rest or not found:
        found.append(f"{rest:#x}" if rest else "0")
    return "|".join(found)


def argument(description, values, index, text_at):
    """`text_at(address, length, ends_at_zero)`: the text there as it was, or None."""
    kind, value = int(description["kind"]), values[index]
    if not int(description["wide"]):
        value &= 0xffffffff
    if kind == DIRECTORY and signed(value, 32) == -100:
        return "AT_FDCWD"
    if kind in (INT, DIRECTORY):
        return str(signed(value, 32))
    if kind == LONG:
        return str(signed(value, 64))
    if kind == UNSIGNED:
        return str(value)
    if kind == MODE:
        return f"{value:#o}".replace("0o", "0")
    if kind == SIGNAL:
        return name_from("signals", value) or str(signed(value, 32))
    if kind == NAMED:
        return named(description["names"].dereference(), value)
    found = None
    if value and kind == STRING:
        found = text_at(value, TEXT_MAX, True)
    if value and kind == OBJECT and not int(description["type"]) and int(description["way"]) == WAY_IN and \
            index + 1 < len(values):
        found = text_at(value, min(values[index + 1], TEXT_MAX), False)
    return found or (f"{value:#x}" if value else "NULL" if kind in (STRING, STRINGS, OBJECT) else "0")


def described(number):
    """(name, descriptions of the arguments) of a call."""
    known = table("descriptions", "description.c")
    if known is None or number > known.type.range()[1] or not int(known[number]["name"]):
        return f"call_{number}", []
    arguments = [known[number]["arguments"][i] for i in range(6)]
    return known[number]["name"].string(), \
        arguments[:next((i for i, each in enumerate(arguments) if int(each["kind"]) == NONE), 6)]


def was_remapped(entries, address):
    """Whether one of the calls may have put something else at `address`."""
    for entry in entries:
        name, values = described(int(entry[0]))[0], [int(entry[i]) for i in range(1, 7)]
        if -ERROR_MAX <= signed(int(entry[7]), 64) < 0:
            continue
        if name in NEW_PROGRAM or any(values[start] - PAGE < address < values[start] + values[length] + PAGE
                                      for start, length in REMAPPED.get(name, ())):
            return True
    return False


def call_text(task, entry, later):
    """A line; `later`: the calls from this one on."""
    number, values, result = int(entry[0]), [int(entry[i]) for i in range(1, 7)], int(entry[7])
    name, arguments = described(number)

    def text_at(address, length, ends_at_zero):
        if result != UNFINISHED and (was_remapped(later, address) or not structures.is_constant(task, address)):
            return None
        return user_text(task, address, length, ends_at_zero)
    shown = [argument(each, values, i, text_at) for i, each in enumerate(arguments)]
    text = f"{name}({', '.join(shown)})"
    if result == UNFINISHED:
        return text + " (not finished)"
    value = signed(result, 64)
    if -ERROR_MAX <= value < 0:
        return f"{text} = -1 {name_from('errors', -value) or -value}"
    return f"{text} = {value:#x}" if name in ("mmap", "mremap", "brk") else f"{text} = {value}"


def calls(task):
    """Lines, the oldest first."""
    if "trace" not in [field.name for field in task.type.fields()]:
        return []
    ring, end = task["trace"], int(task["trace_next"])
    size = ring.type.range()[1] + 1
    entries = [ring[i % size] for i in range(max(0, end - size), end)]
    return [call_text(task, entry, entries[i:]) for i, entry in enumerate(entries)]
