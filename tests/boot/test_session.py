# SPDX-License-Identifier: MIT
"""docs/session.txt is a real session: its commands give the same answers again, but for numbers."""
import os
import re

import pytest

from test_run import Shell

PROMPT = "strix:~# "


def recorded():
    """[command, answer] pairs of the file."""
    path = os.path.join(os.environ["STRIX_SOURCE"], "docs", "session.txt")
    with open(path, encoding="utf-8") as file:
        parts = ("\n" + file.read()).split("\n" + PROMPT)[1:]
    return [part.partition("\n")[::2] for part in parts]


def without_numbers(text):
    """Numbers, addresses and the columns they are aligned to vary."""
    text = re.sub(r"\b(?=[0-9a-f]*\d)[0-9a-f]+\b|\d+", "N", text)
    text = re.sub(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b",
                  "D", text)
    return [re.sub(r"\s+", " ", line).strip() for line in text.split("\n") if line.strip()]


@pytest.fixture(scope="module")
def shell():
    shell = Shell()
    yield shell
    shell.close()


def test_the_session_is_real(shell):
    session = recorded()
    assert len(session) >= 10
    for command, answer in session:
        assert without_numbers(shell.run(command)) == without_numbers(answer), command
