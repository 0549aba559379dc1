# SPDX-License-Identifier: MIT
"""What the kernel log holds after a test has logged its lines; shared by the tests of log_read()."""
from model import Random

LINES = 10
HEAD = len("<7>[    0.123456] ")


def lines(random):
    return [f"line {i}: {random.next():x}" for i in range(LINES)]


def length(texts):
    return sum(HEAD + len(text) + 1 for text in texts)


def read_whole(seed):
    """What a reader sees that has room for all."""
    texts = lines(Random(seed))
    return [f"bytes={length(texts)}", "at_the_end=1", *texts, "behind=#"]
