# SPDX-License-Identifier: MIT
"""What the kernels are linked from, and what is still weak in them.

Run as a program it prints the holes of every chapter; with --update it writes them down.
"""
import sys

from tree import LAST_CHAPTER, Tree


def check_lists(tree):
    """Every source of kernel/ is in exactly one chapter's list, and each listed file exists."""
    listed = [path for _, kind, path in tree.lists() if kind in ("files", "embedded")]
    complaints = [f"{path}: in no chapter.am" for path in tree.kernel_files(".c", ".S")
                  if path not in listed]
    complaints += [f"{path}: in {listed.count(path)} chapter.am lists"
                   for path in sorted(set(listed)) if listed.count(path) > 1]
    complaints += [f"{path}: listed as a kernel file, but not in kernel/"
                   for path in listed if not path.startswith("kernel/")]
    complaints += [f"{path}: {kind}_{chapter:02} is for files under chapters/"
                   for chapter, kind, path in tree.lists()
                   if kind in ("naive", "ktest", "later") and not path.startswith("chapters/")]
    return complaints


def check_complete(tree):
    """The complete kernel links, and from kernel files only."""
    complaints = []
    for kernel in ("strix", "strix-test"):
        objects = tree.linked(kernel)
        if objects is None:
            complaints.append(f"{kernel}.elf does not link")
            continue
        if kernel == "strix":
            complaints += [f"{kernel}.elf holds {o}" for o in objects if not o.startswith("kernel/")]
        complaints += [f"{kernel}.elf holds {o}" for o in objects if o.endswith("later.o")]
        complaints += [f"{kernel}.elf: {name} is only weak"
                       for _, kind, name in tree.symbols(f"{kernel}.elf") if kind in "WVwv"]
    return complaints


def check_stand_ins(tree):
    """What later.c gives to others is weak."""
    objects = sorted({o for _, kernel in tree.kernels() for o in tree.linked(kernel)
                      if o.endswith("later.o")})
    return [f"{file}: {name} is not weak"
            for file, kind, name in tree.symbols(*objects) if kind in "TDBRC"]


def fillers(tree):
    """{symbol: the chapter whose kernel files define it}"""
    objects = {path.rsplit(".", 1)[0] + ".o": chapter
               for path, chapter in tree.chapter_of().items()}
    built = [o for o in objects if (tree.build / o).exists()]
    return {name: objects[file] for file, kind, name in tree.symbols(*built) if kind in "TDBR"}


def holes(tree, kernel, filled_by):
    """The lines of a holes file: what is weak in the kernel, and the chapter that fills it.

    The linker leaves no undefined weak symbol in a static kernel: these are seen in the objects.
    """
    image = tree.symbols(f"{kernel}.elf")
    defined = {name for _, kind, name in image if kind not in "wvU"}
    weak = {name for _, kind, name in image if kind in "WV"}
    weak |= {name for _, kind, name in tree.symbols(*tree.linked(kernel)) if kind in "wv"} - defined
    return sorted(f"{name} {filled_by.get(name, '-')}" for name in weak)


def check_holes(tree):
    filled_by, complaints = fillers(tree), []
    for chapter, kernel in tree.kernels():
        path = tree.chapter_directory(chapter) / "holes"
        written = path.read_text().splitlines() if path.exists() else []
        if tree.is_lesson:  # who fills a hole is not in this tree
            filled_by = dict(line.split() for line in written)
        found = holes(tree, kernel, filled_by)
        where = path.relative_to(tree.source)
        complaints += [f"{where}: lacks {line!r} (make update-holes)"
                       for line in found if line not in written]
        if tree.is_lesson:  # what is not written calls nobody
            continue
        complaints += [f"{where}: {line!r} is no hole any more (make update-holes)"
                       for line in written if line not in found]
        complaints += [f"{where}: {line!r} should be filled by now" for line in found
                       if line.split()[1].isdigit() and int(line.split()[1]) <= chapter]
    return complaints


def main():
    tree = Tree.of_environment()
    filled_by = fillers(tree)
    for chapter, kernel in tree.kernels():
        lines = holes(tree, kernel, filled_by)
        if "--update" in sys.argv:
            text = "".join(line + "\n" for line in lines)
            (tree.chapter_directory(chapter) / "holes").write_text(text)
        print(f"chapter {chapter}: {len(lines)} holes")


if __name__ == "__main__":
    main()
