# SPDX-License-Identifier: MIT
"""Chapter 7: statuses, and who runs after a fork."""
from predictions import Question

SIGNALS = {"SIGKILL": 9, "SIGUSR1": 10, "SIGUSR2": 12, "SIGALRM": 14, "SIGTERM": 15}


def exited(draw):
    code = draw.between(256, 2000)
    return Question("exited", f"A child calls exit({code}).  What status does wait4() store?", (code & 255) << 8,
                    "how many bits of the code does a parent see?", {"code": code})


def killed(draw):
    name = draw.choose(sorted(SIGNALS))
    return Question("killed", f"A child is killed by {name}, without a core.  What status does wait4() store?",
                    SIGNALS[name], "WTERMSIG in wait(2): which bits?", {"signal": SIGNALS[name]})


def run(steps):
    """How many processes there are after the steps: each process does each of them."""
    return 1 << steps.count("both")


def forked(draw):
    steps = [draw.choose(["both", "both", "child ends"]) for _ in range(draw.between(3, 5))]
    code = {"both": "fork();", "child ends": "if (fork() == 0) _exit(0);"}
    return Question("lines", "How many lines does this write?\n" + "\n".join(code[step] for step in steps) +
                    '\nwrite(1, "x\\n", 2);', run(steps), "double at each fork; who goes on behind it?",
                    {"steps": steps})


def questions(draw):
    return [exited(draw), killed(draw), forked(draw)]
