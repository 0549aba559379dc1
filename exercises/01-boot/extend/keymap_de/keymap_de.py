# SPDX-License-Identifier: MIT
"""The German layout (DIN 2137, T1): plain, shifted, with AltGr; dead keys as their signs.

Held against Debian 12's `de` of xkb-data and `de-latin1` of console-data.  What xkb alone has beyond T1
(paragraph signs, arrows ... with AltGr) is not asked for; of the two signs for AltGr and +, ~ is no dead key.
"""
KEYS = {0x03: "2\"²", 0x04: "3§³", 0x06: "5% ", 0x07: "6& ", 0x08: "7/{", 0x09: "8([", 0x0a: "9)]", 0x0b: "0=}",
        0x0c: "ß?\\", 0x0d: "´` ", 0x10: "qQ@", 0x12: "eE€", 0x15: "zZ ", 0x1a: "üÜ ", 0x1b: "+*~", 0x1e: "aA ",
        0x27: "öÖ ", 0x28: "äÄ ", 0x29: "^° ", 0x2b: "#' ", 0x2c: "yY ", 0x32: "mMµ", 0x33: ",; ", 0x34: ".: ",
        0x35: "-_ ", 0x56: "<>|"}


def expected(seed):
    return [f"{code:x}=" + " ".join(f"{0 if sign == ' ' else ord(sign):x}" for sign in signs)
            for code, signs in KEYS.items()]
