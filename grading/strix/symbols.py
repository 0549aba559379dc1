# SPDX-License-Identifier: MIT
"""Names for addresses, from the symbol table of a 64-bit ELF file."""
import bisect
import struct


class Symbols:
    def __init__(self, path):
        with open(path, "rb") as file:
            image = file.read()
        self.by_name = {}
        functions = {}
        for name, kind, address, size in _symbols(image):
            self.by_name.setdefault(name, address)
            if kind == 2 or (kind == 0 and size == 0):  # a function, or an assembly label
                if kind == 2 or address not in functions:
                    functions[address] = name
        self._addresses = sorted(functions)
        self._names = [functions[address] for address in self._addresses]

    def place(self, address):
        """`function+0x12`, or the number where no function is near."""
        index = bisect.bisect_right(self._addresses, address) - 1
        if index < 0 or address - self._addresses[index] > 0x10000:
            return f"{address:#x}"
        return f"{self._names[index]}+{address - self._addresses[index]:#x}"


def _symbols(image):
    if image[:5] != b"\x7fELF\x02":
        return
    offset, = struct.unpack_from("<Q", image, 40)
    size, count = struct.unpack_from("<HH", image, 58)
    sections = [struct.unpack_from("<IIQQQQIIQQ", image, offset + i * size) for i in range(count)]
    for section in sections:
        if section[1] != 2:  # SHT_SYMTAB
            continue
        strings = sections[section[6]][4]
        for at in range(section[4], section[4] + section[5], 24):
            name, info, _, index, value, length = struct.unpack_from("<IBBHQQ", image, at)
            if index and info & 15 <= 2:
                end = image.index(b"\0", strings + name)
                text = image[strings + name:end].decode()
                if text:
                    yield text, info & 15, value, length
