# SPDX-License-Identifier: MIT
"""A US keyboard as TERM=linux: random presses and releases against this model."""
from model import Random

EXTENDED, PAUSE, NO_KEY = 0x100, 0x200, 0x5c
PLAIN = {0x1e: "a", 0x30: "b", 0x2e: "c", 0x20: "d", 0x12: "e", 0x15: "y", 0x2c: "z", 0x10: "q",
         0x02: "1", 0x03: "2", 0x0a: "9", 0x0b: "0", 0x0c: "-", 0x0d: "=", 0x1a: "[", 0x1b: "]",
         0x27: ";", 0x28: "'", 0x29: "`", 0x2b: "\\", 0x33: ",", 0x34: ".", 0x35: "/",
         0x1c: "\r", 0x0f: "\t", 0x0e: "\x7f", 0x01: "\x1b", 0x39: " ",
         EXTENDED | 0x1c: "\r", EXTENDED | 0x35: "/"}
SHIFTED = dict(zip("1290-=[];'`\\,./", "!@()_+{}:\"~|<>?"))
SPECIAL = {0x3b: "\x1b[[A", 0x3f: "\x1b[[E", 0x40: "\x1b[17~", 0x44: "\x1b[21~", 0x57: "\x1b[23~",
           0x58: "\x1b[24~", EXTENDED | 0x48: "\x1b[A", EXTENDED | 0x50: "\x1b[B",
           EXTENDED | 0x4b: "\x1b[D", EXTENDED | 0x4d: "\x1b[C", EXTENDED | 0x47: "\x1b[1~",
           EXTENDED | 0x4f: "\x1b[4~", EXTENDED | 0x52: "\x1b[2~", EXTENDED | 0x53: "\x1b[3~",
           EXTENDED | 0x49: "\x1b[5~", EXTENDED | 0x51: "\x1b[6~"}
KEYS = [0x1e, 0x30, 0x2e, 0x20, 0x12, 0x15, 0x2c, 0x10, 0x02, 0x03, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a,
        0x1b, 0x27, 0x28, 0x29, 0x2b, 0x33, 0x34, 0x35, 0x1c, 0x0f, 0x0e, 0x01, 0x39, 0x3b, 0x3f,
        0x40, 0x44, 0x57, 0x58] + [EXTENDED | key for key in (
            0x48, 0x50, 0x4b, 0x4d, 0x47, 0x4f, 0x52, 0x53, 0x49, 0x51, 0x1c, 0x35)] + 3 * [PAUSE] + 2 * [NO_KEY]
SHIFTS, CONTROLS, ALT, CAPS = (0x2a, 0x36), (0x1d, EXTENDED | 0x1d), 0x38, 0x3a
MODIFIERS = [0x2a, 0x36, 0x1d, EXTENDED | 0x1d, 0x38, 0x3a]
CONTROL_SIGNS = {" ": 0, "2": 0, "3": 0x1b, "4": 0x1c, "5": 0x1d, "6": 0x1e, "7": 0x1f, "8": 0x7f,
                 "?": 0x7f, "/": 0x1f, "-": 0x1f}


class Keyboard:
    def __init__(self):
        self.held, self.caps = set(), False

    def modifier(self, key, release):
        if key == CAPS:
            self.caps ^= not release
        elif release:
            self.held.discard(key)
        else:
            self.held.add(key)

    def typed(self, key):
        if key in SPECIAL:
            return SPECIAL[key]
        if key in (PAUSE, NO_KEY):
            return ""
        sign = PLAIN[key]
        shift = any(k in self.held for k in SHIFTS)
        if key & EXTENDED:  # the keypad's Enter and /
            pass
        elif sign.isalpha():
            sign = sign.upper() if shift != self.caps else sign
        elif shift and sign == "\t":
            return "\x1b\t"
        elif shift:
            sign = SHIFTED.get(sign, sign)
        if any(k in self.held for k in CONTROLS):
            if "@" <= sign < "\x7f":
                sign = chr(ord(sign) & 0x1f)
            else:
                sign = chr(CONTROL_SIGNS.get(sign, ord(sign)))
        return ("\x1b" if ALT in self.held else "") + sign


def expected(seed):
    random, keyboard, lines = Random(seed), Keyboard(), []
    events = []
    for _ in range(150):
        table = MODIFIERS if random.below(3) == 0 else KEYS
        key = table[random.below(len(table))]
        events.append((key, random.below(2) == 1))
    events += [(0x1d, True), (EXTENDED | 0x1d, True), (PAUSE, False), (0x1e, False)]
    for i, (key, release) in enumerate(events):
        text = ""
        if key in MODIFIERS:
            keyboard.modifier(key, release)
        elif not release:
            text = keyboard.typed(key)
        lines.append(f"{i:03} {key:03x} {'up' if release else 'down'}={text.encode().hex()}")
    return lines
