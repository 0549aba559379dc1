# SPDX-License-Identifier: MIT
"""On a processor with SMAP; QEMU's default one has none."""
options = {"cpu": "max"}
# the first address space of all makes it, and it is never freed
leaves = {"frames.kernel": "the frame of zeros"}


def expected(_):
    return ["smap=1", "within: left=0 open=0", "across: left=7 open=0", "nowhere: left=20 open=0"]
