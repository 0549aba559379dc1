# SPDX-License-Identifier: MIT
"""Where what a test left behind was allocated.

The kernel keeps no such note.  But a failure is replayed to the instruction, so GDB can stop at every allocation
between the kernel's last two lists of counts (kernel/counts.c), note the caller, and forget it when the
object is freed.  What is left then are the leaks, but for one thing: whoever makes the kernel count holds objects of
its own both times.  What was there at the first list and is freed meanwhile has its like among the newest of
the second.  Frames are known by their descriptors.
"""
import gdb

import structures
import unwind

# who only passes an allocation on
HELPERS = ("slab_alloc", "slab_alloc_zeroed", "spare_alloc", "kmalloc", "kzalloc", "kcalloc", "krealloc", "kstrdup",
           "large_alloc", "frame_alloc", "frame_alloc_run", "run_alloc")
KINDS = {"frames.kernel": "FRAME_KERNEL", "frames.page_table": "FRAME_PAGE_TABLE",
         "frames.anonymous": "FRAME_ANONYMOUS", "frames.cache": "FRAME_CACHE"}
HELPERS_MOST, CALLERS = 4, 4  # of callers so many are told, the one that allocates among them
STOPS_MOST = 5000  # some ten seconds; a test that allocates and frees more often is not looked into


def register(name):
    return int(gdb.parse_and_eval(f"(unsigned long)${name}"))


def returns_of(name):
    """The addresses of a function's `ret` instructions."""
    start = unwind.address_of(name)
    if start is None:
        return []
    block = gdb.block_for_pc(start)
    while block and not block.function:
        block = block.superblock
    found = gdb.selected_inferior().architecture().disassemble(start, block.end - 1) if block else []
    return [each["addr"] for each in found if each["asm"].split()[0].startswith("ret")]


def outer_function(pc):
    """The name of the function whose code this is, whatever was inlined there."""
    block, name = gdb.block_for_pc(pc - 1), None
    while block:
        name = block.function.name if block.function else name
        block = block.superblock
    return name


def callers():
    """The return addresses of whoever asked for the allocation and of its callers, by the chain of frame pointers."""
    pc, frame, found = structures.word(register("rsp")), register("rbp"), []
    for _ in range(HELPERS_MOST + CALLERS):
        if found or outer_function(pc) not in HELPERS:
            found.append(pc)
        if len(found) == CALLERS or not frame > structures.DIRECT_MAP:
            break
        pc, frame = structures.word(frame + 8), structures.word(frame)
    return tuple(found)


def site(pcs):
    """`function at file:line < its caller < ...`; without the line where that is an inlined helper's."""
    names = [outer_function(pc) for pc in pcs]
    shown = unwind.place(pcs[0], behind_call=True)
    first = shown if not names[0] or shown.startswith(f"{names[0]} at ") else names[0]
    return " < ".join([first, *(name for name in names[1:] if name)])


class Note(gdb.Breakpoint):
    """Calls `act` each time, and lets the machine go on unless that says so."""

    def __init__(self, address, act):
        super().__init__(f"*{address:#x}", gdb.BP_HARDWARE_BREAKPOINT, internal=True)
        self.silent, self._act = True, act

    def stop(self):
        return bool(self._act())


class Watch:
    """What of `names`, as the lists of counts call them, is allocated and not freed."""

    def __init__(self, names):
        self._kinds = {int(gdb.parse_and_eval(KINDS[name])): name for name in names if name in KINDS}
        self._caches = set(names) - set(KINDS)
        self._alive = {}  # address of an object or of a frame's descriptor: (name, return addresses)
        self._replaced = {}  # name: how many that were there before are freed
        self._cache_names = {}  # address of a cache: its name, so that a stop reads one word
        self._table = None  # where the frames' descriptors are, once they are
        self._frame_bytes = gdb.lookup_type("struct frame").sizeof
        self._slab = int(gdb.parse_and_eval("(long)&((struct frame *)0)->slab"))
        self._notes, self._stops, self._counted = [], 0, False

    # ---- events

    def _too_many(self):
        self._stops += 1
        return self._stops > STOPS_MOST

    def _allocated(self, address, name):
        if name and address and not self._counted:
            self._alive[address] = (name, callers())
        return self._too_many()

    def _freed(self, address, name):
        if name and address and not self._alive.pop(address, None):
            self._replaced[name] = self._replaced.get(name, 0) + 1
        return self._too_many()

    def _name(self, address):
        """Of an object's cache, which its frame's descriptor knows."""
        frame = self._table + (address - structures.DIRECT_MAP) // structures.PAGE * self._frame_bytes
        cache = structures.word(frame + self._slab)
        if cache not in self._cache_names:
            self._cache_names[cache] = gdb.parse_and_eval(f"((struct slab_cache *){cache:#x})->name").string()
        return self._cache_names[cache]

    def _object(self, act, place):
        address = register(place)
        name = self._name(address) if address else None
        return act(address, name if name in self._caches else None)

    def _frame(self, act, place):
        address = register(place)
        kind = address and int(gdb.parse_and_eval(f"((struct frame *){address:#x})->kind"))
        return act(address, address and self._kinds.get(kind))

    # ---- the run

    def _watch(self):
        """Stops at the returns of what allocates and at the entries of what frees."""
        self._table = int(gdb.parse_and_eval("(unsigned long)frame_table"))
        kinds = (self._caches, ("slab_alloc",), "slab_free", self._object, "rsi"), \
            (self._kinds, ("run_alloc", "frame_alloc", "frame_alloc_run"), "frame_put_slow", self._frame, "rdi")
        for wanted, alloc, free, look, argument in kinds:
            if wanted:
                self._notes += [Note(place, lambda look=look: look(self._allocated, "rax"))
                                for name in alloc for place in returns_of(name)]
                self._notes.append(Note(unwind.address_of(free),
                                        lambda look=look, argument=argument: look(self._freed, argument)))

    def _until(self, address, passes=0):
        """Goes on to an address; whether it was reached before there were too many stops."""
        there = Note(address, lambda: True)
        there.ignore_count = passes
        gdb.execute("continue", to_string=True)
        there.delete()
        return register("rip") == address

    def run(self, lists):
        """From the end of the last but one of so many lists to the end of the last one."""
        count = unwind.address_of("counts_report")
        self._until(count, lists - 2)
        self._until(structures.word(register("rsp")))
        self._watch()
        if self._until(count):
            self._counted = True
            self._until(structures.word(register("rsp")))  # what is kept only for speed is given back there
        for note in self._notes:
            note.delete()

    def lines(self):
        """`NUMBER of NAME: SITE`, the most first."""
        counts = {}
        if self._stops > STOPS_MOST:
            return [f"not looked into: it allocates and frees more than {STOPS_MOST} times"]
        for name, pcs in reversed(self._alive.values()):
            if self._replaced.get(name):
                self._replaced[name] -= 1
            else:
                counts[name, site(pcs)] = counts.get((name, site(pcs)), 0) + 1
        return [f"{number} of {name}: {place}" for (name, place), number in
                sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
