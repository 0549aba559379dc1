# SPDX-License-Identifier: MIT
"""Functions put into the kernel by name: what is found, what is refused and how it is said."""
import os
import re
import subprocess
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import course  # noqa: E402
from overlay import build, pieces, scan  # noqa: E402

FRAME_PUT = "static void run_poison(struct frame *frame)\n{\n\t%s\n}\n"


def overlay(directory, text, name="answer.c"):
    path = directory / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def refusal(path, **options):
    with pytest.raises(pieces.Refused) as error:
        build.kernel(2, pieces.read(path, **options)[0], guarded=options.get("guarded", False))
    return str(error.value)


def sources(*suffixes):
    for directory, _, names in os.walk(f"{course.SOURCE}/kernel"):
        yield from (os.path.join(directory, name) for name in names if name.endswith(suffixes))


def test_every_function_of_the_kernel_is_found():
    for path in sources(".c"):
        with open(path) as file:
            text = file.read()
        found = scan.functions(text)
        opened = re.findall(r"^[\w].*\)\n?\s*\{", text, re.M)
        assert len(found) >= len(opened), path
        for part in found:
            assert re.search(rf"\b{part.name}\(", text[part.start:part.end]), (path, part.name)


def test_a_function_put_over_itself_changes_nothing():
    for path in sources(".c", ".S"):
        file = os.path.relpath(path, f"{course.SOURCE}/kernel")
        with open(path) as source:
            text = source.read()
        own = {part.name: pieces.Piece(file, part.name, text[part.start:part.end], "own", 1)
               for part in scan.parts(file, text)}
        if own:
            lines = pieces.put_into(text, file, own).split("\n")
            kept = [line for line in lines if line and not line.startswith("#line")]
            assert kept == [line for line in text.split("\n") if line], path


def test_strings_comments_and_macros_hide_braces():
    text = ('#define OPEN {\nstatic int a(void)\n{\n\treturn "}{"[0] + \'{\'; /* } */\n}\n'
            'struct s { int (*f)(int); } x = { .f = 0 };\nint (*table[2])(void) = { a, a };\n'
            'long long_one(int b,\n\t      int c)\n{\n\treturn b; // }\n}\n')
    assert [part.name for part in scan.functions(text)] == ["a", "long_one"]


@pytest.mark.parametrize("text,said", [
    ("int main(void) { return 0; }", "which kernel file"),
    ("/* in memory/nowhere.c */\nvoid f(void)\n{\n}\n", "kernel/memory/nowhere.c"),
    ("/* in memory/../main.c */\nvoid f(void)\n{\n}\n", "no such file"),
    ("/* in memory/frame_allocator.c */\nvoid f(void)\n{\n}\n",
     "answer.c:2: kernel/memory/frame_allocator.c has no f"),
    ("/* in memory/frame_allocator.c */\nvoid f(void)\n{\n", "answer.c:3: a brace"),
    ("/* in memory/frame_allocator.c */\n" + 2 * (FRAME_PUT % ";"), "run_poison is there already"),
    ("/* in memory/frame_allocator.c */\n" + FRAME_PUT % "syntax error;", "answer.c:4:"),
    ("/* in memory/frame_allocator.c */\r\n".encode() + b"\xff", "UTF-8"),
    ("/* in memory/frame_allocator.c */\n" + "x" * 300000, "is the most"),
    ("/* in fs/pipe.c */\nstatic void f(void)\n{\n}\n", "has no f"),
])
def test_refused(tmp_path, text, said):
    assert said in refusal(overlay(tmp_path, text))


@pytest.mark.parametrize("body,said", [
    ('__asm__(".incbin \\"key\\"");', "answer.c:4: `.incbin`"),
    ("\n#include <stdio.h>\n", "#include"),
    ("static int x __attribute__((section(\"registry.ktest\"))) = 1; (void)x;", "section("),
    # hidden from a search by lines
    ('\n#inc\\\nlude "/etc/passwd"\n', "#include"),
    ('\n#/*\n*/include "/etc/passwd"\n', "include"),
    ('\n%:include "/etc/passwd"\n', "%:include"),
    ('\n#import "/etc/passwd"\n', "#import"),
    ('\n# 1 "/etc/passwd"\nint int;', "# 1"),  # the message would quote that file
    ('__asm__(".INCBIN \\"key\\"");', ".INCBIN"),
])
def test_a_stranger_may_not(tmp_path, body, said):
    text = "/* in memory/frame_allocator.c */\n" + FRAME_PUT % body
    found = refusal(overlay(tmp_path, text), guarded=True)
    assert said in found and "root:" not in found


