# SPDX-License-Identifier: MIT
"""Each structural check finds the fault that it is there for, in a tree made for it."""
import shutil
import subprocess

import pytest

import courses
import includes
import links
import style
from tree import Tree

HEAD = "/* SPDX-License-Identifier: MIT */\n"


class Maker:
    """A small tree, with objects and kernels that are linked without a script."""

    def __init__(self, path):
        self.path = path
        (path / "kernel").mkdir()
        (path / "chapters.list").write_text("")
        for chapter in ("01-boot", "02-frames"):
            (path / "chapters" / chapter).mkdir(parents=True)
            (path / "chapters" / chapter / "holes").write_text("")
        self.tree = Tree(path, path)

    def file(self, name, text, head=HEAD):
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(head + text)
        return self

    def listed(self, *rows):
        (self.path / "chapters.list").write_text("".join(row + "\n" for row in rows))
        return self

    def compiled(self, *names):
        for name in names:
            folder = (self.path / name).parent
            (folder / ".deps").mkdir(exist_ok=True)
            stem = (self.path / name).stem
            subprocess.run(["cc", "-c", "-fno-pie", "-Ikernel", "-MD", "-MF",
                            folder / ".deps" / f"{stem}.Po", "-o", folder / f"{stem}.o", name],
                           cwd=self.path, check=True)
        return self

    def kernel(self, name, *objects):
        subprocess.run(["ld", "-nostdlib", "-static", "-e0", "-o", f"{name}.elf", *objects],
                       cwd=self.path, check=True)
        (self.path / f"{name}.objects").write_text("\n".join(objects))
        return self


@pytest.fixture
def maker(tmp_path):
    if not shutil.which("cc") or not shutil.which("ld"):
        pytest.skip("needs cc and ld")
    return Maker(tmp_path)


def one(complaints, *words):
    assert len(complaints) == 1, complaints
    assert all(word in complaints[0] for word in words), complaints


def test_include_upwards(maker):
    maker.file("kernel/task/fork.h", "#pragma once\n")
    maker.file("kernel/memory/heap.c", '#include "task/fork.h"\n')
    one(includes.check_layers(maker.tree), "heap.c", "task/fork.h", "above")


def test_include_not_root_relative(maker):
    maker.file("kernel/task/fork.h", "#pragma once\n")
    maker.file("kernel/task/fork.c", '#include "fork.h"\n')
    assert any("no header" in c for c in includes.check_layers(maker.tree))


def test_include_hosted(maker):
    maker.file("kernel/lib/a.c", "#include <string.h>\n")
    one(includes.check_layers(maker.tree), "string.h", "freestanding")


def test_include_cycle(maker):
    maker.file("kernel/lib/a.h", '#pragma once\n#include "lib/b.h"\n')
    maker.file("kernel/lib/b.h", '#pragma once\n#include "lib/a.h"\n')
    one(includes.check_layers(maker.tree), "round", "lib/a.h")


def test_unknown_layer(maker):
    maker.file("kernel/misc/a.c", "")
    one(includes.check_layers(maker.tree), "misc")


def closure_tree(maker):
    maker.file("kernel/lib/late.h", "#pragma once\n").file("kernel/lib/late.c", "int late;\n")
    maker.file("kernel/lib/between.h", '#pragma once\n#include "lib/late.h"\n')
    maker.file("kernel/lib/early.c", '#include "lib/between.h"\nint early;\n')
    return maker.compiled("kernel/lib/early.c", "kernel/lib/late.c")


def test_closure(maker):
    closure_tree(maker).listed("01 files kernel/lib/early.c", "02 files kernel/lib/late.c")
    one(includes.check_closure(maker.tree), "early.c", "late.h", "chapter 2")


def test_closure_excepted(maker):
    closure_tree(maker).listed("01 files kernel/lib/early.c", "02 files kernel/lib/late.c",
                               "01 headers kernel/lib/late.h")
    assert includes.check_closure(maker.tree) == []


def test_unlisted_and_doubly_listed(maker):
    maker.file("kernel/a.c", "").file("kernel/b.c", "")
    maker.listed("01 files kernel/b.c", "02 files kernel/b.c")
    complaints = links.check_lists(maker.tree)
    assert len(complaints) == 2 and "a.c: in no" in complaints[0] and "in 2" in complaints[1]


def sequence_tree(maker, stand_in="__attribute__((weak)) void step(void) {}\n"):
    """Chapter 1 calls a step of chapter 2 and refers weakly to a system call that nobody has."""
    maker.file("kernel/a.c", "void step(void); extern char sys_x[] __attribute__((weak));\n"
                             "void start(void) { if (sys_x) step(); }\n")
    maker.file("kernel/b.c", "void step(void) {}\n")
    maker.file("chapters/01-boot/later.c", stand_in)
    maker.compiled("kernel/a.c", "kernel/b.c", "chapters/01-boot/later.c")
    maker.kernel("chapter01", "kernel/a.o", "chapters/01-boot/later.o")
    return maker.listed("01 files kernel/a.c", "02 files kernel/b.c")


