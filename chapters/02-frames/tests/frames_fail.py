# SPDX-License-Identifier: MIT
"""Fault injection: one allocation fails, the one that was asked for."""
from model import Random


def expected(seed):
    nth = 1 + Random(seed).below(20)
    return ["+" * (nth - 1) + "-" + "+" * (20 - nth)]
