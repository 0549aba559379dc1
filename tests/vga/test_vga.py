# SPDX-License-Identifier: MIT
"""The shell in the VGA window: keys go in as a keyboard's, the screen is read from the card's memory.

Text memory at 0xb8000 holds 80 x 25 pairs of a character and its colours; the picture that QEMU
draws of it (screendump) must have ink exactly in the cells where memory has something to show.
Nothing is timed: each step waits for what it expects to stand on the screen.
"""
import json
import os
import re
import socket
import subprocess
import time

import pytest

COLUMNS, ROWS, TEXT = 80, 25, 0xb8000
FAR = 40  # seconds of a far watchdog
OUTPUT_FULL = 1  # of the keyboard controller's status register
PROMPT = "strix:~#"
SHIFTED = dict(zip('!@#$%^&*()_+{}|:"<>?~', ("1 2 3 4 5 6 7 8 9 0 minus equal bracket_left bracket_right "
                                               "backslash semicolon apostrophe comma dot slash "
                                               "grave_accent").split()))
PLAIN = {" ": "spc", "-": "minus", "=": "equal", "[": "bracket_left", "]": "bracket_right",
         "\\": "backslash", ";": "semicolon", "'": "apostrophe", ",": "comma", ".": "dot",
         "/": "slash", "`": "grave_accent", "\n": "ret", "\x1b": "esc", "\t": "tab"}


def key_of(character):
    if character in SHIFTED:
        return f"shift-{SHIFTED[character]}"
    if character.isupper():
        return f"shift-{character.lower()}"
    return PLAIN.get(character, character)


class Screen:
    """A machine as `make run-vga` boots it, without the window."""

    def __init__(self, directory):
        self.directory = directory
        self.channel, theirs = socket.socketpair()
        self.channel.settimeout(FAR)
        self.process = subprocess.Popen(
            [os.environ.get("QEMU", "qemu-system-x86_64"), "-M", "pc", "-cpu", "max", "-m", "256M",
             "-cdrom", f"{os.environ['STRIX_BUILD']}/strix.iso", "-boot", "d", "-no-reboot",
             "-net", "none", "-smbios", "type=1,serial=strix-vga", "-vga", "std", "-display", "none",
             "-serial", "null", "-chardev", f"socket,id=monitor,fd={theirs.fileno()}",
             "-mon", "chardev=monitor,mode=control"],
            stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])
        theirs.close()
        self.answers = self.channel.makefile("r")
        self.answers.readline()
        self.ask("qmp_capabilities")

    def ask(self, command, **arguments):
        self.channel.sendall(json.dumps({"execute": command, "arguments": arguments}).encode())
        while True:
            answer = json.loads(self.answers.readline())
            assert "error" not in answer, answer
            if "return" in answer:
                return answer["return"]

    def monitor(self, line):
        return self.ask("human-monitor-command", **{"command-line": line})

    def press(self, *keys):
        """One key after the other.  The keyboard has room for 16 bytes and drops what comes then, so the
        next one waits until the guest has read all of them, however slow this machine lets it be."""
        for key in keys:
            self.monitor(f"sendkey {key} 1")
            end = time.monotonic() + FAR
            while int(self.monitor("i /b 0x64").split("=")[1], 16) & OUTPUT_FULL:
                assert time.monotonic() < end and self.process.poll() is None, f"{key} is not read"
                time.sleep(0.002)

    def type(self, text):
        self.press(*(key_of(character) for character in text))

    def cells(self):
        """[(character, colours)] of each row."""
        path = f"{self.directory}/memory"
        self.ask("pmemsave", val=TEXT, size=2 * COLUMNS * ROWS, filename=path)
        with open(path, "rb") as file:
            data = file.read()
        pairs = list(zip(data[0::2].decode("cp437"), data[1::2]))
        return [pairs[i:i + COLUMNS] for i in range(0, len(pairs), COLUMNS)]

    def text(self):
        rows = ("".join(c for c, _ in row).replace("\0", " ").rstrip() for row in self.cells())
        return "\n".join(rows).rstrip()

    def wait(self, pattern):
        """The match, once the screen has it."""
        end = time.monotonic() + FAR
        while True:
            text = self.text()
            found = re.search(pattern, text, re.M)
            if found:
                return found
            assert time.monotonic() < end and self.process.poll() is None, \
                f"no {pattern!r} on the screen:\n{text}"
            time.sleep(0.05)

    def run(self, command, pattern):
        """Types a command on an empty screen; the match, when the prompt is back below it."""
        self.press("ctrl-l")
        self.wait(rf"\A{PROMPT}\Z")
        self.type(command + "\n")
        return self.wait(rf"\A{PROMPT} .*\n(?:.*\n)*?{pattern}(?:.*\n)*{PROMPT}\Z")

    def picture(self):
        """Whether each cell of the picture has ink: [[bool]]."""
        path = f"{self.directory}/picture"
        self.ask("screendump", filename=path)
        with open(path, "rb") as file:
            kind, width, height, _, data = re.match(
                rb"(P6)\s+(\d+)\s+(\d+)\s+(\d+)\s(.*)", file.read(), re.S).groups()
        assert kind == b"P6"
        wide, high = int(width) // COLUMNS, int(height) // ROWS
        line = 3 * int(width)

        def inked(row, column):
            """Above the last two lines, where the cursor blinks."""
            parts = {data[y * line + 3 * (column * wide + x):][:3]
                     for y in range(row * high, (row + 1) * high - 2) for x in range(wide)}
            return len(parts) > 1
        return [[inked(row, column) for column in range(COLUMNS)] for row in range(ROWS)]


