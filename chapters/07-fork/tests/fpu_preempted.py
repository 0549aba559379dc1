# SPDX-License-Identifier: MIT
"""With AVX; where the host has none, it says so."""
import os


def _host_has_avx():
    with open("/proc/cpuinfo") as file:
        return " avx " in file.read()


options = {"cpu": "max"}
host_differs = {} if not os.path.exists("/proc/cpuinfo") or _host_has_avx() else {"avx": "no AVX"}
