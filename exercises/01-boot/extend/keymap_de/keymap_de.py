# SPDX-License-Identifier: MIT
"""The German layout (DIN 2137, T1 with AltGr): plain, shifted, with AltGr; dead keys as their signs."""
KEYS = {0x03: "2\"²", 0x08: "7/{", 0x0c: "ß?\\", 0x0d: "´` ", 0x10: "qQ@", 0x12: "eE€", 0x15: "zZ ", 0x1a: "üÜ ",
        0x1b: "+*~", 0x1e: "aA ", 0x27: "öÖ ", 0x28: "äÄ ", 0x29: "^° ", 0x2b: "#' ", 0x2c: "yY ", 0x32: "mMµ",
        0x33: ",; ", 0x34: ".: ", 0x35: "-_ ", 0x56: "<>|"}


def expected(seed):
    return [f"{code:x}=" + " ".join(f"{0 if sign == ' ' else ord(sign):x}" for sign in signs)
            for code, signs in KEYS.items()]
