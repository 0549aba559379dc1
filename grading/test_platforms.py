# SPDX-License-Identifier: MIT
"""What is uploaded to Gradescope and Autolab, tried as these run it: in directories of their layout, on this build."""
import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import course  # noqa: E402

CHAPTER = 0


def run(command, directory, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("STRIX_", "MAKE", "MFLAGS"))}
    return subprocess.run(command, cwd=directory, text=True, check=False, env={**clean, **environment},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def pack(platform, out, layer):
    """By its goal, as it is typed."""
    done = run(["make", "-s", f"pack-{platform}", f"CH={CHAPTER}", f"OUT={out}", f"COURSE={layer}"], course.BUILD)
    if "is no clone" in done.stdout:
        pytest.skip("a tree without its repository")
    assert done.returncode == 0, done.stdout


@pytest.fixture
def layer(tmp_path):
    (tmp_path / "layer").mkdir()
    (tmp_path / "layer" / "seed").write_text("7\n")
    return str(tmp_path / "layer")


@pytest.fixture
def handed_in(tmp_path):
    """A student's tarball."""
    mine = tmp_path / "submission-chapter00"
    shutil.copytree(f"{course.SOURCE}/exercises/00-tools", mine, ignore=lambda path, names: [
        name for name in names if not name.endswith(".c")])
    return shutil.make_archive(str(mine), "gztar", tmp_path, mine.name)


def test_gradescope(tmp_path, layer, handed_in):
    pack("gradescope", tmp_path / "up.zip", layer)
    root = tmp_path / "autograder"
    with zipfile.ZipFile(tmp_path / "up.zip") as archive:
        archive.extractall(root / "source")
        assert all(archive.getinfo(name).external_attr >> 16 & 0o111 for name in ("setup.sh", "run_autograder"))
    assert {"setup.sh", "run_autograder", "chapter", "strix.tar.gz", "course.tar.gz"} == set(os.listdir(root / "source"))
    # what setup.sh makes of it, but for the build
    (root / "strix").symlink_to(course.BUILD)
    shutil.copytree(layer, root / "course")
    for name in ("submission", "results"):
        (root / name).mkdir()
    shutil.copy(handed_in, root / "submission")
    done = run(["sh", str(root / "source" / "run_autograder")], root, AUTOGRADER=str(root))
    assert done.returncode == 0, done.stdout
    with open(root / "results" / "results.json", encoding="utf-8") as file:
        found = json.load(file)
    assert found["score"] < 100 and {"NOT-WRITTEN"} == {test["output"].split(":")[0] for test in found["tests"]
                                                       if test["status"] == "failed"}
    assert str(tmp_path) not in done.stdout + json.dumps(found)


def test_autolab(tmp_path, layer, handed_in):
    """Its last line, whatever the verdicts: make's own complaint of the status is not it."""
    pack("autolab", tmp_path / "lab", layer)
    job = tmp_path / "job"
    job.mkdir()
    shutil.copy(tmp_path / "lab" / "autograde.tar", job)
    shutil.copy(tmp_path / "lab" / "autograde-Makefile", job / "Makefile")
    shutil.copy(handed_in, job / "handin.tar.gz")
    done = run(["make", f"STRIX={course.BUILD}"], job)
    assert done.returncode == 0, done.stdout
    last = json.loads(done.stdout.rstrip("\n").rpartition("\n")[2])
    assert list(last) == ["scores"] and last["scores"][f"chapter{CHAPTER}"] < 100
    assert str(tmp_path) not in done.stdout
