# SPDX-License-Identifier: MIT
"""QEMU: the one place that knows its flags and how a machine can end.

A Machine describes what to boot and with what beside it; run() boots it once and returns a Run:
what came out of each channel, the records, and the verdict.  How the end is told:

    OFF           the kernel ended the machine in order (isa-debug-exit 0x10, or ACPI)
    PANIC         it panicked (isa-debug-exit 0x11, or a panic record before it stood still)
    TRIPLE-FAULT  QEMU's log of resets has one
    RESTART       a reset without triple fault
    HANG          the guest's time passed `guest_limit`: ib700, a watchdog card that we arm before the
                  first instruction, pauses the machine; idle and busy are told by HLT.  Without a
                  limit, a processor that halts with interrupts off can never wake: also a HANG
    FLOOD         a channel passed `flood` bytes
    INFRA         QEMU failed, or the wall clock passed `wall_limit`: says nothing about the kernel

With icount=SHIFT every run is the same: the clock is the count of instructions.  Nothing from
outside may then touch the guest while it runs, so input goes into the archive and output through
pipes, which never make a device wait in the guest's time.
"""
import ctypes
import functools
import json
import os
import re
import selectors
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time

from . import records, symbols

PORTS = {"report": 0xe9, "out": 0xea, "err": 0xeb}  # isa-debugcon, each with its own channel
EXIT_PORT, EXIT_OFF, EXIT_PANIC = 0xf4, 0x10 << 1 | 1, 0x11 << 1 | 1
WATCHDOG_STEPS = 30  # seconds that ib700 counts at most; an even number
WALL_PER_GUEST_SECOND = 60  # a far guard against a host that stands still
DEAD_CHECK = 2.0  # seconds between two looks at a machine without limit
CALLERS_SHOWN = 6  # of a machine that hangs
LIVE = "live"  # for `console` and `stdin`: a socket that the caller feeds and drains


