# SPDX-License-Identifier: MIT
"""A frame with many owners."""
from model import Random


def expected(seed):
    owners = 1 + Random(seed).below(1000)
    return [f"owners={owners + 1}", "one_left: count=1 used=1", "none_left: used=0"]
