# SPDX-License-Identifier: MIT
"""Which questions the tests hold against the kernel and Linux - those of some students - and how Linux is asked.

What Linux says is found by doing the very thing in a process of its own.
"""
import ctypes
import os
import platform
import signal

import course
import predictions

STUDENTS = ["ada", "bob", "Grace Hopper", *(f"student{number}" for number in range(9))]
CHAPTERS = {number: chapter for number, chapter in course.chapters().items() if number <= course.LAST_KERNEL}
IS_LINUX = platform.system() == "Linux" and platform.machine() == "x86_64"
PLACE = 1 << 40  # an address near which nothing is mapped
PATIENCE = 20    # seconds for what a broken answer might make wait for ever


def of(number, key, students=len(STUDENTS)):
    """The different questions `key` of a chapter that the first so many students get."""
    found = []
    for student in STUDENTS[:students]:
        found += [question for question in predictions.questions(CHAPTERS[number], student)
                  if question.key == key and question not in found]
    assert found, (number, key)
    return found


def hold(number, key, ask):
    """Every answer is what `ask` finds with what was drawn."""
    for question in of(number, key):
        assert ask(**question.given) == question.answer, question.text


def table(number):
    """Where a chapter's questions look their answers up."""
    return predictions.module(CHAPTERS[number])


def in_child(work):
    """What `work` returns, in a process of its own without other descriptors: an int, or a word."""
    come, go = os.pipe()
    child = os.fork()
    if not child:
        try:
            signal.alarm(PATIENCE)
            os.dup2(go, 100)
            os.closerange(3, 100)
            os.write(100, str(work()).encode())
        finally:
            os._exit(0)
    os.close(go)
    with os.fdopen(come) as pipe:
        found = pipe.read()
    os.waitpid(child, 0)
    return int(found) if found.lstrip("-").isdecimal() else found


def status_of(work):
    """The status that wait4() stores of a process that does `work`."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1]


def libc():
    made = ctypes.CDLL(None, use_errno=True)
    address, size = ctypes.c_void_p, ctypes.c_size_t
    made.mmap.restype = made.mremap.restype = ctypes.c_void_p
    made.mmap.argtypes = [address, size, *[ctypes.c_int] * 3, ctypes.c_long]
    made.mremap.argtypes = [address, size, size, ctypes.c_int]
    made.munmap.argtypes = [address, size]
    made.memcpy.argtypes = [address, address, size]
    made.write.argtypes = [ctypes.c_int, address, size]
    return made
