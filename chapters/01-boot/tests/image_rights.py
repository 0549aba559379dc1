# SPDX-License-Identifier: MIT
"""Each part of the kernel's image has the rights that it needs and no more; nothing anywhere in the
kernel's half is both writable and executable, or the user's."""
import paging
from strix import machine

options = {"cpu": "max", "memory": "64M"}
PARTS = [("image_start", "text_end", "code"), ("text_end", "rodata_end", "constants"),
         ("rodata_end", "data_end", "data"), ("data_end", "image_end", "symbols")]


def look(monitor, symbols):
    registers = monitor.registers()
    mapped = list(paging.leaves(monitor, registers["CR3"], first=256))
    lines = []
    for start, end, name in PARTS:
        start, end = symbols.by_name[start], symbols.by_name[end]
        rights = {paging.letters(r) for address, size, _, r in mapped
                  if address < end and start < address + size}
        lines.append(f"{name}={' '.join(sorted(rights))}")
    both = [hex(address) for address, _, _, r in mapped if r & paging.WRITE and not r & paging.NX]
    lines.append(f"writable and executable={both[:4]}")
    lines.append(f"the user's={sum(bool(r & paging.USER) for *_, r in mapped)}")
    lines.append(f"CR0.WP={registers['CR0'] >> 16 & 1}")
    lines.append(f"EFER.NXE={registers['EFER'] >> 11 & 1}")
    lines += [f"CR4.{name}={registers['CR4'] >> bit & 1}"
              for name, bit in (("UMIP", 11), ("SMEP", 20), ("SMAP", 21))]
    return lines


def expected(_):
    umip = int(machine.qemu_version() >= (7, 2))  # the first whose processors have it
    return ["code=r-x", "constants=r--", "data=rw-", "symbols=r--", "writable and executable=[]",
            "the user's=0", "CR0.WP=1", "EFER.NXE=1", f"CR4.UMIP={umip}", "CR4.SMEP=1", "CR4.SMAP=1"]
