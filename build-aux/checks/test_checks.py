# SPDX-License-Identifier: MIT
"""Each structural check finds the fault that it is there for, in a tree made for it."""
import shutil
import subprocess

import pytest

import claims
import courses
import includes
import links
import manuals
import said
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


# ---- what pages claim

LESSON = "chapters/01-boot/README.md"


def with_lesson(maker, row, below="", words=2500):
    """The maker's tree with a lesson that has one row in its reading path."""
    maker.file("kernel/lib/a.c", "/* the model */\nint one(void)\n{\n\treturn 1;\n}\n")
    maker.file("build-aux/dist-files", "find . -type f | sed 's|^./||'\n", "#!/bin/sh\n")
    (maker.path / "build-aux/dist-files").chmod(0o755)
    maker.file(LESSON, "word " * words + f"\n{below}\n## Reading path\n\n**4 lines**\n\n"
               f"| file | functions | lines |\n|---|---|---|\n{row}\n\n## End\n", "")
    return maker.tree


ROW = "| [a.c](../../kernel/lib/a.c) | `one` | 4 |"


def test_lesson_is_well(maker):
    tree = with_lesson(maker, ROW, "`one()` and `one_day`; SDM vol. 3, 4.6. `make tea CH=1`\n\n    make tea")
    maker.file("kernel/lib/b.c", "int one_day;\n").file("docs/manuals.md", "## SDM, volume 3\n\n| 4.6 | Rights |\n", "")
    maker.file("Makefile.am", "tea: all\n\techo $(CH)\n", "").file("GNUmakefile", "", "")
    for check in (claims.check_words, claims.check_reading_paths, claims.check_names, claims.check_commands,
                  manuals.check_manuals):
        assert check(tree) == []


@pytest.mark.parametrize("words", [1900, 4100])
def test_lesson_of_wrong_length(maker, words):
    one(claims.check_words(with_lesson(maker, ROW, words=words)), "words, not 2000 to 4000")


def test_reading_path_of_a_function_that_is_gone(maker):
    tree = with_lesson(maker, ROW.replace("`one`", "`one`, `two`"))
    one(claims.check_reading_paths(tree), "kernel/lib/a.c has no two")


def test_reading_path_of_wrong_length(maker):
    tree = with_lesson(maker, ROW.replace("4 |", "9 |"))
    one(claims.check_reading_paths(tree), "4 lines, not 9", "make update-lessons")
    assert ROW in claims.updated(tree, LESSON)


def test_reading_path_too_long(maker):
    tree = with_lesson(maker, "| [a.c](../../kernel/lib/long.c) | all | 601 |")
    maker.file("kernel/lib/long.c", "\n" * 600)
    assert "601 lines, more than 600" in " ".join(claims.check_reading_paths(tree))


def test_reading_path_counts_heads_macros_and_structs(maker):
    tree = with_lesson(maker, ROW)
    text = HEAD + "/* two\n * lines */\n#include\nstruct s {\n};\n\t.macro m\n\tnop\n\t.endm\n"
    assert claims.head_lines(text) == 3
    assert [claims.part_lines("a.h", text, name) for name in ("s", "m", "x")] == [2, 3, None]
    assert tree


def test_name_that_is_gone(maker):
    one(claims.check_names(with_lesson(maker, ROW, "it calls `two_days()`")), "two_days")


@pytest.mark.parametrize("command,wrong", [("make coffee", "no goal coffee"), ("make tea MILK=1", "knows no MILK"),
                                           ("make tea CH=19", "no chapter 19"), ("grading/tea", "no grading/tea"),
                                           ("make tea CH=1 TEST=hot", "no test hot")])
def test_command_that_is_gone(maker, command, wrong):
    tree = with_lesson(maker, ROW, f"type `{command}`\n")
    maker.file("Makefile.am", "tea: all\n\techo $(CH) $(TEST)\n", "").file("GNUmakefile", "", "")
    one(claims.check_commands(tree), wrong)
    tree = with_lesson(maker, ROW, f"type\n\n    {command}\n")
    one(claims.check_commands(tree), wrong)


