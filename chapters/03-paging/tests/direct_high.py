# SPDX-License-Identifier: MIT
"""6 GiB of RAM: half of it above 4 GiB."""
options = {"memory": "6G"}


def expected(_):
    return ["high=768 wrong=0"]
