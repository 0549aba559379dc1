# SPDX-License-Identifier: MIT
"""A Linux that was configured or booted with vsyscall=none, as Debian's is, lacks all of it."""
import os


def _missing_here():
    with open("/proc/self/maps") as maps, open(f"{os.path.splitext(__file__)[0]}.key") as key:
        lines = [line.strip().split("=")[0] for line in key]
        return {} if "[vsyscall]" in maps.read() else dict.fromkeys(lines, "no page to call")


host_differs = _missing_here() if os.path.exists("/proc/self/maps") else {}
