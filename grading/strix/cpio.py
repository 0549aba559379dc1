# SPDX-License-Identifier: MIT
"""cpio archives in the "newc" form, which initramfs uses (Linux: Documentation/driver-api/early-userspace/buffer-format).

An initramfs may be several archives one behind the other, so a program is put into it by appending
a small archive of its own.  The bytes depend on nothing but the input: times are 0, owner is root.
"""
import gzip
import os
import stat

MAGIC = b"070701"
HEADER = 110  # bytes


def _pad(data):
    return data + bytes(-len(data) % 4)


class Writer:
    """Collects entries; parents that neither the archive nor `known` has are made on the way."""

    def __init__(self, known=()):
        self._parts = []
        self._paths = {"", *known}

    def _entry(self, path, mode, content=b"", device=(0, 0)):
        fields = (len(self._paths) + 0x1000, mode, 0, 0, 1, 0, len(content), 0, 0, *device,
                  len(path.encode()) + 1, 0)
        header = MAGIC + b"".join(b"%08X" % field for field in fields)
        self._parts += [_pad(header + path.encode() + b"\0"), _pad(content)]
        self._paths.add(path)

    def _parents(self, path):
        parts = path.split("/")[:-1]
        for i in range(1, len(parts) + 1):
            parent = "/".join(parts[:i])
            if parent not in self._paths:
                self._entry(parent, stat.S_IFDIR | 0o755)

    def add(self, path, mode, content=b"", device=(0, 0)):
        path = path.strip("/")
        self._parents(path)
        if not (stat.S_ISDIR(mode) and path in self._paths):
            self._entry(path, mode, content, device)

    def add_file(self, path, content, mode=0o644):
        self.add(path, stat.S_IFREG | mode, content)

    def add_device(self, path, major, minor, mode=0o666):
        self.add(path, stat.S_IFCHR | mode, device=(major, minor))

    def add_host(self, host, path):
        """A file of the host with its permissions, or a directory with all that is in it."""
        if os.path.isdir(host):
            self.add(path, stat.S_IFDIR | 0o755)
            for name in sorted(os.listdir(host)):
                self.add_host(os.path.join(host, name), f"{path}/{name}")
        elif os.path.islink(host):
            self.add(path, stat.S_IFLNK | 0o777, os.readlink(host).encode())
        else:
            with open(host, "rb") as file:
                self.add_file(path, file.read(), stat.S_IMODE(os.stat(host).st_mode))

    def has(self, path):
        return path.strip("/") in self._paths

    def bytes(self):
        """The archive, filled up so that another may follow it."""
        trailer = MAGIC + b"%08X" * 13 % (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 11, 0)
        data = b"".join(self._parts) + _pad(trailer + b"TRAILER!!!\0")
        return data + bytes(-len(data) % 512)


def names(archive):
    """The paths in an archive (plain, gzip-compressed, several in a row), without leading slash."""
    if archive[:2] == b"\x1f\x8b":
        archive = gzip.decompress(archive)
    found, at = set(), 0
    while archive[at:at + 6] == MAGIC:
        size = int(archive[at + 54:at + 62], 16)
        length = int(archive[at + 94:at + 102], 16)
        name = archive[at + HEADER:at + HEADER + length - 1].decode("utf-8", "surrogateescape")
        at += -(-(HEADER + length) // 4) * 4 + -(-size // 4) * 4
        if name == "TRAILER!!!":
            while archive[at:at + 1] == b"\0":
                at += 1
        else:
            found.add(name.strip("/"))
    return found
