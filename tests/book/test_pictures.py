# SPDX-License-Identifier: MIT
"""The lessons' pictures show what the kernel does today: drawn again they say the same (numbers may differ)."""
import os
import re
import subprocess
import sys

import pytest

SOURCE = os.environ["STRIX_SOURCE"]
PICTURES = {"page_tables": "chapters/03-paging/page_tables.svg", "heap": "chapters/04-heap/slab.svg",
            "system_call": "chapters/06-syscalls/brk.svg", "timeline": "chapters/07-fork/timeline.svg"}


def words(path):
    """What the picture says and how, without numbers, and without the drawing's places."""
    with open(path) as file:
        said = re.findall(r"<(?:text|title)\b.*?>(.*?)</|(<rect)", file.read())
    return [re.sub(r"0x[0-9a-f]+|\b[0-9a-f]{16}\b|\d+", "N", text) or "box" for text, _ in said]


@pytest.mark.parametrize("name", PICTURES)
def test_the_kernel_still_looks_like_it(tmp_path, name):
    done = subprocess.run([sys.executable, f"{SOURCE}/build-aux/draw-pictures", "--output", str(tmp_path), name],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout
    assert words(tmp_path / PICTURES[name]) == words(f"{SOURCE}/{PICTURES[name]}"), "make pictures, and look at it"


def test_each_is_in_its_lesson():
    for path in PICTURES.values():
        with open(f"{SOURCE}/{os.path.dirname(path)}/README.md") as file:
            assert re.search(r"!\[[^\]]{40,}\]\(" + re.escape(os.path.basename(path)) + r"\)", file.read()), path