@pytest.mark.parametrize("shown,wrong", [("one () at kernel/lib/a.c:4", None), ("one (x=f (2), y) at kernel/lib/a.c:8", "a.c:8"),
                                         ("two () at kernel/lib/a.c:4", "has no two()"),
                                         ("one () at kernel/lib/b.c:4", "there is no"),
                                         ("one () at kernel/lib/a.c:5\n5\t\treturn 1;", None),
                                         ("one () at kernel/lib/a.c:5\n5\t\treturn 2;", "line 5 is not `return 2;`")])
def test_places(maker, shown, wrong):
    tree = with_lesson(maker, ROW, f"```text\n{shown}\n```\n")
    complaints = said.check_places(tree)
    one(complaints, wrong) if wrong else None
    assert bool(complaints) == bool(wrong)
    maker.file("docs/a.md", "\n    Breakpoint 2, one () at kernel/lib/a.c:99\n", "")
    assert any("docs/a.md" in each for each in said.check_places(tree))


def test_points(maker):
    tree = with_lesson(maker, ROW, "```text\n  hot   20 / 20   PASS   the tea is hot\n  hot   0 / 30   WRONG   the tea is hot\n```\n")
    maker.file("chapters/01-boot/tests/points", "20 hot kernel the tea is hot\n")
    one(said.check_points(tree), "hot 30")
    maker.file("chapters/01-boot/tests/points", "30 hot kernel the tea is cold\n")
    assert len(said.check_points(tree)) == 2


@pytest.mark.parametrize("text,wrong", [("About 2 lines. You write one function", None), ("You write two functions", "1 are listed"),
                                        ("About 9 lines", "1 to 4"), ("the first two functions", None)])
def test_exercises(maker, text, wrong):
    tree = with_lesson(maker, ROW)
    maker.file("chapters/01-boot/tests/points", "20 hot kernel the tea is hot\n")
    maker.file("exercises/01-boot/functions", "baseline 0\none lib/a.c hot\n")
    maker.file("exercises/01-boot/README.md", f"{text}\n\n## More\n\nYou write nine functions.\n\n| `one` | lib/a.c | hot (20) |\n", "")
    complaints = said.check_exercises(tree)
    one(complaints, wrong) if wrong else None
    assert bool(complaints) == bool(wrong)


def test_exercise_of_a_lesson(maker):
    tree = with_lesson(maker, ROW, "[it](../../exercises/01-boot/README.md): two functions, about 90 lines.\n")
    maker.file("exercises/01-boot/functions", "one lib/a.c hot\n").file("chapters/01-boot/tests/points", "20 hot kernel it\n")
    maker.file("exercises/01-boot/README.md", "| `one` | lib/a.c | hot (20) |\n", "")
    assert len(said.check_exercises(tree)) == 2


@pytest.mark.parametrize("row", ["| `one` | lib/a.c | hot (30) |", "| `one` | lib/a.c | cold (20) |", "| `one` | lib/b.c | hot (20) |", ""])
def test_table_of_an_exercise(maker, row):
    tree = with_lesson(maker, ROW)
    maker.file("exercises/01-boot/functions", "one lib/a.c hot\n").file("chapters/01-boot/tests/points", "20 hot kernel it\n")
    maker.file("exercises/01-boot/README.md", row + "\n", "")
    one(said.check_exercises(tree), "`one` is ('lib/a.c', 'hot', 20), not")


def test_facts(maker):
    tree = with_lesson(maker, ROW, "it has 12\n bytes")
    fact = f"{LESSON}: has 12 bytes\n\tkernel/lib/a.c: return 1;\n"
    maker.file("build-aux/checks/facts", fact, "# facts\n")
    assert said.check_facts(tree) == []
    for old, new in (("12", "13"), ("return 1", "return 2"), ("a.c", "b.c")):
        maker.file("build-aux/checks/facts", fact.replace(old, new), "# facts\n")
        one(said.check_facts(tree), "facts:")


@pytest.mark.parametrize("text,wrong", [("SDM vol. 3, 4.6 and 4.7", "4.7"), ("SDM vol. 2, IRET; vol. 3, 6.14", "6.14"),
                                        ("APM vol. 3, 4.6", "APM vol. 3"), ("SDM vol. 3, table 4-1", "table 4-1")])
def test_citation_that_nobody_looked_up(maker, text, wrong):
    tree = with_lesson(maker, ROW, text)
    maker.file("docs/manuals.md", "## SDM, volume 3\n\n| 4.6 | Rights |\n", "")
    one(manuals.check_manuals(tree), wrong, "not in docs/manuals.md")
