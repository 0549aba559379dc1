# SPDX-License-Identifier: MIT
"""A kernel in which an overlay's functions stand in place of the kernel's.

Each kernel file that the overlay touches is copied with the functions exchanged, compiled with the
flags of the tree, and its object takes the place of the kernel's at the link; nothing else is
compiled, except for whole files that are added (the in-kernel tests of a private layer, new files of an
extension) and what includes a header that an extension changes.  The result
lies in BUILD/overlays/ID/, where ID is a digest of all that went into it, so that it is built once and
the same overlay gives the same kernel.
"""
import errno
import fcntl
import hashlib
import os
import re
import shlex
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import course  # noqa: E402
from . import guard, pieces  # noqa: E402
from .pieces import Refused  # noqa: E402

# Skeletons leave helpers unused, students' code may be unfinished: their warnings are no errors.
LENIENT = ["-Wno-error", "-Wno-unused-function", "-Wno-unused-variable",
           "-Wno-unused-but-set-variable", "-fdiagnostics-color=never"]
NO_ROOM = "No space left on device"
KILLED = "Killed signal terminated program"
MESSAGES_SHOWN = 30  # lines of a compiler's


class Broken(Exception):
    """An added file cannot be compiled: no fault of the overlay's author; the argument is for ours."""


def source_path(file):
    """The file in the source tree that an overlay names: relative to kernel/, or chapters/..."""
    path = file if file.startswith("chapters/") else f"kernel/{file}"
    if ".." in path.split("/") or not os.path.isfile(f"{course.SOURCE}/{path}"):
        raise Refused(f"{path}: the kernel has no such file")
    return path


def _flags():
    """The command that compiles a kernel file, as make wrote it down; run in the build directory."""
    with open(f"{course.BUILD}/kernel.flags") as file:
        return shlex.split(file.read())


def _run(command, guarded=False):
    done = subprocess.run(command, cwd=course.BUILD, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
                          preexec_fn=guard.limit if guarded else None)
    if done.returncode and NO_ROOM in done.stdout:  # no fault of the overlay's
        raise OSError(errno.ENOSPC, f"the disk is full: {os.path.basename(command[0])} {NO_ROOM.lower()}")
    if done.returncode and KILLED in done.stdout:
        raise OSError(errno.ENOMEM, f"somebody killed {os.path.basename(command[0])}: out of memory?")
    if done.returncode and guarded and guard.TOO_MUCH.search(done.stdout):
        raise Refused(f"the compiler took more than {guard.LIMITS}")
    if done.returncode:
        said = re.sub(rf"{re.escape(course.BUILD)}/overlays/\w+/", "", done.stdout)
        lines = said.rstrip().split("\n")
        if len(lines) > MESSAGES_SHOWN:
            lines[MESSAGES_SHOWN:] = [f"... {len(lines) - MESSAGES_SHOWN} more lines"]
        raise Refused("\n".join(lines))
    return done.stdout


def _as_make_names(path):
    """A file of the tree as make names it to the compiler: a replaced one must not stand out in the kernel,
    and outside of the source tree all names begin with the way to it."""
    where = os.environ.get("STRIX_SRCDIR", ".")
    return path if where == "." else f"{where}/{path}"


def _check_source(command, file, copy, folder):
    """Before a stranger's text is assembled: no file of this machine may come along, or show in a message."""
    step, made = ("-E", "expanded") if file.endswith(".S") else ("-S", "assembly")

    def text(path, name, *words):
        _run([*command, *words, step, "-o", f"{folder}/{name}", path], guarded=True)
        with open(f"{folder}/{name}", errors="replace") as made_of_it:
            return made_of_it.read()
    with open(copy) as mine:
        more = ["-include", "exercise.h"] if mine.read().startswith(pieces.EXERCISE) else []
    named = guard.named_files(text(copy, made), lambda: text(f"{course.SOURCE}/{file}", f"own.{made}", *more))
    if named:
        raise Refused(f"{file}: `{named[0]}` is not for a function here")


