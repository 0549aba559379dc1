# SPDX-License-Identifier: MIT
"""The boot module is where the kernel says, whole, and not under the kernel."""
CONTENT = bytes(i * i % 251 for i in range(70001))
options = {"initrd": CONTENT}
later = False  # there the module has been unpacked and its frames are free


def expected(_):
    value = 0xcbf29ce484222325
    for byte in CONTENT:
        value = (value ^ byte) * 0x100000001b3 % (1 << 64)
    return [f"length={len(CONTENT)}", f"hash={value:x}", "outside_the_kernel=1"]
