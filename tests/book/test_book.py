# SPDX-License-Identifier: MIT
"""The book builds without a warning, its links lead somewhere, and what it quotes is the tree's."""
import html.parser
import os
import re
import subprocess
import sys
import urllib.parse

import pytest

SOURCE = os.environ["STRIX_SOURCE"]
MAKE_BOOK = f"{SOURCE}/build-aux/make-book"
sys.path.insert(0, f"{SOURCE}/grading")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    output = tmp_path_factory.mktemp("book") / "html"
    done = subprocess.run([sys.executable, MAKE_BOOK, "--solutions", "--output", str(output)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    return output


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.anchors, self.images = [], set(), []
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        self.anchors |= {names.get("id"), names.get("name") if tag == "a" else None}
        if tag == "a" and names.get("href"):
            self.links.append(names["href"])
        if tag in ("link", "script") and (names.get("href") or names.get("src")):
            self.links.append(names.get("href") or names["src"])
        if tag == "img":
            self.images.append(names.get("alt"))


def test_links_lead_somewhere(book):
    pages = {path: Page(path) for path in book.rglob("*.html")}
    assert len(pages) > 10
    lost, outside = [], []
    for path, page in pages.items():
        for link in page.links:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                outside += [link] if link.endswith((".js", ".css")) else []
                continue
            target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
            if not target.exists():
                lost.append((path.name, link))
            elif parts.fragment and target in pages and parts.fragment not in pages[target].anchors:
                lost.append((path.name, link))
    assert not lost
    assert not outside, "the book needs the network"


def test_pictures_have_words(book):
    assert all(alt for path in book.rglob("*.html") for alt in Page(path).images)


def test_every_lesson_is_there(book):
    written = [name for name in os.listdir(f"{SOURCE}/chapters")
               if os.path.exists(f"{SOURCE}/chapters/{name}/README.md")]
    index = (book / "index.html").read_text()
    assert all(f'href="chapters/{name}.html"' in index for name in written)


def test_every_lesson_says_what_its_kernel_cannot_do(book):
    for path in (book / "chapters").glob("*.html"):
        text = path.read_text()
        holes = f"{SOURCE}/chapters/{path.stem}/holes"
        with open(holes) as file:
            names = [line.split()[0] for line in file]
        assert "What this kernel cannot do yet" in text and len(names) > 5
        assert all(f">{name}</span>" in text for name in names), path


def test_calls_lead_to_their_functions(book):
    page = (book / "docs/syscalls.html").read_text()
    path, line = re.search(r'href="(\.\./source/kernel/memory/brk\.c\.html)#line-(\d+)"', page).groups()
    with open(f"{SOURCE}/kernel/memory/brk.c") as file:
        assert "sys_brk(" in file.read().split("\n")[int(line) - 1]
    assert "By chapter" in page and "sys_brk" in (book / "docs" / path).read_text()
    assert ">brk</" not in (book / "chapters/07-fork.html").read_text()
    assert "The system calls of this chapter" in (book / "chapters/06-syscalls.html").read_text()


def test_quotes_are_the_trees(tmp_path):
    import importlib.machinery
    import importlib.util
    loader = importlib.machinery.SourceFileLoader("make_book", MAKE_BOOK)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("make_book", loader))
    loader.exec_module(module)
    quoted = module.quote("```c\n{{ kernel/memory/memory_map.c:memory_map_end }}\n```\n")
    assert "physical_address memory_map_end(const struct memory_map *map)\n{\n" in quoted
    assert "](kernel/memory/memory_map.c#L" in quoted
    with pytest.raises(module.BookError, match="has no function nobody"):
        module.quote("{{ kernel/memory/memory_map.c:nobody }}")
    with pytest.raises(module.BookError, match="kernel/none.c: No such file"):
        module.quote("{{ kernel/none.c:nobody }}")
