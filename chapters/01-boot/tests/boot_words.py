# SPDX-License-Identifier: MIT
"""The kernel command line: words, values, numbers, what is behind `--`."""
append = ("bare colour=blue twice=first twice=second empty= long=abcdefgh hexadecimal=0x1f "
          "-- hidden=1 two  three")


def expected(_):
    return ["colour=blue", "twice=second", "empty=", "absent: no", "hidden: no", "col: no",
            "long=abc", "bare=1", "bar=0", "colour_is_bare=0", "hexadecimal=31", "otherwise=7",
            "arguments=hidden=1 two three"]
