# SPDX-License-Identifier: MIT
"""With AVX; where the host has none, its lines differ."""
import os


def _host_has_avx():
    with open("/proc/cpuinfo") as file:
        return " avx " in file.read()


options = {"cpu": "max"}
WITH_AVX = ["avx", "inside_zeros"] + [f"{name}_high" for name in (
    "edited", "without_avx", "without_sse", "without_x87", "without_mark")]
host_differs = {"without_x87_stack": "QEMU stores zero from an empty register"}
if os.path.exists("/proc/cpuinfo") and not _host_has_avx():
    host_differs.update(dict.fromkeys(WITH_AVX, "no AVX"))