def _compile(file, text, output, guarded=False, include=None):
    """Compiles a transplanted or added file; its warnings.  `include`: where changed headers lie."""
    folder = os.path.splitext(output)[0] + ".tmp"
    copy = f"{folder}/{os.path.basename(file)}"
    os.makedirs(folder, exist_ok=True)
    with open(copy, "w") as out:
        out.write(re.sub(r'^(#line \d+ ")((?:kernel|chapters)/)',
                         lambda line: line[1] + _as_make_names(line[2]), text, flags=re.M))
    compiler, *flags = _flags()
    first = [f"-I{include}"] if include else []
    command = [compiler, *first, *flags, *LENIENT, f"-I{course.SOURCE}/exercises/include",
               f"-I{os.path.dirname(course.SOURCE + '/' + file)}", f"-ffile-prefix-map={copy}={_as_make_names(file)}"]
    if file.endswith(".S"):
        command += ["-D__ASSEMBLER__"]
    if guarded:
        _check_source(command, file, copy, folder)
    warnings = _run([*command, "-c", "-o", output + ".new", copy], guarded)
    os.rename(output + ".new", output)
    return warnings


def _names(object_file):
    """(global symbols that it defines, sections that registries and start-up code are made of)."""
    nm = shlex.split(os.environ.get("NM") or "nm")
    shown = _run([*nm, "--defined-only", "-g", object_file])
    symbols = {line.split()[-1] for line in shown.splitlines() if line.split()}
    objdump = (os.environ.get("OBJCOPY") or "objcopy").replace("objcopy", "objdump")
    sections = re.findall(r"^\s*\d+\s+(\S+)", _run([objdump, "-h", object_file]), re.M)
    plain = re.compile(r"\.(text|data|bss|rodata|comment|note|debug|eh_frame)")
    return symbols, {name for name in sections if not plain.match(name)}


def _check_object(mine, reference, file):
    """An object may define what the kernel's own defines, and no more."""
    for what, got, known in zip(("symbol", "section"), _names(mine), _names(reference)):
        if got - known:
            raise Refused(f"{file}: brings a {what} of its own, {sorted(got - known)[0]}: "
                          "helpers must be static")


def _digest(kernel, *what):
    digest = hashlib.sha256(repr((kernel, _flags(), *what)).encode())
    with open(f"{course.BUILD}/{kernel}.objects") as file:
        for name in file.read().split():
            with open(f"{course.BUILD}/{name}", "rb") as content:
                digest.update(hashlib.sha256(content.read()).digest())
    return digest.hexdigest()[:16]


def _link(kernel, replaced, added, output):
    with open(f"{course.BUILD}/{kernel}.objects") as file:
        objects = [replaced.get(name, name) for name in file.read().split()] + added
    environment = {name: os.environ.get(name) or name.lower() for name in ("LD", "NM")}
    command = [sys.executable, f"{course.SOURCE}/build-aux/link-kernel",
               "--ld", environment["LD"], "--nm", environment["NM"],
               "--cc", os.environ.get("CC") or "gcc",
               "--script", f"{course.SOURCE}/kernel/kernel.ld", "-o", output + ".new.elf"]
    if kernel.startswith("strix"):
        command += ["--syscalls", f"{course.SOURCE}/kernel/abi/syscalls.def"]
    _run([*command, *objects])
    os.remove(output + ".new.objects")
    os.rename(output + ".new.elf", output)


def texts(chosen):
    """{path in the source tree: its text with the pieces in it}."""
    by_file = {}
    for (file, name), piece in chosen.items():
        by_file.setdefault(file, {})[name] = piece
    made = {}
    for file, replaced in by_file.items():
        path = source_path(file)
        with open(f"{course.SOURCE}/{path}") as original:
            made[path] = pieces.put_into(original.read(), file, replaced, path)
    return made


def _added(paths):
    """[(path, text)] of whole files."""
    found = []
    for path in paths:
        with open(path) as file:
            found.append((path, file.read()))
    return found


def _includers(linked, headers):
    """The sources (paths in the source tree) of linked objects that include one of `headers`, as make noted it down."""
    changed = {os.path.normpath(_as_make_names(f"kernel/{header}")) for header in headers}
    found = []
    for name in sorted(linked):
        base = os.path.splitext(name)[0]
        noted = "{}/{}/.deps/{}.Po".format(course.BUILD, *os.path.split(base))
        if not os.path.exists(noted):
            raise Refused(f"{noted}: make has not noted which headers {name} includes")
        with open(noted) as lines:
            words = {os.path.normpath(word) for word in lines.read().split()}
        if words & changed:
            found += [base + suffix for suffix in (".c", ".S") if os.path.exists(f"{course.SOURCE}/{base}{suffix}")]
    return found