def test_holes(maker):
    tree = sequence_tree(maker).tree
    complaints = links.check_holes(tree)
    assert len(complaints) == 2
    assert "'step 2'" in complaints[0] and "'sys_x -'" in complaints[1]
    (maker.path / "chapters/01-boot/holes").write_text("step 2\nsys_x -\n")
    assert links.check_holes(tree) == []
    (maker.path / "chapters/01-boot/holes").write_text("gone 2\nstep 2\nsys_x -\n")
    one(links.check_holes(tree), "gone", "no hole any more")


def test_stand_in_that_is_strong(maker):
    one(links.check_stand_ins(sequence_tree(maker, "void step(void) {}\n").tree), "step", "weak")


def test_complete_kernel_does_not_link(maker):
    assert len(links.check_complete(maker.tree)) == 2


def test_complete_kernel_with_stand_in(maker):
    sequence_tree(maker)
    for kernel in ("strix", "strix-test"):
        maker.kernel(kernel, "kernel/a.o", "chapters/01-boot/later.o")
    complaints = links.check_complete(maker.tree)
    assert any("holds" in c for c in complaints) and any("step is only weak" in c for c in complaints)


def test_conditional(maker):
    maker.file("kernel/lib/a.h", "#pragma once\n#ifndef __ASSEMBLER__\n#endif\n")
    maker.file("kernel/lib/a.c", "#ifdef DEBUG\n#endif\n")
    one(style.check_conditionals(maker.tree), "a.c:2")


def test_heads(maker):
    maker.file("kernel/lib/a.c", "int a;\n", head="")
    maker.file("kernel/lib/b.h", "int b;\n")
    maker.file("grading/c.py", "x = 1\n", head="")
    complaints = style.check_heads(maker.tree)
    assert len(complaints) == 3
    assert "a.c" in complaints[0] and "#pragma once" in complaints[1] and "c.py" in complaints[2]


def test_lengths(maker):
    maker.file("kernel/lib/a.c", "int a(int x)\n{\n" + "\tx++;\n" * 101 + "\treturn x;\n}\n")
    maker.file("kernel/lib/b.c", "/*" + "\t" * 13 + " */\n")
    one(style.check_lengths(maker.tree), "a() has 102")
    one(style.check_columns(maker.tree), "b.c:2", "columns")


def test_ignorance(maker):
    maker.file("kernel/lib/a.c", "/* students write this */\n")
    one(style.check_ignorance(maker.tree), "a.c:2")


def test_functions_are_found():
    text = "static int f(int a,\n\t     int b)\n{\n\treturn a;\n}\nstruct s {\n\tint x;\n};\n"
    assert style.functions(text) == [("f", 3, 1)]


def test_comments_are_counted(maker):
    maker.file("kernel/lib/a.c", "int a; /* one */\n/* two\n * three */\nint b;\n")
    maker.file("kernel/lib/a.h", "/* four */\n")
    maker.file("kernel/abi/n.h", "int n;\nint m;\n")
    found = {directory: (code, comments) for directory, code, comments in
             style.comment_figures(maker.tree)}
    head = sum("/*" in line for line in maker.tree.text("kernel/lib/a.c").splitlines()[:1])
    assert found["lib"] == found["all"] == (2, 4 + 2 * head)


def course_tree(maker, wrong=8):
    """Chapter 1 is a course, chapter 2 has a list of files only, and is listed as none."""
    maker.file("chapters/01-boot/chapter.am", "noinst_PROGRAMS += chapter01.elf\n")
    maker.file("chapters/01-boot/README.md", "").file("chapters/01-boot/tests/points", "100 a kernel b\n", head="")
    maker.file("exercises/01-boot/README.md", "").file("solutions/01-boot/README.md", "")
    maker.file("exercises/01-boot/functions", "baseline 0\nf a.c a\n", head="# what to write\n")
    for number in range(wrong):
        maker.file(f"solutions/01-boot/wrong/{number}.c", "")
    maker.file("chapters/02-frames/chapter.am", "files_02 = a.c\n")
    maker.file("chapters/not-yet-courses", "2\n", head="# none\n")
    maker.file("docs/gaps.md", "Chapters 2 to 4 are not written.\n")
    return maker


def test_courses(maker):
    assert courses.check_courses(course_tree(maker).tree) == []
    assert courses.not_yet(maker.tree) == [2]


@pytest.mark.parametrize("lost", ["chapters/01-boot/README.md", "chapters/01-boot/holes", "exercises/01-boot/README.md",
                                  "solutions/01-boot/README.md", "chapters/01-boot/tests/points",
                                  "exercises/01-boot/functions", "solutions/01-boot/wrong/3.c"])
def test_half_a_course(maker, lost):
    course_tree(maker)
    (maker.path / lost).unlink()
    one(courses.check_courses(maker.tree), "chapters/01-boot", "lacks")


def test_courses_and_their_list(maker):
    course_tree(maker).file("chapters/not-yet-courses", "", head="")
    one(courses.check_courses(maker.tree), "chapters/02-frames", "a kernel of its own", "8 wrong answers (0)")
    maker.file("chapters/not-yet-courses", "1\n2\n7\n", head="")
    maker.file("docs/gaps.md", "Chapter 1 is thin.\n")
    complaints = courses.check_courses(maker.tree)
    assert len(complaints) == 3 and "1 is a course now" in complaints[0]
    assert "nothing of chapter 2" in complaints[1] and "no chapter 7" in complaints[2]
