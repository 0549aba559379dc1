# SPDX-License-Identifier: MIT
"""A test that fails on Linux is a wrong test: every program on the host's kernel, against the key.

tests/NAME.py may say `host_differs = "why"`: another kernel version, root's rights, a container.
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
            if test.kind in ("image", "program")]


@pytest.mark.skipif(platform.system() != "Linux" or platform.machine() != "x86_64",
                    reason="the host is no Linux on x86_64")
@pytest.mark.parametrize("test", PROGRAMS)
def test_host(test):
    if hasattr(test.module, "expected"):
        pytest.skip("its answer is a model's, not Linux's")
    reason = test.wish("host_differs", None)
    if reason:
        pytest.skip(reason)
    found = judge.differences(test.expected(judge.SEED), linux.host(test))
    assert not found, "\n".join(f"key {e!r}, host {h!r}" for e, h in found)
