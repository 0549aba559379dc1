# SPDX-License-Identifier: MIT
"""What test_predictions_kernel.py asks of a kernel that GDB has stopped; GDB sources this.

Each function does something in the machine and returns a number; `answer()` prints it for the test.  The
machine is as before afterwards, as far as the next question could see.
"""
import contextlib
import struct

import gdb

DIRECT_MAP = 0xffff888000000000
SCRATCH = DIRECT_MAP + (32 << 20)  # memory that boot gave to nobody
FAR_FRAME = 32 * 1024              # a block of 4 MiB that boot has not touched begins there
BLOCK_FRAMES, ORDERS, PAGE = 1024, 11, 4096
REGISTERS = "rip rsp rax rcx rdx rbp".split()


def value(text):
    return int(gdb.parse_and_eval(text)) & (1 << 64) - 1


def read(at, size):
    return bytes(gdb.selected_inferior().read_memory(at, size))


def write(at, content):
    gdb.selected_inferior().write_memory(at, content)


@contextlib.contextmanager
def kept(at, size):
    was = read(at, size)
    yield was
    write(at, was)


def answer(number):
    print(f"= {number}")


# ---- the processor

def step(code, **registers):
    """rip and rsp after one instruction, which is written to where the machine stands."""
    was = {name: value(f"(unsigned long)${name}") for name in REGISTERS}
    was["eflags"] = value("$eflags | 0")
    with kept(was["rip"], len(code)):
        write(was["rip"], code)
        for name, number in registers.items():
            gdb.execute(f"set ${name} = {number:#x}")
        gdb.execute("stepi", to_string=True)
        found = value("(unsigned long)$rip"), value("(unsigned long)$rsp")
        for name, number in was.items():
            gdb.execute(f"set ${name} = {number:#x}")
    return found


def gate(vector, low, high):
    place = value("(unsigned long)&idt") + 16 * vector
    with kept(place, 16):
        write(place, struct.pack("<QQ", low, high))
        return step(bytes([0xcd, vector]))[0]


CAUSES = {"divide": (b"\xf7\xf1", {"rcx": 0}), "opcode": (b"\x0f\x0b", {}), "breakpoint": (b"\xcc", {}),
          "software": (b"\xcd\x0e", {}), "unmapped": (b"\x48\x8b\x00", {"rax": 1 << 44}),
          "non_canonical": (b"\x48\x8b\x00", {"rax": 1 << 63})}


def pushed(cause, rsp):
    code, registers = CAUSES[cause]
    return step(code, rsp=rsp, **registers)[1]


# ---- keys and the screen

def typed(codes):
    """The controller's command 0xd2 makes a byte look as if the keyboard had sent it."""
    gdb.execute("set $eflags = $eflags & ~0x200")
    for name in ("received_hook", "shift[0]", "shift[1]", "control[0]", "control[1]", "alt[0]", "alt[1]", "caps_lock",
                 "extended", "head", "tail"):
        gdb.execute(f"set var 'keyboard.c'::{name} = 0")
    for code in codes:
        gdb.execute("monitor o /b 0x64 0xd2", to_string=True)
        gdb.execute(f"monitor o /b 0x60 {code:#x}", to_string=True)
        gdb.execute("call (void)keyboard_interrupt(0)", to_string=True)
    count = value(f"keyboard_read((void *){SCRATCH:#x}, 16)")
    return int.from_bytes(read(SCRATCH, count), "big")


def shown(text):
    """Cells of a screen of 80 x 25 after a text: [(character, attribute)]."""
    terminal, cells, place = SCRATCH, SCRATCH + (1 << 16), SCRATCH + (1 << 17)
    write(place, text.encode())
    to = f"(struct ansi_terminal *){terminal:#x}"
    gdb.execute(f"call (void)ansi_init({to}, (unsigned short *){cells:#x}, 80, 25)")
    gdb.execute(f"call (void)ansi_write({to}, (char *){place:#x}, {len(text)})")
    return [(code & 0xff, code >> 8) for code, in struct.iter_unpack("<H", read(cells, 80 * 25 * 2))]


