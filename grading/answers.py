# SPDX-License-Identifier: MIT
"""Answer files of predictions and hunts: lines `key = value`, # begins a comment."""
import re

LARGEST = 4096  # bytes


class Unreadable(Exception):
    """An answer that cannot be judged; the argument says why, for its author."""


def sheet_chapter(text):
    """Which chapter's sheet a text is, by its first line, or None."""
    match = re.match(r"#? *Chapter (\d+),", text)
    return int(match[1]) if match else None


def read(path, chapter=None):
    """{key: text} of an answer file; Unreadable where it says that it is another chapter's than `chapter`."""
    try:
        with open(path, "rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from None
    if len(content) > LARGEST:
        raise Unreadable(f"{path}: more than {LARGEST} bytes")
    found, whose = {}, sheet_chapter(content.decode("utf-8", "replace"))
    if None not in (whose, chapter) and whose != chapter:
        raise Unreadable(f"{path}: this is chapter {whose}'s sheet, not chapter {chapter}'s")
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        key, equals, value = (word.strip() for word in line.partition("="))
        if not equals:
            raise Unreadable(f"{path}:{number}: not `key = value`: {line}")
        if key in found:
            raise Unreadable(f"{path}:{number}: {key} stands there twice")
        found[key] = value
    return found
