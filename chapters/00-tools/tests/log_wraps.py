# SPDX-License-Identifier: MIT
"""A read across the ring's edge."""
from log_model import read_whole


def expected(seed):
    return ["edge_between=1", *read_whole(seed)]
