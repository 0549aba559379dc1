# SPDX-License-Identifier: MIT
"""`make debug-test`: a failed test in GDB where it failed, in a rerun that is the same."""
import os
import re
import subprocess

import pytest

SOURCE, BUILD = os.environ["STRIX_SOURCE"], os.environ["STRIX_BUILD"]
NOT_OURS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")
CHEATS = f"{SOURCE}/grading/cheats"


def debug(chapter, test, *commands, overlay=None, stop=None):
    """What GDB prints for these commands on standard input."""
    words = [f"CH={chapter}", f"TEST={test}"]
    words += [f"OVERLAY={overlay}"] if overlay else []
    words += [f"STOP={stop}"] if stop else []
    environment = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
    done = subprocess.run(["make", "-s", "-C", BUILD, "debug-test", *words], env=environment, text=True,
                          input="\n".join(commands) + "\n", errors="replace", timeout=180,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.stdout


def wrong(chapter, name):
    return f"{SOURCE}/solutions/{chapter}/wrong/{name}"


def shown(text):
    """(instruction, function) of the frame that the stop shows."""
    found = re.search(r"^At instruction (\d+): .*\n#\d+ +(?:0x[0-9a-f]+ in )?(\w+) \(", text, re.M)
    assert found, text
    return int(found[1]), found[2]


def test_wrong_stops_at_the_report_and_shows_the_program():
    text = debug(7, "fork_wait", "bt 12", "strix calls", overlay=wrong("07-fork", "looks_once.c"))
    assert shown(text)[1] == "test_main"
    assert "waited_for_it=0" in text and re.search(r"report_record .*\n(.*\n)*.*syscall_entry", text)
    assert re.search(r"^wait4\(2, 0x[0-9a-f]+, 0, NULL\) = 0$", text, re.M)
    assert 'write(3, "waited_for_it=0\\n", 16) (not finished)' in text


def test_the_rerun_is_the_same_to_the_instruction():
    first, _ = shown(debug(7, "fork_wait", overlay=wrong("07-fork", "looks_once.c")))
    again, _ = shown(debug(7, "fork_wait", overlay=wrong("07-fork", "looks_once.c")))
    assert first == again
    text = debug(7, "fork_wait", "monitor info replay", "stepi", "monitor info replay",
                 overlay=wrong("07-fork", "looks_once.c"), stop=first - 100)
    assert shown(text)[0] == first - 100
    assert re.findall(r"instruction count = (\d+)", text) == [str(first - 100), str(first - 99)]


def test_panic_shows_who_called_it():
    assert shown(debug(2, "frames_all", overlay=f"{CHEATS}/panics.c"))[1] == "ktest_run_wanted"


def test_panic_of_a_trap_shows_what_was_interrupted():
    text = debug(5, "divide", overlay=wrong("05-ring3", "fault_panics.c"))
    assert shown(text)[1] == "test_main" and "tests/divide.c" in text


@pytest.mark.parametrize("cheat,said", [("hangs_idle", "hangs: idle"), ("triple_faults", "triple-fault"),
                                        ("floods", "more than 1048576 bytes")])
def test_ends_of_every_kind(cheat, said):
    text = debug(2, "frames_all", "bt", overlay=f"{CHEATS}/{cheat}.c")
    assert said in text and re.search(r"ktest_run_wanted .*\n? *at .*grading/cheats/", text), text


def test_leak_stops_at_the_end_with_the_heap_to_look_at(tmp_path):
    path = tmp_path / "leaks.c"
    path.write_text("/* in fs/descriptor_share.c */\nvoid files_exit(struct task *task)\n"
                    "{\n\ttask->files = NULL;\n}\n")
    text = debug(9, "unlinked", "strix heap", overlay=path)
    assert "unlinked: LEAK" in text and shown(text)[1] == "machine_power_off"
    assert int(re.search(r"^file +\d+ +(\d+)", text, re.M)[1]) > 0
    assert re.search(r"^left behind: \d+ of file: file_alloc at .* < sys_openat$", text, re.M)


def test_a_test_that_passes_stops_at_the_entry():
    text = debug(2, "frames_shared")
    assert "the test passes" in text and shown(text)[1] == "kmain"


def test_two_sessions_need_no_port():
    """The connection is a socket of the session's own: nothing can be busy."""
    command = ["make", "-s", "-C", BUILD, "debug-test", "CH=2", "TEST=frames_shared", "STOP=start"]
    environment = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
    both = [subprocess.Popen(command, env=environment, text=True, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(2)]
    for process in both:
        assert shown(process.communicate("info registers rip\n", timeout=180)[0])[1] == "kmain"


def test_what_is_wrong_is_said():
    assert "BUILD" in debug(2, "frames_all", overlay="/nowhere")
    assert "has no test nonsense: " in debug(2, "nonsense")
    assert "the number of an instruction" in debug(2, "frames_all", stop="soon")


def test_no_gdb_names_the_package(tmp_path):
    environment = {**os.environ, "GDB": "no-such-gdb"}
    done = subprocess.run([os.environ["PYTHON"], f"{SOURCE}/grading/debug-test", "2", "frames_all"],
                          env=environment, text=True, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1 and "apt-get install gdb" in done.stderr
