# SPDX-License-Identifier: MIT
"""Out of memory on a machine of 32 MiB: who asks too much ends, the shell lives, memory comes back."""
import pytest

GREEDY = {
    "tmpfs": "mkdir /tmp/m; mount -t tmpfs none /tmp/m; cat /dev/zero > /tmp/m/fill; "
             "echo $?; umount /tmp/m",
    "program": "awk 'BEGIN { s = \"x\"; while (1) s = s s }'; echo $?",
    "file": "dd if=/dev/zero of=/tmp/fill bs=64k 2>/dev/null; echo $?; rm -f /tmp/fill",
}
FREE = "echo 3 > /proc/sys/vm/drop_caches; grep MemFree /proc/meminfo | tr -dc 0-9; echo"


@pytest.mark.parametrize("what", GREEDY)
def test_shell_lives_on(shell, what):
    run = shell(f"{FREE}; {GREEDY[what]}; {FREE}; echo alive", options=("--memory", "32M"))
    before, status, after, alive = run.stdout.split()[-4:]
    assert status != "0" and alive == "alive" and run.returncode == 0
    assert abs(int(before) - int(after)) < 256  # KiB


def test_order_of_victims(guest):
    run = guest("victims", options=("--memory", "64M"))
    assert run.stdout.splitlines() == ["small but adjusted up", "largest", "youngest of equals",
                                       "oldest of equals", "large but adjusted down"]
    assert run.returncode == 0
