# SPDX-License-Identifier: MIT
"""A page of 1 GiB, on a processor that has them."""
options = {"cpu": "max"}


def expected(_):
    return ["whole: level=3 to=240000000 wu-",
            "hole=0",
            "first: level=2 to=240000000 wu-",
            "large before: level=2 to=252000000 wu-",
            "small before: level=1 to=252344000 wu-",
            "hole: absent",
            "small behind: level=1 to=252346000 wu-",
            "large behind: level=2 to=252400000 wu-",
            "last: level=2 to=27fe00000 wu-",
            "tables=0"]
