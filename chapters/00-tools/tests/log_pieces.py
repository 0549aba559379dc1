# SPDX-License-Identifier: MIT
"""Room for some bytes only: the position says where to go on."""
from log_model import Random, length, lines


def expected(seed):
    random = Random(seed)
    texts = lines(random)
    left, pieces = length(texts), []
    while left:
        pieces.append(min(left, 1 + random.below(60)))
        left -= pieces[-1]
    return [*(f"piece {i}={count}" for i, count in enumerate(pieces)),
            f"position={length(texts)}", *texts, "behind=#"]
