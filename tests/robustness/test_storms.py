# SPDX-License-Identifier: MIT
"""Things done very often leave nothing behind: frames and objects in use are as before."""
import pytest

STORMS = ("forks orphans ignored_children vforks execs failed_execs failed_forks pipes "
          "waiting_readers maps files file_maps signals crashes groups mounts bomb").split()


@pytest.mark.parametrize("storm", STORMS)
def test_nothing_is_left(guest, storm):
    run = guest("storms", storm)
    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)


def test_shell_survives_its_bomb(shell):
    """The classic one, by a user with a limit; a second shell sweeps and lives on."""
    run = shell("""
        setuidgid nobody sh -c 'ulimit -p 40; :(){ :|:& };:' 2>/dev/null
        sleep 1
        setuidgid nobody sh -c 'kill -9 -1'
        sleep 1
        ps -o user | grep -c nobody
        echo alive
        """)
    assert run.stdout.split() == ["0", "alive"] and run.returncode == 0
