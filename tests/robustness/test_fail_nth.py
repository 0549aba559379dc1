# SPDX-License-Identifier: MIT
"""The n-th allocation of an operation fails, for each n: Linux's errno, and nothing is left behind."""
import pytest

NO_MEMORY, TOO_MANY_FILES, AGAIN = ("Out of memory", "Too many open files in system",
                                    "Resource temporarily unavailable")
ENDINGS = {  # besides "ok"; where memory is touched, a larger process is killed and it goes on
    "fork": {NO_MEMORY}, "vfork": {NO_MEMORY},
    "exec": {NO_MEMORY, "signal 11"},  # behind the point of no return
    "open": {NO_MEMORY}, "create": {NO_MEMORY}, "mkdir": {NO_MEMORY}, "symlink": {NO_MEMORY},
    "link": {NO_MEMORY}, "rename": {NO_MEMORY}, "stat": {NO_MEMORY}, "list": {NO_MEMORY},
    "maps": {NO_MEMORY}, "write": {NO_MEMORY},
    "pipe": {NO_MEMORY, TOO_MANY_FILES}, "pipe_write": {NO_MEMORY, TOO_MANY_FILES},
    "descriptors": {NO_MEMORY}, "mmap": {NO_MEMORY}, "mmap_shared": {NO_MEMORY},
    "mmap_file": {NO_MEMORY}, "munmap": {NO_MEMORY}, "mprotect": {NO_MEMORY},
    "mremap": {NO_MEMORY}, "brk": {NO_MEMORY}, "touch": {NO_MEMORY}, "read_into": {NO_MEMORY},
    "signal": set(),  # the frame fits into the stack's pages; signal_stack has none yet
    "sigqueue": {AGAIN},
    "mount": {NO_MEMORY}, "poll": set(), "chdir": {NO_MEMORY},
    "pipe_size": {NO_MEMORY}, "fifo": {NO_MEMORY}, "poll_many": {NO_MEMORY},
    "select_many": {NO_MEMORY}, "signal_stack": {NO_MEMORY},
    "flock": {NO_MEMORY}, "record_lock": {NO_MEMORY, "No locks available"},
    "futex_wake": {NO_MEMORY}, "read_alone": {NO_MEMORY, "signal 9"},
}


@pytest.mark.parametrize("operation", ENDINGS)
def test_each_allocation(guest, operation):
    run = guest("fail_nth", operation)
    assert set(run.stdout.splitlines()) == ENDINGS[operation] | {"ok"}
    assert run.returncode == 0
