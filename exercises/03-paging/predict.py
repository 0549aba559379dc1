# SPDX-License-Identifier: MIT
"""Chapter 3: the path of an address, its rights, pages of two sizes."""
from predictions import Question

USER_END = 0x00007ffffffff000
PAGE, LARGE, BASE = 1 << 12, 1 << 21, 1 << 44


def index(address, level):
    return address >> 12 + 9 * (level - 1) & 511


def path(draw):
    address = draw.between(1, USER_END // 4096 - 1) << 12 | draw.below(4096)
    hint = "12 bits inside the page, then 9 for each level from below"
    return [Question(f"level_{level}", f"Which index has {address:#x} in the table of level {level}?",
                     index(address, level), hint, {"address": address, "level": level})
            for level in sorted((4, 3, 2, 1), key=lambda level: draw.next())[:2]]


def address(draw):
    indexes = [draw.between(1, 255)] + [draw.below(512) for _ in range(3)]
    value = 0
    for each in indexes:
        value = value << 9 | each
    return Question("address", f"Which address has the indexes {', '.join(map(str, indexes))} (level 4 first), "
                    "offset 0?", value << 12, "shift by 39, 30, 21, 12",
                    {"address": value << 12, "indexes": indexes})


def allowed(draw):
    """A path of four entries with drawn rights."""
    entries = [(bool(draw.below(5)), bool(draw.below(16)), not draw.below(6)) for _ in range(4)]  # write, user, NX
    write, user = all(entry[0] for entry in entries), all(entry[1] for entry in entries)
    execute = not any(entry[2] for entry in entries)
    shown = "\n".join(f"level {level}: present" + ", write" * entry[0] + ", user" * entry[1] + ", NX" * entry[2]
                      for level, entry in zip((4, 3, 2, 1), entries))
    return Question("allowed", f"The way to a page has these entries:\n{shown}\nWhat may ring 3 do there?  Add 1 for "
                    "reading, 2 for writing, 4 for executing.", user * (1 + 2 * write + 4 * execute),
                    "which bits must every entry have, and which one must none have?", {"entries": entries})


def leaves_of(start, end, to):
    """[(start, bytes)] of the pages that map [start, end) to `to`, the largest first."""
    found = []
    at = start
    while at < end:
        size = LARGE if not (at | at - start + to) % LARGE and end - at >= LARGE else PAGE
        found.append((at, size))
        at += size
    return found


def left_of(leaves, low, high):
    """How many pages are left when [low, high) is unmapped: large ones are split at its ends."""
    count = 0
    for start, size in leaves:
        inside = max(0, min(start + size, high) - max(start, low))
        count += 1 if not inside else (size - inside) // PAGE
    return count


def leaves(draw):
    start = BASE + draw.between(1, 64) * LARGE + draw.choose([0, 0, 3, 16]) * PAGE
    to = draw.between(8, 12) * LARGE + draw.choose([start % LARGE, start % LARGE, start % LARGE + 8 * PAGE])
    end = start + 4 * LARGE + draw.between(0, 40) * PAGE
    low = start + draw.between(1, 600) * PAGE
    high = low + draw.between(1, 900) * PAGE
    return Question("leaves", f"[{start:#x}, {end:#x}) is mapped to {to:#x} with the largest pages\nthat do it, up "
                    "to 2 MiB.  "
                    f"Then [{low:#x}, {high:#x}) is unmapped.\nHow many pages, large and small, are mapped there "
                    "now?",
                    left_of(leaves_of(start, end, to), low, high),
                    "both addresses of a large page are multiples of 2 MiB; only those at the ends of what goes are "
                    "split",
                    {"start": start, "to": to, "end": end, "low": low, "high": high})


def questions(draw):
    return [*path(draw), address(draw), allowed(draw), leaves(draw)]
