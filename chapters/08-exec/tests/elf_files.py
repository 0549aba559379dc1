# SPDX-License-Identifier: MIT
"""Small ELF programs, byte by byte: what a linker would never make, and what it makes seldom.

image() puts headers, segments and contents together.  CHECK is a program that looks at memory, as the
table behind its code says, and exits with 7, or with 100 + the number of the first row that is wrong.
"""
import struct

BASE = 0x10000000  # where they are linked to
PAGE = 0x1000
R, W, X = 4, 2, 1  # p_flags
LOAD, STACK = 1, 0x6474e551
EXEC, DYN = 2, 3
JUNK = b"\xee"     # what a file's bytes are that nobody asked for
DATA = b"\x5d"

# For each row {distance from the table, count, byte, flags}: all bytes are so; flags 1: writes them
# as well, 2: the address is a multiple of 2 MiB.  A count of 0 ends the table.
CHECK = bytes.fromhex(
    "4c8d054f0000004c89c6bf64000000ffc7488b164c01c28b4e088a460c8a5e0d"
    "4883c61067e322f6c302740af7c2ffff1f00751aebd93802751484db74028802"
    "48ffc2ffc975efebc6bf07000000b8e70000000f05f4")
# exits with 7 when the 15 registers are 0 and the flags 0x202; else 1 or 2
REGISTERS = bytes.fromhex(
    "4809d84809c84809d04809f04809f84809e84c09c04c09c84c09d04c09d84c09"
    "e04c09e84c09f04c09f8bf010000004885c07510ffc79c583d020200007505bf"
    "07000000b8e70000000f05f4")
# exits with 7 when the bases of FS and GS are 0; else 1 or 2
BASES = bytes.fromhex(
    "4883ec10b89e000000bf031000004889e60f05b89e000000bf04100000488d74"
    "24080f05bf0100000048833c2400750fffc748837c2408007505bf07000000b8"
    "e70000000f05f4")

# exits with 7 when AT_PHDR is the word behind the code; 1: there is none, 2: it is another
HEADERS = bytes.fromhex(
    "488b0c24488d74cc1048ad4885c075f948ad4889c248adbf0100000085d27415"
    "83fa0375ebffc7483b050f0000007505bf07000000b8e70000000f05f4")
# exits with 7 when the user IDs are 0, 1000 (effective) and 1000 (saved); else 1 to 3
IDS = bytes.fromhex(
    "4883ec10b8760000004889e7488d742404488d5424080f05bf01000000833c24"
    "00751dffc7817c2404e80300007511ffc7817c2408e80300007505bf07000000"
    "b8e70000000f05f4")


def row(at, count, byte=b"\0", flags=0):
    return at, count, byte[0], flags


def check(at, *rows):
    """CHECK for an entry at `at`, with its table."""
    table = at + len(CHECK)
    return CHECK + b"".join(struct.pack("<qIBBxx", where - table, *rest) for where, *rest in rows) \
        + bytes(16)


def segment(flags, offset, address, in_file, in_memory, alignment=PAGE, kind=LOAD):
    return struct.pack("<IIQQQQQQ", kind, flags, offset, address, address, in_file, in_memory, alignment)


def header(entry, count, kind=EXEC, **changes):
    """An ELF header; `changes` by name: magic, machine, class_, offset, entry_size."""
    get = changes.get
    return get("magic", b"\x7fELF") + bytes([get("class_", 2), 1, 1]) + bytes(9) + struct.pack(
        "<HHIQQQIHHHHHH", kind, get("machine", 62), 1, entry, get("offset", 64), 0, 0, 64,
        get("entry_size", 56), count, 0, 0, 0)


def image(segments, contents, entry=BASE + 0x400, size=3 * PAGE, kind=EXEC, count=None, **changes):
    """(bytes, mode) of a file; contents: {offset: bytes}."""
    file = bytearray(JUNK * size)
    head = header(entry, len(segments) if count is None else count, kind, **changes) + b"".join(segments)
    for at, what in {0: head, **contents}.items():
        file[at:at + len(what)] = what
    return bytes(file), 0o755


def code_only(code, **changes):
    """A program of one segment."""
    return image([segment(R | X, 0, BASE, 0x800, 0x800)], {0x400: code}, **changes)
