# SPDX-License-Identifier: MIT
"""Branches of DEST: one a chapter, to which commits are only added.

    chapter-01 --- (solved 1) --- chapter-02 --- (solved 2) --- chapter-03 ...
         \\-- update --- update        \\-- update

A chapter's branch begins on the solved tree of the one before it (WORK=own: on that one itself, as the
student's own bodies stay).  Each later run adds at most one commit to a branch, `update:` with the
subject of the source's commit, and none where the tree is the same.  So a clone can always pull.
The staff repository has tags chapter-NN-solved: a solved tree on top of the branch; after an update
the tag moves to a commit whose parents are the old one and the branch.

A commit is a function of the source's commit and of its parents: who and when are the source's, not the
caller's, so that two runs from nothing give the same ids.  Only commits made here may be on these
branches; any other is refused, as nothing of its author's would survive.
"""
import os

from . import git, trees

MAIL = "lessons@strix.invalid"
BRANCH, TAG = "refs/heads/chapter-", "refs/tags/chapter-"


class Destination:
    def __init__(self, path, source, commit, own):
        self.repository = git.Repository(path)
        self.source, self.commit, self.own = source, commit, own

    # ---- what is there

    def branches(self):
        """{chapter: id of its branch}"""
        return {int(name): id_ for name, id_ in self.repository.refs(BRANCH).items() if name.isdigit()}

    def solved(self):
        """{chapter: id of its solved tag}"""
        return {int(name.partition("-")[0]): id_ for name, id_ in self.repository.refs(TAG).items()
                if name.endswith("-solved")}

    def check(self):
        """Refuses a branch that holds somebody else's commits, or was made with another WORK."""
        for chapter, tip in self.branches().items():
            for row in self.repository.line("log", "--format=%H %ce", tip).splitlines():
                commit, mail = row.split(" ", 1)
                if mail != MAIL:
                    raise git.Failed(f"{self.repository.path}: chapter-{chapter:02} holds {commit[:12]} of "
                                     f"{mail}, which was not made here: move that work to a branch of "
                                     "another name, or make the branches in another directory")
            if f"\nLesson-Work: {self._work()}\n" not in self.repository.line("cat-file", "-p", tip) + "\n":
                raise git.Failed(f"{self.repository.path}: chapter-{chapter:02} was made with another "
                                 f"WORK than {self._work()}: a repository stays what it is; "
                                 "that other one, or another directory")

    def was_own(self):
        """Whether what is there was made with WORK=own."""
        return any("\nLesson-Work: own\n" in self.repository.line("cat-file", "-p", tip) + "\n"
                   for tip in self.branches().values())

    # ---- what is added

    def _work(self):
        return "own" if self.own else "given"

    def _tree(self, chapter, solved):
        return self.repository.tree(trees.tree(self.source, chapter, self.own, solved))

    def _commit(self, tree, parents, subject):
        message = (f"{subject}\n\nLesson-Source: {self.commit['id']}\n"
                   f"Lesson-Work: {self._work()}\n")
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in
               (("NAME", "Strix lessons"), ("EMAIL", MAIL), ("DATE", f"@{self.commit['time']} +0000"))}
        arguments = [word for parent in parents for word in ("-p", parent)]
        return self.repository.line("commit-tree", tree, *arguments, given=message.encode(), environment=who)

    def _set(self, ref, new, old):
        if new != old:
            self.repository.run("update-ref", ref, new, old or "0" * 40)

    def _same_tree(self, tip, tree):
        return self.repository.line("rev-parse", f"{tip}^{{tree}}") == tree

    def _begin(self, chapter, before):
        """A new branch, on top of the chapter before it."""
        parents = []
        if before is not None:
            last, tip = before
            parents = [tip if self.own else self._commit(
                self._tree(last, True), [tip], f"chapter {last}: solved")]
        title = self.source.chapters[chapter][3:]
        return self._commit(self._tree(chapter, False), parents, f"chapter {chapter}: {title}")

    def extend(self, upto, solved):
        """Brings the branches of chapters up to `upto` to the source's state; what was done, in words."""
        said, before, there, tags = [], None, self.branches(), self.solved()
        for chapter in sorted(number for number in self.source.chapters if number <= upto):
            tip = there.get(chapter)
            if tip is None:
                new, done = self._begin(chapter, before), "new"
            elif self._same_tree(tip, tree := self._tree(chapter, False)):
                new, done = tip, "as it was"
            else:
                new, done = self._commit(tree, [tip], f"update: {self.commit['subject']}"), "updated"
            self._set(f"{BRANCH}{chapter:02}", new, tip)
            said.append(f"chapter-{chapter:02} {new[:12]} {done}")
            if solved:
                self._tag(chapter, new, tags.get(chapter))
            before = chapter, new
        return said

    def _tag(self, chapter, tip, old):
        tree = self._tree(chapter, True)
        if old is None:
            new = self._commit(tree, [tip], f"chapter {chapter}: solved")
        elif self._same_tree(old, tree):
            return
        else:
            new = self._commit(tree, [old, tip], f"update: {self.commit['subject']}")
        self._set(f"{TAG}{chapter:02}-solved", new, old)


def open_or_make(path, source, commit, own):
    """(Destination, whether it was made).  `own` None: as it was made, or not."""
    made = not os.path.exists(path) or not os.listdir(path)
    if made:
        os.makedirs(path, exist_ok=True)
        first = min(source.chapters)
        git.Repository(path).run("init", "-q", "--bare", f"--initial-branch=chapter-{first:02}", ".")
    repository = git.Repository(path)
    if repository.line("rev-parse", "--is-bare-repository") != "true" or \
            os.path.realpath(repository.line("rev-parse", "--absolute-git-dir")) != os.path.realpath(path):
        raise git.Failed(f"{path}: neither empty nor a bare git repository")
    destination = Destination(path, source, commit, own)
    if own is None:
        destination.own = destination.was_own()
    destination.check()
    return destination, made


def read_commit(path, name):
    """(Source, {"id", "time", "subject"}) of a commit."""
    repository = git.Repository(path)
    shown = repository.line("log", "-1", "--format=%H%n%ct%n%s", name, "--")
    return (trees.Source(repository.files(name)), dict(zip(("id", "time", "subject"), shown.split("\n"))))
