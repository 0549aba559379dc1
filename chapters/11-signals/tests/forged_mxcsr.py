# SPDX-License-Identifier: MIT
"""QEMU's FXRSTOR and XRSTOR take reserved bits of MXCSR, so Linux inside it cannot be recorded.

The lines are those of Linux 6 on a processor; 2: SIGSEGV with SI_KERNEL.
"""
options = {"cpu": "max"}  # with extended state


def expected(seed):
    return ["allowed=0", "mxcsr_reserved=2", "mxcsr_bit_31=2", "feature_that_is_not=2",
            "compacted=2", "header_zero=2", "header_reserved=0", "(exit status 0)"]
