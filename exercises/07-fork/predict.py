# SPDX-License-Identifier: MIT
"""Chapter 7: statuses, who runs after a fork, which frames it costs, what a wait says."""
from predictions import Question

SIGNALS = {"SIGKILL": 9, "SIGUSR1": 10, "SIGUSR2": 12, "SIGALRM": 14, "SIGTERM": 15}


def exited(draw):
    code = draw.between(256, 2000)
    return Question("exited", f"A child calls exit({code}).  Which number does wait4() store as its status?",
                    (code & 255) << 8, "how many bits of the code does a parent see?", {"code": code})


def killed(draw):
    name = draw.choose(sorted(SIGNALS))
    return Question("killed", f"A child is killed by {name}, without a core.  Which number does wait4() store as its\n"
                    "status?", SIGNALS[name], "WTERMSIG in wait(2): which bits?", {"name": name})


def run(steps):
    """How many processes there are after the steps: each process does each of them."""
    return 1 << steps.count("both")


def forked(draw):
    steps = [draw.choose(["both", "both", "child ends"]) for _ in range(draw.between(3, 5))]
    code = {"both": "fork();", "child ends": "if (fork() == 0) _exit(0);"}
    return Question("lines", "How many lines does this write?\n" + "\n".join(code[step] for step in steps) +
                    '\nwrite(1, "x\\n", 2);', run(steps), "double at each fork; who goes on behind it?",
                    {"steps": steps})


def frames_of(pages, steps):
    """How many frames hold `pages` pages that A wrote, after ("fork", who, child) and ("write", who, pages)."""
    held, made = {"A": list(range(pages))}, pages
    for what, who, other in steps:
        if what == "fork":
            held[other] = list(held[who])
            continue
        for page in other:
            if any(held[each][page] == held[who][page] for each in held if each != who):
                held[who][page], made = made, made + 1
    return len({frame for each in held.values() for frame in each})


def copied(draw):
    """Three generations, each of which writes to a run of the pages."""
    pages = draw.between(8, 20)

    def writes(who):
        first = draw.below(pages - 2)
        return "write", who, list(range(first, draw.between(first + 1, pages)))
    steps = [("fork", "A", "B"), writes("B"), writes("A"),
             ("fork", draw.choose("AB"), "C"), writes("C"), writes(draw.choose("AB"))]
    lines = [f"{who} forks {other}" if what == "fork" else f"{who} writes to pages {other[0]} to {other[-1]}"
             for what, who, other in steps]
    return Question("frames", f"Process A has written to each of {pages} private pages (0 to {pages - 1}).  Then, "
                    "one after the other:\n"
                    + ",\n".join(lines) + ".\nHow many frames hold these pages now, in all "
                    "three?", frames_of(pages, steps),
                    "who still shares the frame at the moment of the write?  A sole owner writes without a copy",
                    {"pages": pages, "steps": steps})


def waited(ended, running, calls):
    """What the last of some wait4() returns: each is (pid, WNOHANG or not)."""
    children, result = {ended, running}, None
    for pid, _ in calls:
        wanted = children if pid == -1 else children & {pid}
        result = ended if ended in wanted else 0 if wanted else "ECHILD"
        children -= {result}
    return result


def wait(draw):
    ended = draw.between(20, 90)
    running, grandchild = ended + draw.between(1, 3), ended + draw.between(4, 6)
    first = draw.choose([(ended, False), (-1, False), (-1, True), (running, True), (grandchild, False)])
    gone = first[0] in (ended, -1)
    second = draw.choose([(ended, False), (-1, True), (running, True), (grandchild, True)] +
                         ([] if gone else [(-1, False)]))
    shown = " and then ".join(f"wait4({pid}, NULL, {'WNOHANG' if hangs else 0}, "
                    "NULL)" for pid, hangs in (first, second))
    return Question("wait", f"A process has two children: {ended}, which has ended, and {running}, which sleeps for "
                    "ever and has a\n"
                    f"child of its own, {grandchild}.  The process calls\n{shown}.\n"
                    "What does the second call return?  A number, or an error's name.",
                    waited(ended, running, [first, second]), "whose children count, how often does a child end, "
                    "and what does WNOHANG say while one runs (wait(2))?",
                    {"pids": (ended, running, grandchild), "calls": [first, second]})


def questions(draw):
    return [exited(draw), killed(draw), forked(draw), copied(draw), wait(draw)]
