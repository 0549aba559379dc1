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


# All with builtins: while the bomb runs there may be no process left to have.
ROOTS_BOMB = """
    mkfifo /tmp/never
    exec 4<>/tmp/never
    rest() { read -t $1 -u 4 nothing; }
    in_use() {
        echo 3 > /proc/sys/vm/drop_caches
        awk '/^(process|task|pid|files|pipe|address_space|area) / { print $1, $2 }' /proc/slabinfo
    }
    free() { awk '/^(MemFree|Slab)/ { sum += $2 } END { print sum }' /proc/meminfo; }
    bomb() { bomb | bomb & }
    in_use > /dev/null
    before=$(in_use) free=$(free)
    (bomb) 2> /dev/null
    rest 1
    kill -9 -1
    rest 1
    [ "$before" = "$(in_use)" ] && echo same
    free=$((free - $(free)))
    [ $free -lt 512 ] && echo back || echo $free KiB are lost
    echo alive
    """


@pytest.mark.parametrize("memory", ("64M", "256M"))
def test_shell_survives_roots_bomb(shell, memory):
    """Without a limit but the number of threads and memory; the shell that began it lives on."""
    run = shell(ROOTS_BOMB, options=("--memory", memory))
    assert run.stdout.split("\n") == ["same", "back", "alive", ""] and run.returncode == 0
