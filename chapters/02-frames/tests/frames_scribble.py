# SPDX-License-Identifier: MIT
"""The module survives that all free memory is overwritten."""
CONTENT = bytes(i * 7 % 253 for i in range(1 << 20 | 123))
options = {"initrd": CONTENT}
later = False  # there the module has been unpacked and its frames are free


def expected(_):
    value = 0xcbf29ce484222325
    for byte in CONTENT:
        value = (value ^ byte) * 0x100000001b3 % (1 << 64)
    return [f"module={value:x}", "managed: zero=0 kernel=0 module=0"]
