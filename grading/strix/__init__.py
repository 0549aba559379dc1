# SPDX-License-Identifier: MIT
"""Running Strix in QEMU from Python.

    cpio      archives: reading their names, writing one to append
    guest     what is put beside the default initramfs so that one program runs, and how its descriptors go
    machine   QEMU: the one place that knows its flags, the monitor, watchdogs; a Run and its verdict
    records   the report channel, parsed strictly
    symbols   names for addresses, from the kernel's ELF
"""
