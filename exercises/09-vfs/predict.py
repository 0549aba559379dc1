# SPDX-License-Identifier: MIT
"""Chapter 9: descriptors, positions, modes."""
from predictions import Question, lowest


def duplicate(draw):
    """0 to 9 are open; some are closed, then dup() twice."""
    closed = sorted({draw.between(3, 9) for _ in range(3)})
    taken = set(range(10)) - set(closed)
    taken.add(lowest(taken))
    return Question("dup", f"0 to 9 are open.  close() of {', '.join(map(str, closed))}; dup(1); dup(1).\n"
                    "What does the second dup() return?", lowest(taken), "the lowest free number, each time",
                    {"closed": closed})


def length(draw):
    mine, theirs, again = draw.between(5, 50), draw.between(5, 50), draw.between(0, 1)
    text = (f"A process opens a new file and forks.  The child writes {theirs} bytes and ends; then the parent "
            f"writes {mine} bytes\n" + ("through the same descriptor." if not again else
                                        "through a descriptor that it has got by another open() of the file."))
    return Question("length", text + "  How long is the file?", max(mine, theirs) if again else mine + theirs,
                    "what do the two share: name, inode, open file, descriptor?",
                    {"mine": mine, "theirs": theirs, "again": again})


def mode(draw):
    wanted, mask = draw.choose([0o666, 0o777, 0o664, 0o640]), draw.choose([0o22, 0o27, 0o77, 0o2, 0o133])
    return Question("mode", f"umask is {mask:04o}.  open(..., O_CREAT, {wanted:04o}) makes a file of which mode?",
                    wanted & ~mask, "umask(2): bits are taken away, not subtracted", {"wanted": wanted, "mask": mask})


def questions(draw):
    return [duplicate(draw), length(draw), mode(draw)]
