# SPDX-License-Identifier: MIT
"""A machine without an APIC: the pair of 8259s serves."""
options = {"cpu": "max,-apic"}


def expected(_):
    return ["apic=0", "came=1", "stray_calls=0", "ended_in_handler=0"]
