# SPDX-License-Identifier: MIT
"""The last system calls of a task, from the ring that the kernel keeps of them (task->trace), with
the names that the kernel itself has for their arguments (syscall/description.h).

Numbers are as they were; what a pointer points to is read now.  So text is shown of a call that has
not finished only: behind another one the memory may have been used again.
"""
import gdb

UNFINISHED = -5000 % (1 << 64)
NONE, INT, LONG, UNSIGNED, HEX, DIRECTORY, MODE, SIGNAL, NAMED, STRING, STRINGS, OBJECT = range(12)
WAY_IN = 1
TEXT_MAX = 32
PAGE = 4096
ERROR_MAX = 4095


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


def user_text(address, length, ends_at_zero):
    """Quoted, or the address where it cannot be read."""
    room = min(length, PAGE - address % PAGE) if ends_at_zero else length
    try:
        found = bytes(gdb.selected_inferior().read_memory(address, room)) if room else b""
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


def argument(description, values, index, unfinished):
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
    if unfinished and value and kind == STRING:
        return user_text(value, TEXT_MAX, True)
    if unfinished and value and kind == OBJECT and not int(description["type"]) and \
            int(description["way"]) == WAY_IN and index + 1 < len(values):
        return user_text(value, min(values[index + 1], TEXT_MAX), False)
    return f"{value:#x}" if value else "NULL" if kind in (STRING, STRINGS, OBJECT) else "0"


def call_text(entry):
    number, values, result = int(entry[0]), [int(entry[i]) for i in range(1, 7)], int(entry[7])
    known = table("descriptions", "description.c")
    name, described = f"call_{number}", []
    if known is not None and number <= known.type.range()[1] and int(known[number]["name"]):
        name = known[number]["name"].string()
        described = [known[number]["arguments"][i] for i in range(6)]
        described = described[:next((i for i, d in enumerate(described)
                                     if int(d["kind"]) == NONE), 6)]
    shown = [argument(d, values, i, result == UNFINISHED) for i, d in enumerate(described)]
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
    return [call_text(ring[i % size]) for i in range(max(0, end - size), end)]
