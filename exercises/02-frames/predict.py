# SPDX-License-Identifier: MIT
"""Chapter 2: frames of a firmware's map; buddies."""
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
                    {"run": run, "order": order, "others": others, "final": first})


def questions(draw):
    return [frames(draw), reserved(draw), merged(draw)]
