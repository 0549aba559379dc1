# SPDX-License-Identifier: MIT
"""What a test left behind and what it cost, from the kernel's two lists of counts (lib/counts.h).

    LEAK    frames or objects are in use that were not before it.  tests/NAME.py: leaves = {name: why}
    LIMIT   it took more than ALLOWANCE times what it costs on the tree's kernel, recorded in
            chapters/NN-name/tests/costs by `make costs`; nanoseconds of the guest's clock, which are
            instructions, and waiting
A test whose machine does not come to its end has no second list and is not judged by them.
"""
import functools
import os

from strix import records

ALLOWANCE = 4
KEPT = {8: {"frames.cache": "naive/boot_files.c keeps the page cache of each file that was run",
            "radix_node": "the same", "kmalloc-256": "the same"}}
LEAST = 2_000_000  # a cost is taken for at least this much: what compilers and boot differ by


def lists(run):
    """[{name: number}], one for each time that the kernel counted."""
    found = []
    for payload in records.payloads(run.records, "counts"):
        name, number = payload.decode("utf-8", "replace").rsplit(" ", 1)
        if name == "time":
            found.append({})
        found[-1][name] = found[-1].get(name, 0) + int(number)
    return found


def cost(run):
    """Nanoseconds between the last two lists, or None."""
    found = lists(run)
    return found[-1]["time"] - found[-2]["time"] if len(found) > 1 else None


def left(run, excused=()):
    """[(name, before, after)] of what is not as it was."""
    found = lists(run)
    if len(found) < 2:
        return []
    before, after = found[-2:]
    return [(name, before.get(name, 0), after.get(name, 0)) for name in {**before, **after}
            if name != "time" and name not in excused and before.get(name, 0) != after.get(name, 0)]


@functools.lru_cache(maxsize=None)
def recorded(path):
    """{test name: cost} of a chapter."""
    if not os.path.exists(path):
        return {}
    with open(path) as file:
        words = [line.split() for line in file if not line.startswith("#")]
    return {name: int(number) for name, number in words}


def limit(test):
    known = recorded(test.costs).get(test.name)
    return None if known is None else ALLOWANCE * max(known, LEAST)


def complaint(test, run):
    """(verdict, expected, happened), or None when there is nothing to say."""
    found = left(run, {**KEPT.get(test.chapter, {}), **test.wish("leaves", {})})
    most, spent = limit(test), cost(run)
    if found:
        return ("LEAK", "\n".join(f"{name} {before}" for name, before, _ in found),
                "\n".join(f"{name} {after}" for name, _, after in found))
    if most is not None and spent is not None and spent > most:
        return "LIMIT", f"at most {most} instructions", f"{spent}"
    return None