@functools.lru_cache
def qemu_version():
    """(7, 2) of QEMU 7.2.22; what earlier ones lack, models leave out."""
    qemu = os.environ.get("QEMU") or "qemu-system-x86_64"
    said = subprocess.run([qemu, "--version"], stdout=subprocess.PIPE, text=True, check=False).stdout
    found = re.search(r"version (\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


class Run:
    """What one boot gave.  `streams` maps console, report, out, err to bytes."""

    def __init__(self):
        self.verdict = None
        self.detail = ""
        self.streams = {}
        self.records = []
        self.damage = None  # why the report channel cannot be trusted
        self.backtrace = []  # of a HANG: who called the function in `detail`
        self.looked = None  # what Machine.inspect returned

    def text(self, stream):
        return self.streams.get(stream, b"").decode("utf-8", "replace").replace("\r", "")

    @property
    def wait_status(self):
        """Of the program, from the last exit record; None: there is none."""
        found = records.payloads(self.records, "exit")
        return int(found[-1].split()[1]) if found else None

    @property
    def data(self):
        return records.data(self.records)


class Monitor:
    """QEMU's control channel (QMP)."""

    def __init__(self, channel):
        self.channel = channel
        self._rest = b""
        self.events = []

    def fileno(self):
        return self.channel.fileno()

    def next_message(self):
        """The next message, or None at the end of the channel."""
        while b"\n" not in self._rest:
            try:
                got = self.channel.recv(65536)
            except OSError:
                got = b""
            if not got:
                return None
            self._rest += got
        line, self._rest = self._rest.split(b"\n", 1)
        return json.loads(line)

    def start(self):
        self.next_message()
        self("qmp_capabilities")

    def __call__(self, command, **arguments):
        """The command's result; events that come first are kept.  None: QEMU has gone."""
        message = {"execute": command, "arguments": arguments}
        try:
            self.channel.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            return None
        while True:
            answer = self.next_message()
            if answer is None:
                return None
            if "event" in answer:
                self.events.append(answer)
            elif "error" in answer:
                raise RuntimeError(f"QEMU: {command}: {answer['error']['desc']}")
            else:
                return answer["return"]

    def human(self, line):
        return self("human-monitor-command", **{"command-line": line}) or ""

    def take_events(self):
        """Events so far; called when the channel is readable, or when `events` has some.  None at its end."""
        if not self.events:
            answer = self.next_message()
            if answer is None:
                return None
            self.events += [answer] if "event" in answer else []
        while b"\n" in self._rest:  # what came with it: the channel does not get readable again for that
            answer = self.next_message()
            self.events += [answer] if "event" in answer else []
        events, self.events = self.events, []
        return events

    def registers(self):
        """{name: value} of the first processor: RIP, RFL, CR3, HLT, IDT (base) ..."""
        text = self.human("info registers")
        found = {name: int(value, 16) for name, value in
                 re.findall(r"\b([A-Z][A-Z0-9]+) ?= *([0-9a-f]+)\b", text)}
        for name, base, limit in re.findall(r"([GI]DT)= +([0-9a-f]+) ([0-9a-f]+)", text):
            found[name], found[name + "_LIMIT"] = int(base, 16), int(limit, 16)
        return found

    def memory(self, address, size, physical=False):
        address -= (address >> 63) << 64  # QMP's integers have a sign
        with tempfile.NamedTemporaryFile(prefix="strix-") as file:
            self("pmemsave" if physical else "memsave", val=address, size=size, filename=file.name)
            with open(file.name, "rb") as saved:
                return saved.read()


def _die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Machine:
    """One machine to boot.  All keyword arguments are attributes that may be changed before run()."""

    def __init__(self, kernel, **options):
        self.kernel = kernel
        self.initrd = None         # bytes
        self.append = ""
        self.memory, self.smp, self.cpu = "256M", 1, None
        self.icount = None         # instructions are 1 << icount nanoseconds; None: the host's clock
        self.date = "2024-01-01T00:00:00"  # of the CMOS clock, with icount
        self.disk = None
        self.devices = []          # further QEMU arguments
        self.channels = ("report",)
        self.console = "collect"
        self.stdin = None          # LIVE: COM2
        self.second_serial = False # COM2 is a collected stream "serial2" (Linux's report channel)
        self.guest_limit = None    # seconds
        self.wall_limit = None
        self.exact = True          # see _stops_exactly()
        self.flood = 1 << 20       # bytes a channel
        self.run_number = 0
        self.stopped = False       # a debugger starts it
        self.own_session = False   # Ctrl-c on the terminal is not for QEMU
        self.inspect = None        # called with the Monitor when an ended machine is still there
        self.reported = None       # called once, at the first bytes on the report channel
        self.sinks = {}            # stream: function that takes bytes instead of collecting them
        self.qemu = os.environ.get("QEMU") or shutil.which("qemu-system-x86_64")
        unknown = set(options) - set(vars(self))
        if unknown:
            raise TypeError(f"Machine has no {unknown}")
        vars(self).update(options)

    # ---- the command

    def _command(self, directory):
        command = [self.qemu or "qemu-system-x86_64", "-M", "pc", "-accel", "tcg", "-m",
                   str(self.memory), "-smp", str(self.smp), "-cpu", self.cpu or
                   ("max" if self.icount is None else "qemu64,+rdrand"),
                   "-nodefaults", "-no-user-config", "-display", "none", "-S",
                   "-action", f"reboot=shutdown,watchdog={'reset' if self._stops_exactly() else 'pause'}",
                   "-d", "cpu_reset", "-D", f"{directory}/resets",
                   "-kernel", self.kernel, "-append", self._command_line()]
        if self.initrd is not None:
            with open(f"{directory}/initrd", "wb") as file:
                file.write(self.initrd)
            command += ["-initrd", f"{directory}/initrd"]
        if self.icount is not None:
            command += ["-icount", f"shift={self.icount},sleep=off", "-seed", "1",
                        "-rtc", f"base={self.date},clock=vm"]
        if self.disk:
            command += ["-drive", f"file={self.disk},format=raw,if=ide"]
        if self.guest_limit:
            command += ["-device", "ib700"]
        if self.inspect or self._stops_exactly():
            command += ["-action", "shutdown=pause"]
        if not self.inspect:
            command += ["-device", f"isa-debug-exit,iobase={EXIT_PORT:#x},iosize=4"]
        return command + list(self.devices)

    def _stops_exactly(self):
        """Whether the processor stops at the very instruction at which the time is over.  A watchdog that pauses
        the machine asks the main thread to, and the processor goes on until that gets to it, on a busy host for longer;
        one that resets stops the processor itself.  After that the machine cannot go on, so it is one leg only.
        """
        return self.exact and self.icount is not None and 0 < (self.guest_limit or 0) <= WATCHDOG_STEPS

    def _command_line(self):
        words = self.append.split()
        if self.run_number:
            words.insert(0, f"run={self.run_number:x}")
        return " ".join(words)

    def _pipe(self, command, name):
        """A one-way channel out of QEMU; returns its chardev argument."""
        read, write = os.pipe()
        self._mine[name], self._theirs = read, self._theirs + [write]
        command += ["-add-fd", f"fd={write},set={write}",
                    "-chardev", f"file,id={name},path=/dev/fdset/{write},append=on"]
        return f"chardev:{name}"

    def _socket(self, command, name):
        ours, theirs = socket.socketpair()
        self._mine[name], self._theirs = ours, self._theirs + [theirs.detach()]
        command += ["-chardev", f"socket,id={name},fd={self._theirs[-1]}"]
        return f"chardev:{name}"

    def _connect(self, command):
        self._mine, self._theirs = {}, []
        self._socket(command, "monitor")
        command += ["-mon", "chardev=monitor,mode=control"]
        live = self._socket if self.console == LIVE else self._pipe
        command += ["-serial", live(command, "console")]
        if self.stdin == LIVE:
            command += ["-serial", self._socket(command, "stdin")]
        elif self.second_serial:
            command += ["-serial", self._pipe(command, "serial2")]
        for name in self.channels:
            self._pipe(command, name)
            command += ["-device", f"isa-debugcon,iobase={PORTS[name]:#x},chardev={name},"
                                   f"readback={PORTS[name]:#x}"]

    # ---- a run

    def run(self, started=None):
        """Boots once.  started() is called when the guest runs: it may watch() further files."""
        with tempfile.TemporaryDirectory(prefix="strix-") as directory:
            self._directory = directory
            self.result = Run()
            command = self._command(directory)
            self._connect(command)
            errors = open(f"{directory}/errors", "w+b")
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=errors,
                                            stderr=errors, pass_fds=self._theirs,
                                            start_new_session=self.own_session,
                                            preexec_fn=_die_with_parent)
            for end in self._theirs:
                os.close(end)
            try:
                self._run(started)
            finally:
                self.process.kill()
                self.process.wait()
                for end in self._mine.values():
                    os.close(end) if isinstance(end, int) else end.close()
            errors.seek(0)
            self._conclude(errors.read().decode("utf-8", "replace").strip())
            return self.result

    def _run(self, started):
        self._selector = selectors.PollSelector()
        self._open = set()
        self.monitor = Monitor(self._mine["monitor"])
        self._elapsed, self._is_over, self._reason = 0, False, None
        wall_start = time.monotonic()
        limit = self.wall_limit or (self.guest_limit and
                                    60 + self.guest_limit * WALL_PER_GUEST_SECOND)
        for name, end in self._mine.items():
            if name not in ("monitor", "stdin"):
                self._open.add(name)
                self.watch(end, lambda name=name, end=end: self._drain(name, end))
        self.watch(self.monitor, self._events)
        self.monitor.start()
        self._arm()
        if started:
            started()
        if not self.stopped:
            self.monitor("cont")
        dead = 0
        while self._open and not self.result.verdict:
            ready = self._selector.select(DEAD_CHECK)
            for key, _ in ready:
                if not self.result.verdict:
                    key.data()
            if self.monitor.events and not self.result.verdict:  # they came before the answer to a command
                self._events()
            if not ready and not self.guest_limit:
                dead = dead + 1 if self._is_dead() else 0
                if dead == 2:
                    self._hang("no limit")
            if limit and time.monotonic() - wall_start > limit and not self.result.verdict:
                self.result.verdict = "INFRA"
                self.result.detail = f"no end within {limit:g} seconds of wall clock"
        self._rest()

    def watch(self, file, function):
        self._selector.register(file, selectors.EVENT_READ, function)

    def unwatch(self, file):
        self._selector.unregister(file)

    def feed(self, source, name, translate):
        """Passes what descriptor `source` gives on to a LIVE channel, as translate(bytes): b"" is the
        end of the source, None ends the machine.  No faster than the guest takes it, for it may be
        waiting for us to take its output."""
        channel = os.dup(self._mine[name].fileno())  # registered for writing beside the reading
        os.set_blocking(channel, False)
        pending = bytearray()

        def flush():
            try:
                del pending[:os.write(channel, pending)]
            except BlockingIOError:
                return
            except OSError:
                pending.clear()
            if not pending:
                self.unwatch(channel)
                self.watch(source, take)

        def take():
            data = os.read(source, 4096)
            translated = translate(data)
            self.unwatch(source)
            if translated is None:
                self.process.kill()
            else:
                pending.extend(translated)
                self._selector.register(channel, selectors.EVENT_WRITE,
                                        flush if data else finish)

        def finish():
            flush()
            if not pending and self._selector.get_map().get(source):
                self.unwatch(source)
        self.watch(source, take)

    def _read(self, end):
        try:
            return os.read(end, 65536) if isinstance(end, int) else end.recv(65536)
        except OSError:
            return b""

    def _drain(self, name, end):
        data = self._read(end)
        if data and name == "report" and self.reported:
            reported, self.reported = self.reported, None
            reported()
        if not data:
            self._open.discard(name)
            self.unwatch(end)
        elif name in self.sinks:
            self.sinks[name](data)
        else:
            collected = self.result.streams.setdefault(name, bytearray())
            collected += data
            if len(collected) > self.flood:
                self.result.verdict = "FLOOD"
                self.result.detail = f"more than {self.flood} bytes on channel {name}"

    def _rest(self):
        """What is still in the pipes once QEMU has ended or stands still."""
        if self.result.verdict != "FLOOD":
            self.process.kill() if self.result.verdict else None
            self.process.wait()
            for name in list(self._open):
                while name in self._open:
                    self._drain(name, self._mine[name])
            self._last_events()

    def _last_events(self):
        """Why QEMU has ended: its last word may come after the channels are closed."""
        while (events := self.monitor.take_events()) is not None:
            for event in events:
                if event["event"] == "SHUTDOWN" and not self._reason:
                    self._reason = event["data"].get("reason")

    # ---- the monitor's side

    def _arm(self):
        """Starts the next leg of the guest's time limit."""
        if self.guest_limit:
            leg = min(self.guest_limit - self._elapsed, WATCHDOG_STEPS)
            self._leg = max(2, int(leg) // 2 * 2)
            self.monitor.human(f"o /b 0x443 {(WATCHDOG_STEPS - self._leg) // 2:#x}")

    def _events(self):
        events = self.monitor.take_events()
        if events is None:
            self.unwatch(self.monitor)
            return
        for event in events:
            if event["event"] == "WATCHDOG":
                self._elapsed += self._leg
                self._is_over = self._elapsed >= self.guest_limit
                if self._is_over and not self._stops_exactly():
                    self._hang(f"after {self._elapsed} s of guest time")
                elif not self._is_over:
                    self._arm()
                    self.monitor("cont")
            elif event["event"] == "SHUTDOWN" and self._is_over:
                self._hang(f"after {self._elapsed} s of guest time")
            elif event["event"] == "SHUTDOWN":
                self._ended(event["data"].get("reason"))

    def _look(self):
        """What inspect() sees; a kernel whose registers point nowhere is no failure of ours."""
        try:
            return self.inspect(self.monitor)
        except RuntimeError as error:
            return [f"(cannot be looked at: {error})"]

    def _ended(self, reason):
        if self._reason:  # ours, below
            return
        self._reason = reason
        if not self.inspect and self._stops_exactly():  # QEMU waits, as at the end of the time
            self.monitor("quit")
        if self.inspect and self.process.poll() is None and not self.result.verdict:
            self.result.verdict = "RESTART" if reason == "guest-reset" else "OFF"
            self.result.looked = self._look()

    def _is_dead(self):
        try:
            registers = self.monitor.registers()
        except (RuntimeError, ValueError):
            return False
        return registers.get("HLT") == 1 and not registers.get("RFL", 0x200) & 0x200

    def _hang(self, when):
        registers, names = self.monitor.registers(), symbols.Symbols(self.kernel)
        place = names.place(registers.get("RIP", 0))
        self.result.backtrace = self._callers(registers, names)
        state = "idle" if registers.get("HLT") else "busy"
        self.result.verdict = "HANG"
        self.result.detail = f"{state} at {place}, {when}"
        if self.inspect:
            self.result.looked = self._look()

    def _callers(self, registers, names):
        """By the frame pointers, while they lie in the kernel's half and grow."""
        found, frame = [], registers.get("RBP", 0)
        while frame >> 63 and not frame & 7 and len(found) < CALLERS_SHOWN:
            try:
                previous, pc = struct.unpack("<QQ", self.monitor.memory(frame, 16))
            except (RuntimeError, struct.error):
                break
            if not pc >> 63 or previous <= frame and previous:
                break
            found.append(names.place(pc))
            frame = previous
        return found

    # ---- the verdict

    def _conclude(self, errors):
        run, status = self.result, self.process.returncode
        run.streams = {name: bytes(data) for name, data in run.streams.items()}
        try:
            run.records = records.parse(run.streams.get("report", b""), self.run_number)
        except records.Damaged as damage:
            run.records, run.damage = damage.records, str(damage)
        panics = records.payloads(run.records, "panic")
        resets = self._resets()
        if "Triple fault" in resets:
            run.verdict, run.detail = "TRIPLE-FAULT", self._triple_fault(resets)
        elif run.verdict in ("FLOOD", "INFRA"):
            pass
        elif panics or status == EXIT_PANIC:
            run.verdict = "PANIC"
            run.detail = panics[-1].decode("utf-8", "replace") if panics else ""
        elif run.verdict is None and status in (0, EXIT_OFF):
            restarted = self._reason == "guest-reset"
            run.verdict = "RESTART" if restarted else "OFF"
        elif run.verdict is None:
            run.verdict, run.detail = "INFRA", errors or f"QEMU ended with status {status}"

    def _resets(self):
        try:
            with open(f"{self._directory}/resets") as file:
                return file.read()
        except OSError:
            return ""

    def _triple_fault(self, log):
        found = re.search(r"RIP=([0-9a-f]+)", log[log.rindex("Triple fault"):])
        if not found:
            return ""
        return "at " + symbols.Symbols(self.kernel).place(int(found[1], 16))
