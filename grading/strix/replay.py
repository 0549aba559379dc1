# SPDX-License-Identifier: MIT
"""A run that is recorded, and the same run again under GDB.

Under icount a run of a Machine is the same each time - until a debugger stops it: QEMU then takes the
processor for idle and lets the clock jump to its next timer.  So the debugger gets a replay (QEMU's
`rr=`) of a run that was recorded without it, where every interrupt comes at the instruction at which it
came.  Stops, steps and breakpoints change nothing in it, and `monitor replay_break K` stops at
instruction K exactly.
"""
import os
import re
import signal
import subprocess

from .machine import EXIT_PORT, WATCHDOG_STEPS, Machine

QUIT_SECONDS = 10


class Recorded(Machine):
    """Writes what came from outside, and when, to `log`.  `count`: instructions at a HANG or FLOOD."""

    def __init__(self, kernel, log=None, **options):
        super().__init__(kernel, **options)
        self.log, self.count, self.exact = log, None, False
        self._flooded = False

    def _command(self, directory):
        command = super()._command(directory)
        command[command.index("-icount") + 1] += f",rr=record,rrfile={self.log}"
        return command

    def _counted(self):
        found = re.search(r"count = (\d+)", self.monitor.human("info replay"))
        self.count = int(found[1]) if found else None

    def _hang(self, when):
        super()._hang(when)
        self._counted()

    def _drain(self, name, end):
        """A flood is stopped from outside; its channels are emptied until the machine stands still."""
        super()._drain(name, end)
        if self.result.verdict == "FLOOD" and not self._flooded:
            self._flooded, self.result.verdict, self.flood = True, None, 1 << 60
            self.monitor.events.clear()
            self.monitor.channel.sendall(b'{"execute": "stop"}\n')

    def _events(self):
        if not self._flooded:
            super()._events()
            return
        answer = self.monitor.next_message()
        while answer and "return" not in answer:  # of `stop`; events come before it
            answer = self.monitor.next_message()
        self.result.verdict = "FLOOD"
        if answer:
            self._counted()

    def _rest(self):
        """The log is whole only when QEMU ends by itself.  After a flood by the port with which a guest ends
        it: `quit` would write the end into the log without the instructions before it."""
        if self.result.verdict and self.process.poll() is None:
            self.monitor.human(f"o /b {EXIT_PORT:#x} 0") if self._flooded else self.monitor("quit")
            try:
                self.process.wait(QUIT_SECONDS)
            except subprocess.TimeoutExpired:
                pass
        super()._rest()


class Replayed(Machine):
    """The recorded run again, stopped before its first instruction, for the GDB that `debugger`
    (a command) starts; `gdb_environment` is added to its environment.  The end of GDB is the end."""

    def __init__(self, kernel, log=None, **options):
        super().__init__(kernel, **options)
        self.log, self.exact = log, False
        self.debugger, self.gdb_environment = None, {}
        self.gdb_output = None  # where to write what GDB says; None: the terminal
        self.stopped, self.own_session = True, True
        self.wall_limit, self.flood = 1 << 30, 1 << 60

    def _command(self, directory):
        command = super()._command(directory)
        command[command.index("-icount") + 1] += f",rr=replay,rrfile={self.log}"
        self.socket = f"{directory}/gdb"
        return command + ["-action", "shutdown=pause", "-gdb", "chardev:gdb", "-chardev",
                          f"socket,id=gdb,path={self.socket},server=on,wait=off"]

    def _events(self):
        """Whatever happens to the machine, GDB is told by QEMU."""
        if self.monitor.take_events() is None:
            self.unwatch(self.monitor)

    def run(self, started=None):
        """Returns GDB's exit status."""
        self.gdb = None
        try:
            super().run(self._debug)
        finally:
            if self.gdb and self.gdb.poll() is None:
                self.gdb.wait()
        return self.gdb.returncode

    def _debug(self):
        before = signal.getsignal(signal.SIGINT)
        command = [word.replace("@SOCKET@", self.socket) for word in self.debugger]
        try:
            self.gdb = subprocess.Popen(command, env={**os.environ, **self.gdb_environment},
                                        stdin=subprocess.DEVNULL if self.gdb_output else None,
                                        stdout=self.gdb_output, stderr=self.gdb_output)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-c is GDB's
        self._before = before
        self.watch(os.pidfd_open(self.gdb.pid), self._gdb_ended)

    def _gdb_ended(self):
        signal.signal(signal.SIGINT, self._before)
        self.process.kill()
        self.result.verdict = self.result.verdict or "OFF"


def legs(limit):
    """What to arm ib700 with, again and again, after its first time is over (Machine._arm)."""
    found, elapsed = [], 0
    while limit:
        leg = max(2, int(min(limit - elapsed, WATCHDOG_STEPS)) // 2 * 2)
        if elapsed:
            found.append((WATCHDOG_STEPS - leg) // 2)
        elapsed += leg
        if elapsed >= limit:
            return found
    return found
