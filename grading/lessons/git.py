# SPDX-License-Identifier: MIT
"""Git's plumbing, as far as lesson branches need it: a commit's files in, commits and refs out."""
import os
import subprocess
import tempfile

# Neither the user's settings nor the caller's repository may have a say.
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
CLEAN.update(GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL=os.devnull, LC_ALL="C")


class Failed(Exception):
    """A git command failed, or found what it should not; the argument says it to the user."""


class Repository:
    def __init__(self, path):
        self.path = path

    def run(self, *arguments, given=None, environment=None):
        """What `git ARGUMENTS` prints, as bytes."""
        done = subprocess.run(["git", "-C", self.path, *arguments], input=given, check=False,
                              capture_output=True, env={**CLEAN, **(environment or {})})
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()
            raise Failed(f"{self.path}: git {arguments[0]}: {said or done.returncode}")
        return done.stdout

    def line(self, *arguments, **options):
        return self.run(*arguments, **options).decode().strip()

    def refs(self, prefix):
        """{name without the prefix: id}"""
        lines = self.line("for-each-ref", "--format=%(objectname) %(refname)").splitlines()
        return {name.removeprefix(prefix): id_ for id_, name in (line.split() for line in lines)
                if name.startswith(prefix)}

    def files(self, commit):
        """{path: (mode, bytes)} of a commit."""
        rows = [row for row in self.run("ls-tree", "-r", "-z", commit).decode().split("\0") if row]
        entries = [(row.split("\t")[1], row.split()[0], row.split("\t")[0].split()[2]) for row in rows]
        out = self.run("cat-file", "--batch", given="".join(id_ + "\n" for *_, id_ in entries).encode())
        found, at = {}, 0
        for path, mode, _ in entries:
            end = out.index(b"\n", at)
            size = int(out[at:end].split()[2])
            found[path] = mode, out[end + 1:end + 1 + size]
            at = end + size + 2
        return found

    def tree(self, files):
        """The id of the tree of {path: (mode, bytes)}, which is written."""
        stream, marks = [], {}
        for number, path in enumerate(sorted(files), 1):
            content = files[path][1]
            stream.append(b"blob\nmark :%d\ndata %d\n%s\n" % (number, len(content), content))
            marks[number] = path
        with tempfile.TemporaryDirectory() as scratch:
            self.run("fast-import", "--quiet", f"--export-marks={scratch}/marks", given=b"".join(stream))
            with open(f"{scratch}/marks") as shown:
                ids = {marks[int(mark[1:])]: id_ for mark, id_ in map(str.split, shown)}
            rows = "".join(f"{files[path][0]} {ids[path]}\t{path}\0" for path in sorted(files))
            environment = {"GIT_INDEX_FILE": f"{scratch}/index"}
            self.run("update-index", "-z", "--index-info", given=rows.encode(), environment=environment)
            return self.line("write-tree", environment=environment)
