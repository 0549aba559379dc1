# SPDX-License-Identifier: MIT
"""Chapter 4: what a request costs, which object comes, which slabs stay (of a build without redzones)."""
from predictions import Question

PAGE = 4096
LEAST = 8           # bytes of the smallest class
OBJECTS_WANTED = 8  # a slab has at least so many, if ORDER_MOST allows
ORDER_MOST = 3
EMPTY_KEPT = 2


def usable(bytes_wanted):
    return max(LEAST, 1 << (bytes_wanted - 1).bit_length())


def small(draw):
    wanted = (1 << draw.between(2, 10)) + draw.between(-1, 1)
    return Question("small", f"kmalloc({wanted}): how many bytes may really be used (kmalloc_size())?",
                    usable(wanted), "classes are powers of two, from a word on", {"bytes": wanted})


def large(draw):
    wanted = draw.choose([draw.between(4097, 300000), PAGE << draw.between(1, 6)])
    return Question("large", f"kmalloc({wanted}): how many frames does it take?", usable(wanted) // PAGE,
                    "a large object is one run of the buddy system", {"bytes": wanted})


def objects_of(size):
    """How many objects of `size` bytes, at multiples of 16, a slab has."""
    stride, order = -(-size // 16) * 16, 0
    while (PAGE << order) // stride < OBJECTS_WANTED and order < ORDER_MOST:
        order += 1
    return (PAGE << order) // stride


def fits(draw):
    size = draw.choose([draw.between(20, 500), draw.between(520, 5000)])
    return Question("fits", f"A cache of objects of {size} bytes, aligned to 16.  How many has a slab of it?\n"
                    "(At least 8, if a run of order 3 has room for them; no larger run than it takes.)",
                    objects_of(size), "first the distance of two objects, then the least run that holds enough",
                    {"size": size})


def object_given(taken, freed, again):
    """The number of the object that the last of `again` allocations gives."""
    free, fresh, given = list(freed), taken, None
    for _ in range(again):
        given, free, fresh = (free[-1], free[:-1], fresh) if free else (fresh, free, fresh + 1)
    return given


def object_next(draw):
    taken = draw.between(4, 9)
    freed = sorted(range(taken), key=lambda _: draw.next())[:draw.between(2, 4)]
    again = draw.between(1, len(freed) + 2)
    return Question("object", f"A new cache; {taken} objects are allocated: numbers 0 to {taken - 1} of a slab for "
                    f"16.  Freed are\n{', '.join(map(str, freed))}, in this order; then {again} allocated.  "
                    "Which number has the last of these?", object_given(taken, freed, again),
                    "what was freed last comes first; what was never given away comes last",
                    {"taken": taken, "freed": freed, "again": again})


def slabs_kept(each, taken, first, end):
    """Slabs of `each` objects: `taken` are allocated, then those numbered [first, end) freed."""
    slabs = [range(start, min(start + each, taken)) for start in range(0, taken, each)]
    empty = sum(all(first <= number < end for number in slab) for slab in slabs)
    return len(slabs) - max(0, empty - EMPTY_KEPT)


def slabs(draw):
    each = draw.choose([8, 16])
    taken = draw.between(6 * each, 7 * each)
    first = draw.between(0, 2 * each)
    end = draw.between(first + 2 * each, taken)
    return Question("slabs", f"A new cache, {each} objects a slab.  {taken} are allocated, then those with the "
                    f"numbers {first} to {end - 1} (from 0)\nfreed.  How many slabs does the cache have now?",
                    slabs_kept(each, taken, first, end),
                    "which slabs have no object in use?  Not all of these go back",
                    {"size": PAGE // each, "taken": taken, "first": first, "end": end})


def questions(draw):
    return [small(draw), large(draw), fits(draw), object_next(draw), slabs(draw)]
