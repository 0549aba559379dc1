# SPDX-License-Identifier: MIT
"""What the death of umip.c says, fact by fact; on a processor that has UMIP."""
import re

options = {"cpu": "max"}
FACTS = ["sgdt_base", "sgdt_limit", "sgdt_ten_bytes", "sidt_base", "sidt_limit", "sidt_ten_bytes",
         "smsw_memory", "smsw_two_bytes", "sldt", "str", "smsw_16", "smsw_32", "smsw_32_upper_half", "smsw_64",
         "displacement_8", "base_index_displacement", "rip", "r12_r13", "absolute", "address_32", "fault_is_the_operands"]


def said(lines):
    """The lines of a program that died, with the facts for the address."""
    found = re.fullmatch(r"fault: SIGSEGV code 1 address 0x1([0-9a-f]{8})000", lines[0]) if lines else None
    if not found:
        return lines
    facts = int(found[1], 16)
    return [f"{name}={facts >> bit & 1}" for bit, name in enumerate(FACTS)] + lines[1:]
