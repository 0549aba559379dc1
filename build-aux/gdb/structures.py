# SPDX-License-Identifier: MIT
"""The kernel's lists and trees, and a task's memory as the task sees it."""
import gdb

DIRECT_MAP = 0xffff888000000000
PAGE = 4096
PRESENT, LARGE, ADDRESS = 1, 0x80, 0x000ffffffffff000
AREA_WRITE, AREA_SHARED = 2, 8


def container(link, type_name, member):
    """The struct that a pointer to its member lies in."""
    struct = gdb.lookup_type(type_name)
    offset = next(f.bitpos // 8 for f in struct.fields() if f.name == member)
    address = int(link) - offset
    return gdb.Value(address).cast(struct.pointer()).dereference()


def walk_list(head, type_name, member):
    link = head["next"]
    while int(link) != int(head.address):
        item = container(link, type_name, member)
        yield item
        link = link.dereference()["next"]


def tree_nodes(node):
    """The nodes below `node` in order, without recursion: a broken tree cannot overflow."""
    stack, at = [], node
    while stack or int(at):
        while int(at):
            stack.append(at)
            at = at["left"]
        at = stack.pop()
        yield at
        at = at["right"]


def word(address):
    return int.from_bytes(bytes(gdb.selected_inferior().read_memory(address, 8)), "little")


# ---- a task's memory

def _space(task):
    space = task["space"]
    return space.dereference() if int(space) else None


def _physical(root, address):
    """Where the page tables of `root` lead, as the processor would go."""
    table = root
    for level in (4, 3, 2, 1):
        index, size = address >> (12 + 9 * (level - 1)) & 511, 1 << (12 + 9 * (level - 1))
        entry = word(DIRECT_MAP + table + 8 * index)
        if not entry & PRESENT:
            raise gdb.MemoryError(f"{address:#x} is not mapped")
        table = entry & ADDRESS
        if level == 1 or entry & LARGE:
            return (table & -size) + (address & size - 1)
    return None


def user_bytes(task, address, size):
    """Read through the task's own tables, whoever runs; gdb.MemoryError where a page is not there."""
    space, found = _space(task), b""
    if space is None:
        raise gdb.MemoryError("the task has no memory")
    while len(found) < size:
        at = address + len(found)
        piece = min(size - len(found), PAGE - at % PAGE)
        place = DIRECT_MAP + _physical(int(space["root"]), at)
        found += bytes(gdb.selected_inferior().read_memory(place, piece))
    return found


def is_constant(task, address):
    """Whether the program cannot have written there since it was mapped."""
    space = _space(task)
    for node in tree_nodes(space["areas"]["root"]) if space is not None else ():
        area = container(node, "struct area", "node")
        if int(area["start"]) <= address < int(area["end"]):
            return not int(area["flags"]) & (AREA_WRITE | AREA_SHARED)
    return False