def _with_includers(wanted, linked, headers):
    """{path: text} of all that must be compiled anew."""
    made = {}
    for path in _includers(linked, headers) if headers else []:
        with open(f"{course.SOURCE}/{path}") as file:
            made[path] = f'#line 1 "{path}"\n{file.read()}'
    return {**made, **wanted}


def kernel(chapter, chosen, guarded=False, added=(), private=True, headers=None):
    """(path of the kernel of `chapter` with the pieces `chosen`, warnings); Refused when there is none.

    Functions of files that this chapter's kernel does not link are left out with a warning, so that
    one submission serves several chapters.  `added`: paths of whole C files.  `private`: with the private
    layer's, too; never in a kernel that students get.  `headers`: {path below kernel/: its whole text}.
    """
    name = os.path.splitext(os.path.basename(course.kernel(chapter)[0]))[0]
    with open(f"{course.BUILD}/{name}.objects") as file:
        linked = set(file.read().split())
    wanted, warnings = {}, []
    for path, text in texts(chosen).items():
        if os.path.splitext(path)[0] + ".o" in linked:
            wanted[path] = text
        else:
            warnings.append(f"{path}: not in the kernel of chapter {chapter}: left out")
    if chosen and not wanted:
        raise Refused("\n".join([*warnings, "nothing is left to put into the kernel"]))
    files = _added([*added, *(private_sources(chapter) if private else [])])
    headers = headers or {}
    digest = _digest(name, sorted(wanted.items()), files, sorted(headers.items()), guarded)
    directory = f"{course.BUILD}/overlays/{digest}"
    os.makedirs(directory, exist_ok=True)
    with open(f"{directory}/lock", "w") as lock:  # somebody else may be building the same
        fcntl.flock(lock, fcntl.LOCK_EX)
        if headers and not os.path.exists(f"{directory}/{name}.elf"):
            wanted = _with_includers(wanted, linked, headers)
            _write_headers(headers, f"{directory}/include")
        return _made(name, directory, wanted, files, guarded, warnings)


def _write_headers(headers, include):
    for path, text in headers.items():
        os.makedirs(os.path.dirname(f"{include}/{path}"), exist_ok=True)
        with open(f"{include}/{path}", "w") as file:
            file.write(text)


def private_sources(chapter):
    """The in-kernel tests of the private layer, if there is one."""
    if not course.private():
        return []
    return course.private().kernel_sources(course.chapters()[chapter].directory)


def reference(chapter, added=()):
    """The path of the tree's own kernel of a chapter, with what is added to every graded one."""
    if not added and not private_sources(chapter):
        return course.kernel(chapter)[0]
    return kernel(chapter, {}, added=added)[0]


def _include(directory):
    """Where the kernel in this directory has changed headers, or None."""
    return f"{directory}/include" if os.path.isdir(f"{directory}/include") else None


def _compile_added(files, directory):
    """The objects of whole files; what a compiler says of them is not for students."""
    objects = []
    for number, (path, text) in enumerate(files):
        objects.append(f"{directory}/added{number}.o")
        try:
            _compile(os.path.relpath(path, course.SOURCE), f'#line 1 "{path}"\n{text}', objects[-1],
                     include=_include(directory))
        except Refused as error:
            raise Broken(str(error)) from None
    return objects


def _made(name, directory, wanted, files, guarded, warnings):
    """The kernel in this directory and its warnings, built unless it is there."""
    output = f"{directory}/{name}.elf"
    if os.path.exists(output):
        with open(f"{directory}/warnings") as file:
            return output, [*warnings, *file.read().splitlines()]
    added = _compile_added(files, directory)
    replaced = {}
    for path, text in wanted.items():
        original = os.path.splitext(path)[0] + ".o"
        made = f"{directory}/{path.replace('/', '.').rpartition('.')[0]}.o"
        warnings += _compile(path, text, made, guarded, _include(directory)).splitlines()
        if guarded:
            _check_object(made, original, path)
        replaced[original] = made
    with open(f"{directory}/warnings", "w") as file:
        file.writelines(line + "\n" for line in warnings)
    _link(name, replaced, added, output)
    return output, warnings


def loaded(kernel):
    """What a boot loader takes of a kernel: equal where the code is, whatever its texts were."""
    with tempfile.NamedTemporaryFile(prefix="strix-") as image:
        _run([os.environ.get("OBJCOPY") or "objcopy", "-O", "binary", kernel, image.name])
        return image.read()
