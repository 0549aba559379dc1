# SPDX-License-Identifier: MIT
"""Damaged programs: each of 1,488 copies ends as on Linux 6.1 (images-*.key), and the kernel lives."""
import hashlib
import os
import subprocess

import pytest

SOURCE = os.path.dirname(os.path.abspath(__file__))
LINKS = {"static": ["-fno-pie", "-no-pie", "-static"], "pie": ["-fPIE", "-static-pie"]}
# the keys are those of these very bytes, as Debian 12's tools link them
KNOWN = {"static": "71028ee6d5c4d0ff", "pie": "91d868961125c770"}


def build(kind, directory):
    program = directory / kind
    subprocess.run([os.environ.get("CC", "gcc"), "-std=gnu11", "-O2", "-nostdlib", *LINKS[kind],
                    "-Wl,--build-id=none", "-o", program, f"{SOURCE}/victim.c"], check=True)
    return program


@pytest.mark.parametrize("kind", LINKS)
def test_every_ending(guest, kind, tmp_path):
    program = build(kind, tmp_path)
    if hashlib.sha256(program.read_bytes()).hexdigest()[:16] != KNOWN[kind]:
        pytest.skip("another compiler or linker than the key's")
    run = guest("images", "/victim", options=("--file", f"{program}:/victim"))
    found = run.stdout.splitlines()
    with open(f"{SOURCE}/images-{kind}.key") as file:
        expected = file.read().splitlines()
    assert run.returncode == 0 and len(found) == len(expected)
    differ = [(line, key) for line, key in zip(found, expected) if line != key]
    assert not differ
