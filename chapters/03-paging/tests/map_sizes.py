# SPDX-License-Identifier: MIT
"""Page sizes, on a processor that has all three."""
options = {"cpu": "max"}


def expected(_):
    return ["200000: 1 of level 2",
            "error=0 end=400000",
            "1ff000: 1 of level 1",
            "200000: 2 of level 2",
            "600000: 1 of level 1",
            "error=0 end=601000",
            "200000: 1024 of level 1",
            "error=0 end=600000",
            "200000: 1 of level 2",
            "400000: 511 of level 1",
            "error=0 end=5ff000",
            "200000: 512 of level 1",
            "error=0 end=400000",
            "3fe00000: 1 of level 2",
            "40000000: 2 of level 3",
            "c0000000: 1 of level 2",
            "error=0 end=c0200000",
            "40000000: 512 of level 2",
            "error=0 end=80000000",
            "40000000: 512 of level 2",
            "error=0 end=80000000"]
