# SPDX-License-Identifier: MIT
"""`make doctor` on machines that are not this one: PATH, system files and tree are made up."""
import os
import re
import shutil
import subprocess
import time

import pytest

SOURCE = os.environ["STRIX_SOURCE"]
TOOLS = "sh sed grep tr wc date find cat id test true make".split()
DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'
UBUNTU = 'PRETTY_NAME="Ubuntu 22.04"\nID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"\n'
FEDORA = 'PRETTY_NAME="Fedora Linux 40"\nID=fedora\nVERSION_ID=40\n'


class Patient:
    """A machine with nothing but TOOLS, and a tree with what the doctor reads."""

    def __init__(self, directory):
        self.root, self.bin, self.tree = directory / "root", directory / "bin", directory / "tree"
        for made in (self.root / "etc", self.root / "proc", self.bin, self.tree / "build-aux"):
            made.mkdir(parents=True)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        for name in ("bootstrap", "GNUmakefile", "build-aux/doctor", "build-aux/packages"):
            shutil.copy2(f"{SOURCE}/{name}", self.tree / name)
        self.program("uname", 'case $1 in -m) echo x86_64;; *) echo Linux;; esac')
        self.program("id", "echo 1000")
        self.system(DEBIAN)
        self.here = str(self.tree)

    def program(self, name, script):
        (self.bin / name).unlink(missing_ok=True)
        (self.bin / name).write_text(f"#!{shutil.which('sh')}\n{script}\n")
        (self.bin / name).chmod(0o755)

    def system(self, release, version="Linux version 6.1"):
        (self.root / "etc/os-release").write_text(release)
        (self.root / "proc/version").write_text(version)

    def everything(self):
        """All that the list asks for."""
        for line in (self.tree / "build-aux/packages").read_text().splitlines():
            if line.startswith("#"):
                continue
            sign = line.split()[1]
            if sign.startswith("/"):
                path = self.root / sign[1:]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("")
            elif sign not in TOOLS:
                self.program(sign, f"echo {sign} 1.0")

    def examined(self):
        """(exit status, what is said) of `make doctor`, by nobody's terminal."""
        done = subprocess.run([shutil.which("make"), "-s", "doctor"], cwd=self.tree, text=True,
                              env={"PATH": str(self.bin), "DOCTOR_ROOT": str(self.root),
                                   "DOCTOR_HERE": self.here},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              start_new_session=True, check=False)
        return done.returncode, done.stdout


@pytest.fixture
def patient(tmp_path):
    return Patient(tmp_path)


def test_nothing_installed(patient):
    status, said = patient.examined()
    assert status != 0 and re.search(r"^missing +\d+ packages$", said, re.M)
    assert "as root: apt-get update && apt-get install --no-install-recommends autoconf" in said
    assert "qemu-system-x86" in said and "docker build" in said


def test_all_there(patient):
    patient.everything()
    status, said = patient.examined()
    assert (status, "result    all is there: make run, make check" in said) == (0, True), said


def test_it_never_runs_sudo(patient):
    patient.program("sudo", "echo asked for a password; exit 1")
    said = patient.examined()[1]
    assert "sudo apt-get update" in said and "asked for a password" not in said
    patient.program("id", "echo 0")
    assert "  apt-get update && apt-get install" in patient.examined()[1]


def test_bootstrap_without_root_names_the_command(patient):
    """Where nobody can become root by sudo, it is for somebody else to type."""
    for tool in ("grep", "dirname", "tr"):
        patient.program(tool, f'exec {shutil.which(tool)} "$@"')
    patient.program("apt-get", "echo never")
    done = subprocess.run([shutil.which("sh"), "./bootstrap"], cwd=patient.tree, text=True, check=False,
                          env={"PATH": str(patient.bin)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 1 and "never" not in done.stdout
    assert "apt-get update && apt-get install --no-install-recommends autoconf" in done.stdout


def test_bootstrap_and_doctor_have_one_list(patient):
    patient.everything()
    with open(patient.tree / "build-aux/packages", "a") as file:
        file.write("one-more\t\t/one/more\n")
    assert "one-more" in patient.examined()[1]
    done = subprocess.run(["sh", "bootstrap", "--no-install"], cwd=patient.tree, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert re.search(r"not installed: .*one-more", done.stdout)
    with open(f"{SOURCE}/Containerfile") as file:
        assert "COPY build-aux/packages" in file.read()


@pytest.mark.parametrize("release,said", [(UBUNTU, "same names"), (FEDORA, "neither Debian nor Ubuntu")])
def test_other_systems(patient, release, said):
    patient.system(release)
    assert said in patient.examined()[1]


def test_wsl(patient):
    patient.system(UBUNTU, "Linux version 5.15.90.1-microsoft-standard-WSL2")
    assert "WSL       in Linux's own file system" in patient.examined()[1]
    patient.here = "/mnt/c/Users/me/strix"
    status, said = patient.examined()
    assert status != 0 and "Windows disk (/mnt/c/Users/me/strix)" in said and "git clone" in said


def test_mac_and_arm(patient):
    patient.program("uname", 'case $1 in -m) echo arm64;; *) echo Darwin;; esac')
    said = patient.examined()[1]
    assert "macOS" in said and "docker build" in said
    patient.program("uname", 'case $1 in -m) echo aarch64;; *) echo Linux;; esac')
    assert "gcc-x86-64-linux-gnu" in patient.examined()[1]


def test_crlf(patient):
    """Also when the doctor's own file and GNUmakefile have them."""
    patient.everything()
    for name in ("bootstrap", "build-aux/doctor", "build-aux/packages", "GNUmakefile"):
        path = patient.tree / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    status, said = patient.examined()
    assert status != 0 and "line ends Git has made them CRLF" in said and "result    1 to mend" in said, said


def test_lost_bits(patient):
    patient.everything()
    (patient.tree / "bootstrap").chmod(0o644)
    status, said = patient.examined()
    assert status != 0 and "x bits" in said and "core.fileMode" in said


def test_clock_in_the_past(patient):
    patient.everything()
    later = time.time() + 100000
    os.utime(patient.tree / "bootstrap", (later, later))
    status, said = patient.examined()
    assert status != 0 and "clock is behind" in said
