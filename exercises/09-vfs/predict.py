# SPDX-License-Identifier: MIT
"""Chapter 9: descriptors, positions, modes, errors (as recorded on Linux), the walk."""
from predictions import Question, lowest

REFUSED = {
    'open("l", O_CREAT | O_EXCL | O_WRONLY, 0644)': "EEXIST",
    'open("l", O_RDONLY)': "ENOENT",
    'open("l", O_RDONLY | O_NOFOLLOW)': "ELOOP",
    'open("s", O_RDONLY)': "ELOOP",
    'open("f/", O_RDONLY)': "ENOTDIR",
    'open("f/x", O_CREAT | O_WRONLY, 0644)': "ENOTDIR",
    'open("f", O_RDONLY | O_DIRECTORY)': "ENOTDIR",
    'open("d", O_WRONLY)': "EISDIR",
    'open("d", O_RDONLY | O_CREAT, 0644)': "EISDIR",
    'open("new/", O_CREAT | O_WRONLY, 0644)': "EISDIR",
    'open("none/x", O_CREAT | O_WRONLY, 0644)': "ENOENT",
    'open("", O_RDONLY)': "ENOENT",
    'mkdir("l", 0755)': "EEXIST",
    'rmdir("d")': "ENOTEMPTY",
    'rmdir("d/.")': "EINVAL",
    'unlink("d")': "EISDIR",
    'link("d", "e")': "EPERM",
    'rename("d", "d/e")': "EINVAL",
    'rename("f", "d")': "EISDIR",
    'rename("d", "f")': "ENOTDIR",
}


def duplicate(draw):
    """0 to 9 are open; some are closed, then dup() twice."""
    closed = sorted({draw.between(3, 9) for _ in range(3)})
    taken = set(range(10)) - set(closed)
    taken.add(lowest(taken))
    return Question("dup", f"0 to 9 are open.  close() of {', '.join(map(str, closed))}; dup(1); dup(1).\n"
                    "What does the second dup() return?", lowest(taken), "the lowest free number, each time",
                    {"closed": closed})


def length(draw):
    mine, theirs, again = draw.between(5, 50), draw.between(5, 50), draw.between(0, 1)
    text = (f"A process opens a new file and forks.  The child writes {theirs} bytes and ends; then the parent "
            f"writes {mine} bytes\n" + ("through the same descriptor." if not again else
                                        "through a descriptor that it has got by another open() of the file."))
    return Question("length", text + "  How long is the file?", max(mine, theirs) if again else mine + theirs,
                    "what do the two share: name, inode, open file, descriptor?",
                    {"mine": mine, "theirs": theirs, "again": again})


def mode(draw):
    wanted, mask = draw.choose([0o666, 0o777, 0o664, 0o640]), draw.choose([0o22, 0o27, 0o77, 0o2, 0o133])
    return Question("mode", f"umask is {mask:04o}.  open(..., O_CREAT, {wanted:04o}) makes a file of which mode?",
                    wanted & ~mask, "umask(2): bits are taken away, not subtracted", {"wanted": wanted, "mask": mask})


def refused(draw):
    call = draw.choose(sorted(REFUSED))
    return Question("refused", "A directory has the file f, the directory d with a file in it, l, a symbolic link "
                    "to none (which does\n"
                    f"not exist), and a symbolic link s to itself.  root calls there {call}.\nWhich error is "
                    "it?", REFUSED[call],
                    "open(2), rename(2), path_resolution(7): is the last link followed, and what must the name be?",
                    {"call": call})


def reached(link, target, rest):
    """Where the path link + rest leads: a link's text takes its place in the directory in which it is."""
    at = []
    for part in link.split("/")[:-1] + target.split("/") + rest:
        at = at[:-1] if part == ".." else at + [part] * (part != ".")
    return "/" + "/".join(at)


def walk(draw):
    link = draw.choose(["a/link", "a/b/link", "a/b/c/link"])
    up = "../" * link.count("/")
    target = draw.choose(["../" + link.split("/")[link.count("/") - 1], up + "d", up + "d/e", up + "d/e/f", "."])
    depth = reached(link, target, []).rstrip("/").count("/")
    rest = [".."] * draw.between(1, depth) if depth else ["."]
    place = reached(link, target, rest)
    below = {"/": ["a"], "/a": ["b"], "/a/b": ["c"], "/d": ["e"], "/d/e": ["f"]}
    rest += below.get(place, []) if draw.below(2) else []
    return Question("walk", f"Below / there are the directories a/b/c and d/e/f, and {link}, a symbolic link to "
                    f"{target}.  The current\n"
                    f"directory is /.  Which directory is {link}/{'/'.join(rest)}?  Write its path from / on, "
                    "without links.",
                    reached(link, target, rest), "`..` is a directory's parent, and not what stands to the left in "
                    "the name",
                    {"link": link, "target": target, "rest": rest})


def questions(draw):
    return [duplicate(draw), length(draw), mode(draw), refused(draw), walk(draw)]
