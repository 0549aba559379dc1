# SPDX-License-Identifier: MIT
"""A sparse array against a dictionary."""
from model import MASK, Random


def expected(seed):
    random, tree, taken, found = Random(seed), {}, 0, []

    def index():
        which = random.below(5)
        return random.below((4, 200, 10000, 1 << 40)[which]) if which < 4 \
            else ~random.below(100) & MASK
    for step in range(5000):
        i = index()
        if random.below(3):
            taken += i in tree
            tree[i] = i * 2 + 1 & MASK
        else:
            tree.pop(i, None)
        if step % 500 == 499:
            contents = 0
            for key in sorted(tree):
                contents = (contents ^ key ^ tree[key]) * 0x100000001b3 & MASK
            hole = random.below(4)
            while hole in tree:
                hole += 1
            found.append(f"taken={taken} contents={contents:x} hole={hole:x}")
    return found + ["wrong=0 empty=1 leaked=0"]
