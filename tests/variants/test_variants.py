# SPDX-License-Identifier: MIT
"""The kernel builds without a warning with other compilers and options, outside of the source."""
import os
import shutil
import subprocess

import pytest

VARIANTS = {
    "clang": (["CC=clang"], "clang"),
    "debug": (["--enable-debug", "--enable-ubsan"], "cc"),
    "cross": (["--host=x86_64-linux-gnu"], "x86_64-linux-gnu-gcc"),
    # what distributions and users like to have in their flags, and a kernel cannot bear
    "hardened": (["CFLAGS=-O2 -g -flto -fPIE -fstack-protector-strong -fstack-clash-protection "
                  "-D_FORTIFY_SOURCE=2 -fcf-protection -ffunction-sections"], "cc"),
}


def run(command, directory, log):
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    with open(log, "w") as output:
        code = subprocess.run(command, cwd=directory, stdout=output, stderr=output, env=environment,
                              stdin=subprocess.DEVNULL).returncode
    text = open(log).read()
    assert code == 0, "\n".join(text.splitlines()[-40:])
    return text


@pytest.fixture(scope="session")
def source(tmp_path_factory):
    """The tree as an archive would have it."""
    top = tmp_path_factory.mktemp("source") / "strix"
    run(["make", "distdir", f"distdir={top}"], os.environ["STRIX_BUILD"], f"{top}.log")
    return top


@pytest.mark.parametrize("variant", VARIANTS)
def test_builds(variant, source, tmp_path):
    options, needed = VARIANTS[variant]
    if not shutil.which(needed):
        pytest.skip(f"no {needed} here")
    run([str(source / "configure"), "--enable-werror", "--quiet", *options], tmp_path, tmp_path / "log")
    run(["make", "-j2", "all"], tmp_path, tmp_path / "log")
    assert (tmp_path / "strix.elf").exists() and (tmp_path / "strix.iso").exists()


def test_fresh_clone_needs_one_command(source, tmp_path):
    """Without ./configure, any goal makes it first (here with tools that are there already)."""
    clone = tmp_path / "clone"
    shutil.copytree(source, clone)
    for made in ("configure", "Makefile.in", "aclocal.m4"):
        (clone / made).unlink()
    assert "initramfs.cpio" in run(["make", "initramfs.cpio"], clone, tmp_path / "log")


def test_initramfs_is_reproducible(source, tmp_path):
    busybox = shutil.which("busybox") or pytest.skip("no busybox here")
    for name in ("a", "b"):
        run([str(source / "rootfs/make-initramfs"), "--busybox", busybox,
             "--output", str(tmp_path / name), str(source / "rootfs/initramfs.list")],
            tmp_path, tmp_path / "log")
    archive = (tmp_path / "a").read_bytes()
    assert archive == (tmp_path / "b").read_bytes()
    names = subprocess.run([busybox, "cpio", "-t"], input=archive, stdout=subprocess.PIPE,
                           check=True).stdout.decode().split()
    assert {"init", "bin/busybox", "bin/sh", "dev/console"} <= set(names)
