# SPDX-License-Identifier: MIT
"""A submission as it comes: a directory, the tarball that `make submit` makes, or a directory around one.

The last is what learning platforms write: a folder for each student with the file that was handed in.

A tarball is a stranger's.  Only plain files whose names are a source's, AUTHORS, HOURS, or an answer sheet's are taken out,
to a directory of the build tree named by the tarball's digest, so that the same bytes give the same
messages.  Links, devices, odd names, and more than LIMITS are refused.
"""
import contextlib
import gzip
import hashlib
import io
import os
import re
import tarfile
import zlib

import course
from overlay.pieces import LARGEST, Refused

SUFFIXES = (".tar.gz", ".tgz")
NAME = re.compile(r"(?:\./)?(?:[\w][\w.-]*/)?([A-Za-z_]\w*\.[cS]|AUTHORS|HOURS|predict\.txt|hunt\.txt)")
LARGEST_TARBALL = 1 << 20
LARGEST_INSIDE = 8 << 20
MOST_FILES = 100


def is_tarball(path):
    return path.endswith(SUFFIXES) and os.path.isfile(path)


def _around(path):
    """The one tarball in a directory that has no sources of its own, or the directory."""
    if not os.path.isdir(path) or any(name.endswith((".c", ".S")) for name in os.listdir(path)):
        return path
    inside = [file for name in sorted(os.listdir(path))
              if is_tarball(file := f"{path}/{name}") and not os.path.islink(file)]
    if len(inside) > 1:
        raise Refused(f"{path}: {len(inside)} tarballs and no sources: which one is it?")
    return inside[0] if inside else path


def student(name):
    """Whose a submission is, by its name: ada, ada.tar.gz."""
    for suffix in SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def _inflated(path):
    if os.path.getsize(path) > LARGEST_TARBALL:
        raise Refused(f"{path}: {os.path.getsize(path)} bytes; {LARGEST_TARBALL} is the most")
    with open(path, "rb") as file:
        packed = file.read()
    try:
        with gzip.open(io.BytesIO(packed)) as stream:
            content = stream.read(LARGEST_INSIDE + 1)
    except (OSError, EOFError, zlib.error):
        raise Refused(f"{path}: not a tarball packed by gzip") from None
    if len(content) > LARGEST_INSIDE:
        raise Refused(f"{path}: more than {LARGEST_INSIDE} bytes when unpacked")
    return hashlib.sha256(packed).hexdigest()[:16], content


def _files(path, content):
    """{name: bytes} of a tarball."""
    found = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as tar:
            for entry in tar:
                if entry.isdir():
                    continue
                match = NAME.fullmatch(entry.name)
                if not entry.isreg() or entry.issparse():
                    raise Refused(f"{path}: {entry.name} is not a plain file")
                if not match or entry.name.startswith("/") or ".." in entry.name.split("/"):
                    raise Refused(f"{path}: {entry.name} is no name of a submission's file")
                if entry.size > LARGEST:
                    raise Refused(f"{path}: {entry.name}: {entry.size} bytes; {LARGEST} is the most")
                if match[1] in found:
                    raise Refused(f"{path}: {match[1]} is in it twice")
                found[match[1]] = tar.extractfile(entry).read()
                if len(found) > MOST_FILES:
                    raise Refused(f"{path}: more than {MOST_FILES} files")
    except (tarfile.TarError, OSError, ValueError, EOFError):
        raise Refused(f"{path}: a damaged tarball") from None
    return found


def files(path):
    """{name: bytes} of a tarball; Refused where it is not a submission."""
    return _files(path, _inflated(path)[1])


def places(path):
    """The directories that messages about a submission, an absolute path, may name, the longest first."""
    found = {os.path.dirname(path) if os.path.isfile(path) else path}
    with contextlib.suppress(Refused, OSError):
        found.add(directory(path))
    return sorted(found - {"/"}, key=len, reverse=True)


def directory(path):
    """The directory of a submission's files; Refused where it is not one."""
    path = _around(path)
    if not is_tarball(path):
        return path
    digest, content = _inflated(path)
    files = _files(path, content)
    to = f"{course.BUILD}/submissions/{digest}"
    os.makedirs(to, exist_ok=True)
    for file, text in files.items():
        with open(f"{to}/{file}", "wb") as out:
            out.write(text)
    return to
