# SPDX-License-Identifier: MIT
"""Chapter 0: traces, the log's ring, time that counts instructions."""
from predictions import Question, lowest

LOG_SIZE = 65536


def opened(draw):
    """Opens, one close, and an open again."""
    count, gone = draw.between(3, 6), draw.between(0, 2)
    taken = set(range(3 + count)) - {3 + gone}
    text = "\n".join([f'openat(AT_FDCWD, "f{i}", O_RDONLY) = {3 + i}' for i in range(count)] +
                     [f"close({3 + gone}) = 0", f'openat(AT_FDCWD, "f{gone}", O_RDONLY) = ?'])
    return Question("number", "What does the last line of this trace return?\n" + text, lowest(taken),
                    "which numbers are taken then?", {"count": count, "gone": gone})


def position(draw):
    first, step = draw.between(20, 200), draw.between(-15, 300)
    text = ('What does the last line return?\nopenat(AT_FDCWD, "f", O_RDONLY) = 3\n'
            f'read(3, "..."..., {first}) = {first}\ndup(3) = 4\nlseek(4, {step}, SEEK_CUR) = ?')
    return Question("position", text, first + step, "whose position is it, 3's or 4's?",
                    {"first": first, "step": step})


def ended(draw):
    code = draw.between(1, 255)
    return Question("code", f"wait4(-1, [{code << 8}], 0, NULL) = 7.  With which code did process 7 exit?",
                    code, "wait(2): which bits of the status hold the code?", {"code": code})


def ring(draw):
    end = LOG_SIZE + draw.between(1000, 60000)
    at = end - draw.between(1, LOG_SIZE)
    return Question("bytes", f"ring_end is {end}.  log_read() has room for 100,000 bytes and a position {at}."
                    "\nHow many bytes does it copy?", end - at, "from where to where does the ring hold bytes?",
                    {"end": end, "at": at})


def questions(draw):
    return [opened(draw), position(draw), ended(draw), ring(draw)]
