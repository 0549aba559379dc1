# SPDX-License-Identifier: MIT
"""A test that fails on Linux is a wrong test: every program on the host's kernel, against the key.

tests/NAME.py may name what differs on other kernels or in a container, host_differs = {key: why}, or
the device file without which the program can do nothing, host_lacks = path.
"""
import os
import platform
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import course  # noqa: E402
import judge  # noqa: E402
import linux  # noqa: E402

PROGRAMS = [pytest.param(test, id=f"{test.chapter:02}-{test.name}")
            for chapter in course.chapters().values() for test in chapter.tests
            if test.kind in ("image", "program")
            and not hasattr(test.module, "expected")  # a model's answer, not Linux's
            and os.access(test.wish("host_lacks", "/dev/null"), os.R_OK | os.W_OK)]
TRIES = 3  # programs sleep for a few milliseconds of the host's time, and a busy host wakes them late


def differences(test):
    known = test.wish("host_differs", {})
    return [(key, host) for key, host in judge.differences(test.expected(judge.SEED), linux.host(test))
            if known.keys().isdisjoint({key.split("=")[0], host.split("=")[0]})]


@pytest.mark.skipif(platform.system() != "Linux" or platform.machine() != "x86_64",
                    reason="the host is no Linux on x86_64")
@pytest.mark.parametrize("test", PROGRAMS)
def test_host(test):
    for _ in range(TRIES):
        found = differences(test)
        if not found:
            break
    assert not found, "\n".join(f"key {e!r}, host {h!r}" for e, h in found)
