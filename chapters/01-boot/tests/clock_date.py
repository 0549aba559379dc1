# SPDX-License-Identifier: MIT
"""Dates as days since 1970, and the CMOS clock, which the host has set to the end of a leap day."""
import datetime

from model import Random

NOW = datetime.datetime(2024, 2, 29, 23, 59, 58)
options = {"date": NOW.isoformat()}
EPOCH = datetime.date(1970, 1, 1)


def days(year, month, day):
    return f"{year}-{month:02}-{day:02}={(datetime.date(year, month, day) - EPOCH).days}"


def expected(seed):
    random = Random(seed)
    lines = [f"now={int((NOW - datetime.datetime(1970, 1, 1)).total_seconds())}"]
    for _ in range(40):
        year = 1970 + random.below(431)
        month = 1 + random.below(12)
        lines.append(days(year, month, 1 + random.below(28)))
    return lines + [days(2000, 2, 29), days(1969, 12, 31)]
