# SPDX-License-Identifier: MIT
"""A program that never ends: looked at from outside when its time is over."""
limit = 2
ends = ("HANG",)


def look(monitor, _):
    registers = monitor.registers()
    return [f"privilege={registers.get('CPL')}", f"interrupts={registers['RFL'] >> 9 & 1}",
            f"in the program={registers['RIP'] >> 12 == 0x400}", f"halted={registers['HLT']}"]


def observed(run):
    return run.looked or []


def expected(_):
    return ["privilege=3", "interrupts=1", "in the program=True", "halted=0"]
