# SPDX-License-Identifier: MIT
"""SIGKILL ends a task in every wait within a tick, and nothing of it stays."""
import pytest

WAITS = ("pipe_read pipe_write pipe_write_midway sendfile wait4 waitid nanosleep clock_nanosleep "
         "poll ppoll select sigsuspend pause sigtimedwait fifo_open_read fifo_open_write flock "
         "record_lock vfork futex stop stop_while_waiting terminal_read").split()


@pytest.mark.parametrize("wait", WAITS)
def test_killed(guest, wait):
    run = guest("killed", wait)
    assert (run.stdout, run.stderr, run.returncode) == ("at once\n", "", 0)
