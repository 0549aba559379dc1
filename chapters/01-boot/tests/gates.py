# SPDX-License-Identifier: MIT
"""The interrupt descriptor table, and the stacks that it names (SDM vol. 3, 6.14 and 8.7)."""
import struct

NAMED = {2: "NMI", 8: "double fault", 18: "machine check"}


def gates(monitor):
    registers = monitor.registers()
    table = monitor.memory(registers["IDT"], registers["IDT_LIMIT"] + 1)
    for at in range(0, len(table), 16):
        low, selector, ist, kind, middle, high = struct.unpack_from("<HHBBHI", table, at)
        yield low | middle << 16 | high << 32, selector, ist & 7, kind


TSS_SELECTOR, IST = 0x40, 0x24  # where in the GDT; of the first of seven stacks in the TSS


def number(monitor, address):
    return int.from_bytes(monitor.memory(address, 8), "little")


def own_stacks(monitor):
    """The tops of the seven stacks in the TSS, which the GDT's descriptor finds."""
    at = monitor.registers()["GDT"] + TSS_SELECTOR
    low, high = number(monitor, at), number(monitor, at + 8)
    base = low >> 16 & 0xffffff | low >> 56 << 24 | high << 32
    return [number(monitor, base + IST + 8 * i) for i in range(7)]


def look(monitor, symbols):
    stacks = own_stacks(monitor)
    tops, others = sorted(stacks[:len(NAMED)]), stacks[len(NAMED):]
    atop = [number(monitor, top) for top in tops]
    found = list(gates(monitor))
    start, end = symbols.by_name["image_start"], symbols.by_name["text_end"]
    return [f"gates={len(found)}",
            f"present={sum(kind >> 7 for *_, kind in found)}",
            f"interrupt gates={sum(kind & 0x1f == 0x0e for *_, kind in found)}",
            f"for users={[i for i, gate in enumerate(found) if gate[3] >> 5 & 3 == 3]}",
            f"in code={sum(start <= gate[0] < end for gate in found)}",
            f"different={len({gate[0] for gate in found})}",
            f"code segments={sorted({gate[1] for gate in found})}",
            f"with a stack of their own={[i for i, gate in enumerate(found) if gate[2]]}",
            f"different stacks={len({gate[2] for gate in found if gate[2]})}",
            f"other stacks={[top for top in others if top]}",
            f"room for each={all(b - a >= 4096 for a, b in zip(tops, tops[1:]))}",
            "their processor, which begins with its own address="
            f"{[word != 0 and number(monitor, word) == word for word in atop]}"]


def expected(_):
    return ["gates=256", "present=256", "interrupt gates=256", "for users=[3, 4]", "in code=256",
            "different=256", "code segments=[8]",
            f"with a stack of their own={sorted(NAMED)}", f"different stacks={len(NAMED)}",
            "other stacks=[]", "room for each=True",
            f"their processor, which begins with its own address={[True] * len(NAMED)}"]
