# SPDX-License-Identifier: MIT
"""Chapter 3: the path of an address."""
from predictions import Question

USER_END = 0x00007ffffffff000


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


def questions(draw):
    return [*path(draw), address(draw)]
