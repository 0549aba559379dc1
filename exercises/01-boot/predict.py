# SPDX-License-Identifier: MIT
"""Chapter 1: dates and keys."""
import datetime

import keyboard_keys
from predictions import Question

EPOCH = datetime.date(1970, 1, 1)


def days(draw):
    year, month, day = draw.between(1999, 2399), draw.between(1, 12), draw.between(1, 28)
    return Question("days", f"days_since_1970({year}, {month}, {day}) is?",
                    (datetime.date(year, month, day) - EPOCH).days,
                    "is the year divisible by 100, and by 400?", {"date": (year, month, day)})


def keys(draw):
    """Modifiers go down, one key is typed: what the model of the test keyboard_keys says."""
    board = keyboard_keys.Keyboard()
    held = [draw.choose(keyboard_keys.MODIFIERS) for _ in range(2)]
    for key in held:
        board.modifier(key, False)
    key = draw.choose([key for key in keyboard_keys.KEYS if key not in keyboard_keys.SPECIAL])
    typed = board.typed(key).encode()

    def shown(code):
        return f"e0 {code & 0xff:02x}" if code & keyboard_keys.EXTENDED else f"{code:02x}"
    return Question("typed", "The keyboard sends the scan codes (hexadecimal, all presses)\n"
                    f"{' '.join(map(shown, held + [key]))}\n"
                    "Which bytes come?  As one hexadecimal number, the first byte first, such as 0x1b61.",
                    int(typed.hex(), 16), "which keys are these (keymap_us.c), and is a letter meant?",
                    {"held": held, "key": key})


def questions(draw):
    return [days(draw), keys(draw)]