def scrolled(row, lengths):
    """A mark stands in the row above the first line."""
    text = "\r\n" * (row - 1) + "@\r\n" + "".join("x" * length + "\r\n" for length in lengths)
    return row - 1 - [cell[0] for cell in shown(text)].index(ord("@")) // 80


def attribute(style):
    return shown(f"\033[{';'.join(map(str, style))}m@")[0][1]


# ---- frames

def usable(ranges):
    """Frames of a firmware's map."""
    place = "('maps.c'::ranges)"
    for number, (start, end, good) in enumerate(ranges):
        for field, content in (("start", start), ("end", end), ("kind", 0 if good else 1)):
            gdb.execute(f"set var {place}[{number}].{field} = {content}")
    gdb.execute(f"call (void)memory_map_build(&'maps.c'::map, {place}, {len(ranges)})")
    return value("memory_map_frames(&'maps.c'::map)")


@contextlib.contextmanager
def empty_buddies():
    """Nothing is free but what is given in a block that boot has not touched."""
    lists, states = value("(unsigned long)&buddy.free"), value("(unsigned long)buddy.states")
    descriptors = value(f"(unsigned long)&frame_table[{FAR_FRAME}]")
    with kept(value("(unsigned long)&buddy"), value("sizeof(buddy)")), kept(states, value("buddy.blocks")), \
            kept(descriptors, BLOCK_FRAMES * value("sizeof(struct frame)")) as was:
        write(descriptors, bytes(len(was)))
        for order in range(ORDERS):
            write(lists + 16 * order, struct.pack("<QQ", lists + 16 * order, lists + 16 * order))
        gdb.execute("set var buddy.orders = 0")
        write(states + FAR_FRAME // BLOCK_FRAMES, b"\0")
        yield


def give(frame, order):
    gdb.execute(f"call (void)buddy_give(&frame_table[{FAR_FRAME + frame}], {order})")


def runs():
    """[(frame, order)] of all free runs."""
    found = []
    for order in range(ORDERS):
        head = value(f"(unsigned long)&buddy.free[{order}]")
        at, = struct.unpack("<Q", read(head, 8))
        while at != head:
            link = value("(unsigned long)&((struct frame *)0)->link")
            found.append((value(f"(struct frame *){at - link:#x} - frame_table") - FAR_FRAME, order))
            at, = struct.unpack("<Q", read(at, 8))
    return found


def merged(run, order, others):
    with empty_buddies():
        for frame, each in others:
            give(frame, each)
        give(run, order)
        (frame, found), = runs()
    assert found == order + len(others)
    return frame


def pieces(first, end):
    with empty_buddies():
        gdb.execute(f"call (void)buddy_add({FAR_FRAME + first}, {FAR_FRAME + end})")
        return len(runs())


def given(free, orders):
    with empty_buddies():
        for order, frame in free:
            give(frame, order)
        return [value(f"buddy_take({order}) - frame_table") - FAR_FRAME for order in orders][-1]


# ---- page tables

ADDRESS, PRESENT, LARGE, NX = 0x000ffffffffff000, 1, 0x80, 1 << 63


def page_map(start, size, to, largest):
    assert value(f"page_table_map(kernel_root, {start}UL, {to}UL, {size}UL, 2, {largest}UL)") == 0


def page_unmap(start, size):
    assert value(f"page_table_unmap(kernel_root, {start}UL, {size}UL)") == 0


def entries_at(address):
    """Where the entries of an address are, level 4 first, down to the last that is present."""
    table, found = value("kernel_root"), []
    for level in (4, 3, 2, 1):
        found.append(DIRECT_MAP + table + 8 * (address >> 12 + 9 * (level - 1) & 511))
        entry, = struct.unpack("<Q", read(found[-1], 8))
        if not entry & PRESENT or entry & LARGE:
            break
        table = entry & ADDRESS
    return found


def indexes(address):
    with mapped_page(address):
        return [place % PAGE // 8 for place in entries_at(address)]


@contextlib.contextmanager
def mapped_page(address):
    page_map(address & -PAGE, PAGE, 0x200000, PAGE)
    yield
    page_unmap(address & -PAGE, PAGE)


def index(address, level):
    return indexes(address)[4 - level]


def address(address, indexes):
    """The address, if its path is as drawn."""
    return address if globals()["indexes"](address) == indexes else -1


def allowed(entries):
    """By page_table_translate(): 1 for reading, 2 for writing, 4 for executing in ring 3."""
    page, to, flags = 0x0000123456789000, SCRATCH, SCRATCH + 8
    with mapped_page(page):
        places = entries_at(page)
        was = [read(place, 8) for place in places]
        for place, entry, (write_bit, user, nx) in zip(places, was, entries):
            kept_bits = struct.unpack("<Q", entry)[0] & ADDRESS
            write(place, struct.pack("<Q", kept_bits | PRESENT | write_bit << 1 | user << 2 | nx << 63))
        assert value(f"page_table_translate(kernel_root, {page}UL, (void *){to:#x}, (void *){flags:#x})") == 1
        for place, entry in zip(places, was):
            write(place, entry)
    found, = struct.unpack("<Q", read(flags, 8))
    return (found >> 2 & 1) * (1 + (found & 2) + (0 if found & NX else 4))


def leaves_below(table, level):
    count = 0
    for entry, in struct.iter_unpack("<Q", read(DIRECT_MAP + table, PAGE)):
        if entry & PRESENT:
            count += 1 if level == 1 or entry & LARGE else leaves_below(entry & ADDRESS, level - 1)
    return count


def leaves(start, to, end, low, high):
    page_map(start, end - start, to, 1 << 21)
    page_unmap(low, high - low)
    entry, = struct.unpack("<Q", read(entries_at(start)[0], 8))
    found = leaves_below(entry & ADDRESS, 3)
    page_unmap(start, end - start)
    return found


# ---- the heap

CACHES = iter(range(SCRATCH + (1 << 20), SCRATCH + (2 << 20), 256))  # they stay in the list of all caches


def cache(size):
    """A new cache of objects of `size` bytes, as text for GDB."""
    place = next(CACHES)
    text = f"((struct slab_cache *){place:#x})"
    write(place, bytes(value("sizeof(struct slab_cache)")))
    write(SCRATCH, b"asked\0")
    gdb.execute(f"set var {text}->name = (char *){SCRATCH:#x}")
    gdb.execute(f"set var {text}->size = {size}")
    return text


def take(cache, count):
    return [value(f"(unsigned long)slab_alloc({cache})") for _ in range(count)]


def free(cache, objects):
    for each in objects:
        gdb.execute(f"call (void)slab_free({cache}, (void *){each:#x})")


def small(bytes):
    return value(f"kmalloc_size(kmalloc({bytes}))")


def large(bytes):
    """By the account of frames."""
    before = value("frames.free")
    value(f"(unsigned long)kmalloc({bytes})")
    return before - value("frames.free")


def fits(size):
    made = cache(size)
    take(made, 1)
    return value(f"{made}->per_slab")


def object_given(taken, freed, again):
    made = cache(PAGE // 16)
    objects = take(made, taken)
    free(made, [objects[number] for number in freed])
    return (take(made, again)[-1] - objects[0]) // (PAGE // 16)


def slabs(size, taken, first, end):
    made = cache(size)
    objects = take(made, taken)
    free(made, objects[first:end])
    return value(f"{made}->slabs")


# ---- the log

def ring_read(end, at):
    place = "((unsigned long *)'log.c'::buffer)"
    gdb.execute(f"set var ring_end = {end}UL")
    gdb.execute(f"set var *{place} = {at}UL")
    return value(f"log_read({place}, (char *){place} + 64, 65700)")
