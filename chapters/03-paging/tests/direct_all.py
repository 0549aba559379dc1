# SPDX-License-Identifier: MIT
"""11 GiB, two windows of RAM."""
options = {"memory": "11G"}


def expected(_):
    return ["looked=1 wrong=0"]
