# SPDX-License-Identifier: MIT
"""The verdicts LEAK and LIMIT, and a race: kernels that answer rightly in most tests, and lose
something, or take too long, or sleep for ever when a child ended a moment too early."""
import os
import sys
from types import SimpleNamespace

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import counts  # noqa: E402
import course  # noqa: E402
import judge  # noqa: E402
from overlay import build, pieces  # noqa: E402
from strix import records  # noqa: E402

WRONG = {
    "a root's tables are never freed": (3, "roots_share", "LEAK", "frames.page_table", """
/* in memory/page_table.c */
void page_table_destroy(physical_address root)
{
	assert(root != kernel_root && !root_is_loaded(root));
}
"""),
    "the first program's memory stays": (5, "divide", "LEAK", "frames.anonymous", """
/* in memory/address_space.c */
void address_space_put(struct address_space *space)
{
	space->count--;
}
"""),
    "a child's memory stays": (7, "fork_wait", "LEAK", "address_space", """
/* in task/exit.c */
static void space_exit(struct task *task)
{
	task_leave_space(task);
	task->space = NULL;
}
"""),
    "a process that ends leaves its files open": (9, "unlinked", "LEAK", "file", """
/* in fs/descriptor_share.c */
void files_exit(struct task *task)
{
	task->files = NULL;
}
"""),
    "a parent sleeps before it looks": (7, "lost_wakeup", "HANG", "orderly end", """
/* in task/wait.c */
static long wait_for_child(struct wait_request *request)
{
	struct wait_queue *queue = &current_process()->child_event;
	bool sleeps_first = !list_is_empty(&current_process()->children);
	struct waiter waiter;
	int result;

	waiter_init(&waiter);
	wait_queue_add(queue, &waiter);
	for (;;) {
		task_set_sleeping(TASK_INTERRUPTIBLE);
		result = sleeps_first ? 0 : wait_look(request);
		sleeps_first = false;
		if (result != 0 || request->options & WNOHANG)
			break;
		result = task_sleep();
		if (result)
			break;
	}
	task_set_running();
	wait_queue_remove(&waiter);
	return result == 1 ? request->pid : result;
}
"""),
    "a search in each allocation": (2, "frames_shared", "LIMIT", "instructions", """
/* in memory/frame_allocator.c */
struct frame *frame_alloc(enum frame_kind kind, unsigned flags)
{
	for (volatile unsigned i = 0; i < 3000000; i++)
		continue;
	return frame_alloc_run(0, kind, flags);
}
"""),
}


def find(chapter, name):
    return next(test for test in course.chapters()[chapter].tests if test.name == name)


@pytest.mark.parametrize("mistake", WRONG)
def test_wrong_kernel(mistake, tmp_path):
    chapter, name, verdict, word, text = WRONG[mistake]
    (tmp_path / "wrong.c").write_text(text)
    kernel, _ = build.kernel(chapter, pieces.read(str(tmp_path))[0])
    result = judge.grade(find(chapter, name), kernel, chapter)
    assert (result.verdict, word in result.expected) == (verdict, True), result


@pytest.mark.parametrize("number", course.chapters())
def test_costs(number):
    """A chapter's costs are of tests that it has.  Without one, the only limit is the watchdog's."""
    tests = course.chapters()[number].tests
    known = counts.recorded(tests[0].costs)
    assert known and set(known) <= {test.name for test in tests}


def test_phases_are_runs_of_their_own():
    test = find(7, "fork_wait")
    machines = [judge.boot(test, course.kernel(7)[0], 7, 1, phase) for phase in (0, 1)]
    assert ["tick=" in machine.append for machine in machines] == [False, True]
    assert find(7, "lost_wakeup").wish("phases", 1) == 8


def run(*lists):
    return SimpleNamespace(records=[records.Record("counts", line.encode())
                                    for one in lists for line in one])


def test_the_last_two_lists_count():
    found = run(["time 1", "task 9"], ["time 5", "task 2"], ["time 8", "task 2", "inode 1"])
    assert counts.cost(found) == 3 and counts.left(found) == [("inode", 0, 1)]
    assert counts.left(found, {"inode": "kept"}) == []


def test_one_list_says_nothing():
    assert counts.left(run(["time 1", "task 9"])) == [] and counts.cost(run(["time 1"])) is None
