# SPDX-License-Identifier: MIT
"""With AVX, where QEMU has it."""
options = {"cpu": "max"}
