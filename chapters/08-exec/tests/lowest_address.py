# SPDX-License-Identifier: MIT
"""The lowest address is a setting of Linux; Debian's is 65536."""


def _lowest_here():
    try:
        with open("/proc/sys/vm/mmap_min_addr") as file:
            return int(file.read())
    except OSError:
        return 0


_MOVED = ("null", "second", "last_below", "no_replace", "hint_low", "move")
host_differs = {} if _lowest_here() == 65536 else {
    f"{who}_{name}": "another setting" for who in ("root", "user") for name in _MOVED}
