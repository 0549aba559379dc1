# SPDX-License-Identifier: MIT
"""A damaged initramfs, plain or gzip: a clear word about it, and no panic but "no program"."""
import gzip
import os
import random
import sys

import pytest

sys.path.insert(0, f"{os.environ['STRIX_SOURCE']}/grading")
from strix import machine  # noqa: E402

BUILD = os.environ["STRIX_BUILD"]
with open(f"{BUILD}/initramfs.cpio", "rb") as archive:
    PLAIN = archive.read()
PACKED = gzip.compress(PLAIN, mtime=0)


def turned(content, seed):
    chance, content = random.Random(seed), bytearray(content)
    for _ in range(5):
        content[chance.randrange(3000)] ^= 1 << chance.randrange(8)
    return bytes(content)


DAMAGED = {f"{kind}-first-{part}": content[:int(part * len(content)) or 50]
           for kind, content in (("cpio", PLAIN), ("gzip", PACKED)) for part in (0, .001, .5, .99)}
DAMAGED.update({f"{kind}-turned-{seed}": turned(content, seed)
                for kind, content in (("cpio", PLAIN), ("gzip", PACKED)) for seed in range(5)})


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged(name):
    run = machine.Machine(f"{BUILD}/strix.elf", initrd=DAMAGED[name], channels=("report",), icount=0,
                          append="console=ttyS0 init=/nothing panic=exit loglevel=6",
                          guest_limit=10).run()
    assert (run.verdict, "no program for process 1" in run.detail) == ("PANIC", True)
    assert any("initramfs: " in line and "entries" != line.split()[-1]
               for line in run.text("console").splitlines())