@pytest.mark.parametrize("body,said", [
    ("\n#define WORD(x) #x\n__asm__(WORD(.inc) WORD(bin) \" \\\"/etc/passwd\\\"\");", "`.incbin` is not for a function"),
    ('__asm__(".inc" "lude \\"/etc/passwd\\"");', "`.include` is not for a function"),
    ('__asm__(".mac" "ro m\\n.endm");', "`.macro` is not for a function"),
    # at the cost of others
    ('__asm__(".fill 200000000");', "the compiler took more than 60 seconds, 64 MiB"),
])
def test_a_stranger_may_not_let_the_compiler_do(tmp_path, body, said):
    """What stands in no text, but in what the compiler makes of it."""
    text = f"/* in memory/frame_buddy.c */\nvoid buddy_give(struct frame *frame, unsigned order)\n{{\n\t{body}\n}}\n"
    found = refusal(overlay(tmp_path, text), guarded=True)
    assert said in found and "root:" not in found


def test_assembly_is_looked_at_as_well(tmp_path):
    with open(f"{course.SOURCE}/kernel/arch/switch.S") as file:
        own = next(part for part in scan.parts("switch.S", file.read()) if part.name == "context_switch")
    with open(f"{course.SOURCE}/kernel/arch/switch.S") as file:
        text = "/* in arch/switch.S */\n" + file.read()[own.start:own.end] + "\n"
    chosen, _ = pieces.read(overlay(tmp_path, text, "a.S"), guarded=True)
    build.kernel(7, chosen, guarded=True)
    text += '#define PASTE(a, b) a##b\n\t.PASTE(inc, bin) "/etc/passwd"\n'
    chosen, _ = pieces.read(overlay(tmp_path, text, "a.S"), guarded=True)
    with pytest.raises(pieces.Refused, match="`.incbin` is not for a function"):
        build.kernel(7, chosen, guarded=True)


def test_a_compiler_that_is_killed_is_the_hosts_fault():
    with pytest.raises(OSError, match="out of memory"):
        build._run(["sh", "-c", "echo 'gcc: fatal error: Killed signal terminated program cc1'; exit 1"])


def test_other_globals_are_refused(tmp_path):
    text = ("/* in memory/frame_allocator.c */\n/* helpers */\nint extra(void);\nint extra(void)\n"
            "{\n\treturn 1;\n}\n/* end of helpers */\n" + FRAME_PUT % "extra();")
    assert "extra" in refusal(overlay(tmp_path, text), guarded=True)


def test_a_link_out_of_the_directory_is_refused(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "answer.c").symlink_to(overlay(tmp_path, "/* in memory/slab.c */\n"))
    assert "leads out" in refusal(str(tmp_path / "mine"))


def test_nothing_there(tmp_path):
    assert "no such file or directory" in refusal(str(tmp_path / "none"))
    assert "holds no" in refusal(str(tmp_path))


def test_a_copy_that_went_one_level_too_deep(tmp_path):
    """`cp -r exercises/02-frames mine` for the second time."""
    (tmp_path / "02-frames").mkdir()
    text = "/* in memory/frame_allocator.c */\n" + FRAME_PUT % ";"
    overlay(tmp_path / "02-frames", text)
    assert "holds no .c or .S file; its directory 02-frames does" in refusal(str(tmp_path))
    overlay(tmp_path, text)
    assert "02-frames: ignored: a directory in" in pieces.read(str(tmp_path))[1][0]


def test_crlf_spaces_and_other_functions(tmp_path):
    (tmp_path / "my answer").mkdir()
    text = ("/* in memory/frame_allocator.c */\n" + FRAME_PUT % "(void)frame;" +
            "struct frame *frame_alloc(enum frame_kind kind, unsigned flags)\n{\n}\n")
    overlay(tmp_path / "my answer", text.replace("\n", "\r\n"))
    chosen, warnings = pieces.read(str(tmp_path / "my answer"), wanted={("memory/frame_allocator.c", "run_poison")}, guarded=True)
    assert [name for _, name in chosen] == ["run_poison"]
    assert "frame_alloc is not part of this exercise" in warnings[0]
    kernel, _ = build.kernel(2, chosen, guarded=True)
    assert os.path.exists(kernel)


def test_lines_are_the_students(tmp_path):
    path = overlay(tmp_path, "/* in memory/frame_allocator.c */\n\n" + FRAME_PUT % "frame->count = 0;")
    kernel, _ = build.kernel(2, pieces.read(path)[0])
    shown = subprocess.run(["objdump", "-dl", "--disassemble=frame_put_slow", kernel],
                           stdout=subprocess.PIPE, text=True, check=True).stdout
    assert "kernel/memory/frame_allocator.c:" in shown
    again, _ = build.kernel(2, pieces.read(path)[0])
    assert kernel == again


def test_not_written_says_so(tmp_path):
    path = overlay(tmp_path, "/* in memory/frame_allocator.c */\n"
                             "struct frame *frame_alloc(enum frame_kind kind, unsigned flags)\n"
                             "{\n\texercise(\"frame_alloc\");\n}\n")
    done = subprocess.run([sys.executable, f"{course.SOURCE}/grading/grade", "2", "--overlay", path,
                           "--test", "frames_shared", "--json", str(tmp_path / "j"), "--junit",
                           str(tmp_path / "x")], stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "NOT-WRITTEN" in done.stdout and "frame_alloc was called" in done.stdout
