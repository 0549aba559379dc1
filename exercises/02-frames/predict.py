# SPDX-License-Identifier: MIT
"""Chapter 2: frames of a firmware's map; what the buddy system makes of them."""
import map_model
from predictions import Question


def frames(draw):
    start = draw.between(1, 0xffff) * 0x10
    end = start + draw.between(0x3000, 0x20000)
    return Question("whole", f"The firmware reports usable memory [{start:#x}, {end:#x}) and nothing else.\n"
                    "How many frames may be given away?",
                    sum(e - s for s, e in map_model.runs([(start, end, True)])) // map_model.PAGE,
                    "which frames are usable in part only?", {"ranges": [(start, end, True)]})


def reserved(draw):
    end = draw.between(0x40, 0x90) * 0x1000
    low = draw.between(0x1000, end - 0x8000)
    high = low + draw.between(0x100, 0x6000)
    ranges = [(low, high, False), (0, end, True)]
    return Question("left", f"Usable [0, {end:#x}), reserved [{low:#x}, {high:#x}).  How many whole frames are "
                    "usable?", sum(e - s for s, e in map_model.runs(ranges)) // map_model.PAGE,
                    "what of the frames in which the reserved range begins and ends?", {"ranges": ranges})


def merged(draw):
    """A run is given back; buddies of some orders are free at their order."""
    order, steps = draw.between(0, 4), draw.between(1, 4)
    run = draw.between(0, (512 >> order) - 1) << order
    others, first = [], run
    for each in range(order, order + steps):
        others.append((first ^ 1 << each, each))
        first &= ~(1 << each)
    listed = ", ".join(f"{number} (order {each})" for number, each in others)
    return Question("run", f"A run of order {order} at frame {run} is given back.  Free at their orders are the\n"
                    f"runs at {listed}, and no others.\nAt which frame does the run begin that is free then?",
                    first, "the buddy's number differs in one bit; the lower of the two stays",
                    {"run": run, "order": order, "others": others})


def aligned_pieces(first, end):
    """The orders of the largest aligned runs that frames [first, end) fall into."""
    while first < end:
        order = min((first & -first).bit_length(), (end - first).bit_length()) - 1
        yield order
        first += 1 << order


def pieces(draw):
    first = draw.between(1, 400)
    end = first + draw.between(20, 500)
    return Question("pieces", f"Of a block the frames {first} to {end - 1}, both included, are free, and no others.\n"
                    "How many free runs does the buddy system list?", sum(1 for _ in aligned_pieces(first, end)),
                    "a run of order k begins at a multiple of 2^k: which is the largest that may begin here?",
                    {"first": first, "end": end})


def taken(free, order):
    """Takes a run from `free`, a list of (order, frame) with the newest last; gives back its upper halves."""
    found = min(each for each, _ in free if each >= order)
    run = next(run for run in reversed(free) if run[0] == found)
    free.remove(run)
    free += [(each, run[1] + (1 << each)) for each in range(found - 1, order - 1, -1)]
    return run[1]


def given(draw):
    small, large = draw.between(2, 4), draw.between(7, 8)
    free = [(large, 512 + (draw.below(2) << 8)), (small, draw.below(512 >> small) << small)]
    orders = [draw.between(0, small + 1) for _ in range(3)]
    listed = " and ".join(f"{frame} (order {order})" for order, frame in free)
    left = list(free)
    return Question("given", f"Free are the runs at {listed}, no others.  Runs of the orders\n"
                    f"{', '.join(map(str, orders))} are taken, one after the other.  At which frame does the last "
                    "one begin?",
                    [taken(left, order) for order in orders][-1],
                    "the lowest order that fits; of what is too much the upper halves stay free, each at its order",
                    {"free": free, "orders": orders})


def questions(draw):
    return [frames(draw), reserved(draw), merged(draw), pieces(draw), given(draw)]
