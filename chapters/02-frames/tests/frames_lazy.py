# SPDX-License-Identifier: MIT
"""3 GiB of RAM, hardly touched by boot."""
options = {"memory": "3G"}


def expected(_):
    return ["most_untouched=1", "total_is_right=1"]