@pytest.fixture(scope="module")
def screen(tmp_path_factory):
    screen = Screen(tmp_path_factory.mktemp("vga"))
    yield screen
    if screen.process.poll() is None:
        screen.process.kill()
    screen.process.wait()
    screen.channel.close()


def test_prompt(screen):
    screen.wait(rf"{PROMPT}\Z")


def test_list(screen):
    listing = screen.run("ls /", "bin").group()
    assert set("bin dev etc init proc root sbin tmp usr var".split()) <= set(listing.split())


def test_picture_shows_the_text(screen):
    """The card draws what memory holds: ink where there is a character, and nowhere else."""
    screen.run("echo The quick brown fox, 0123456789", "The quick brown fox, 0123456789\n")
    memory = [[character not in " \0" for character, _ in row] for row in screen.cells()]
    assert screen.picture() == memory
    assert sum(map(sum, memory)) > 60


def test_shifted_characters(screen):
    line = "~!@#$%^&*()_+{}|:<>?ABC`-=[];,./"
    assert screen.run(f"echo '{line}\\'", r"~!.*\n").group().split("\n")[1] == line + "\\"


def test_caps_lock(screen):
    screen.press("caps_lock")
    screen.type("abc1")
    screen.press("caps_lock")
    screen.wait(r"ABC1\Z")
    screen.press("ctrl-u")
    screen.wait(rf"{PROMPT}\Z")


def test_history_by_arrows(screen):
    screen.run("echo first", "first\n")
    screen.run("echo second", "second\n")
    screen.press("ctrl-l", "up", "up", "left", "left")
    screen.type("X")
    screen.wait(rf"{PROMPT} echo firXst\Z")
    screen.press("end", "backspace", "ret")
    screen.wait(rf"firXs\n{PROMPT}\Z")


def test_interrupt(screen):
    """sleep has the terminal when the prompt no longer answers: what is typed is only echoed."""
    screen.press("ctrl-l")
    screen.type("echo ready; sleep 1000\n")
    screen.wait(r"^ready\Z")
    screen.press("ctrl-c")
    screen.wait(rf"\^C\n{PROMPT}\Z")
    screen.run("echo status $?", "status 130\n")


def test_colours(screen):
    screen.run("mkdir -p c/d; ln -s d c/l; ls --color=always c", "d +l\n")
    row = screen.cells()[1]
    colours = {character: colour & 0xf for character, colour in row if character in "dl"}
    assert colours == {"d": 0x9, "l": 0xb}  # bright blue, bright cyan
    assert screen.cells()[0][0][1] == 0x07


def test_vi(screen):
    screen.press("ctrl-l")
    screen.type("vi note\n")
    screen.wait(r"^~[\s\S]*note")
    screen.type("ifrom the keyboard\nsecond line")
    screen.wait(r"\Afrom the keyboard\nsecond line\n~")
    screen.press("esc")
    screen.wait(r"^- note")  # I: inserting
    screen.press("up", "0")
    screen.type("x:wq\n")
    screen.wait(rf"{PROMPT}\Z")
    screen.run("cat note; wc -l note", "rom the keyboard\nsecond line\n2 note\n")


def test_top(screen):
    screen.press("ctrl-l")
    screen.type("top\n")
    screen.wait(r"^Mem: \d+K used[\s\S]*^ +PID +PPID[\s\S]*^ +1 +0 root")
    screen.type("q")
    screen.wait(rf"{PROMPT}\Z")


def test_power_off(screen):
    screen.type("poweroff -f\n")
    assert screen.process.wait(timeout=FAR) == 0
