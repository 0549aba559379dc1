# SPDX-License-Identifier: MIT
"""What `make check-book` does finds what is wrong with a book; the book itself is that goal's."""
import os
import shutil
import subprocess
import sys

import pytest

CHECK_BOOK = f"{os.environ['STRIX_SOURCE']}/build-aux/check-book"
PAGE = '<!DOCTYPE html><html><body><h1 id="top">{}</h1>{}</body></html>'


def check(book, *options):
    done = subprocess.run([sys.executable, CHECK_BOOK, str(book), "--screenshot", str(book / "shot.png"), *options],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


def test_no_browser_says_what_to_install(tmp_path):
    (tmp_path / "index.html").write_text(PAGE.format("One", ""))
    assert check(tmp_path, "--browser", "no-such-browser")[0] == 1
    assert "apt-get install chromium" in check(tmp_path, "--browser", "no-such-browser")[1]


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium here; Debian: apt-get install chromium")
def test_faults_are_found(tmp_path):
    (tmp_path / "index.html").write_text(PAGE.format("One " * 200, '<a href="two.html#top">good</a>'))
    (tmp_path / "two.html").write_text(PAGE.format("Two", '<a href="index.html">back</a>'))
    assert check(tmp_path) == (0, f"2 pages opened, 0 faults; {tmp_path}/shot.png\n")
    (tmp_path / "search.html").write_text(PAGE.format("Search", '<ul id="search-results"></ul>'))
    assert "the search finds nothing" in check(tmp_path)[1]
    (tmp_path / "search.html").write_text(PAGE.format("Search", '<ul id="search-results"><li><a href="#">x</a></ul>'))
    assert check(tmp_path)[0] == 0
    (tmp_path / "two.html").write_text(PAGE.format("Two", '<pre style="width: 500px">wide</pre>'))
    assert "pixels too wide for a phone" in check(tmp_path)[1] and "for a screen" not in check(tmp_path)[1]
    (tmp_path / "two.html").write_text(PAGE.format("Two", '<pre style="width: 1400px">wide</pre>'))
    assert "pixels too wide for a screen" in check(tmp_path)[1]
    (tmp_path / "two.html").write_text(PAGE.format(
        "Two", '<a href="gone.html">x</a> <a href="index.html#gone">y</a> <img src="gone.png">'))
    status, said = check(tmp_path)
    assert status == 1 and "3 faults" in said
    assert "gone.html: 404" in said and "no place gone in" in said and "image http" in said
