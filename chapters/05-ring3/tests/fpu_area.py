# SPDX-License-Identifier: MIT
"""On a processor with XSAVE, whose area is longer than struct fpu_area says."""
options = {"cpu": "max"}


def expected(_):
    return ["control=0x37f mxcsr=0x1f80", "mask_is_the_processors=1", "not_zero=0 changed_beyond=0"]
