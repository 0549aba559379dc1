# SPDX-License-Identifier: MIT
"""Layers: includes are root-relative, point downwards and have no cycles.
Closure: what chapter N's files include belongs to the files of chapters 1..N."""
import os
import re

LAYERS = ["abi", "lib", "arch", "lock", "memory", "task", "fs", "loader", "drivers", "syscall"]
BOTTOM = {"config.h"}  # generated, includes nothing


def layer(path):
    """The rank of a path relative to kernel/; files at the top of kernel/ may include anything."""
    if path in BOTTOM:
        return -1
    folder = path.split("/")[0]
    return LAYERS.index(folder) if folder in LAYERS else len(LAYERS)


def includes(text):
    return re.findall(r'^\s*#\s*include\s+(["<])([^">]+)[">]', text, re.M)


def check_layers(tree):
    complaints, graph = [], {}
    headers = set(tree.kernel_files(".h"))
    for path in tree.kernel_files(".c", ".h", ".S"):
        inside = path.removeprefix("kernel/")
        if "/" in inside and inside.split("/")[0] not in LAYERS:
            complaints.append(f"{path}: kernel/{inside.split('/')[0]} is no layer")
        for quote, name in includes(tree.text(path)):
            if quote == "<":
                if name not in FREESTANDING:
                    complaints.append(f"{path}: <{name}> is not a freestanding header")
                continue
            if f"kernel/{name}" not in headers and name not in BOTTOM and not name.endswith(".def"):
                complaints.append(f'{path}: "{name}" is no header relative to kernel/')
            if layer(name) > layer(inside):
                complaints.append(f'{path}: "{name}" lies above; declare the step in a header here')
            graph.setdefault(inside, []).append(name)
    return complaints + [f"kernel/: includes go round: {c}" for c in cycles(graph)]


FREESTANDING = {"stddef.h", "stdint.h", "stdbool.h", "stdarg.h", "stdalign.h", "limits.h",
                "stdnoreturn.h"}


def cycles(graph):
    found, state = [], {}

    def visit(node, way):
        if state.get(node) == "done":
            return
        if node in way:
            found.append(" -> ".join(way[way.index(node):] + [node]))
            return
        for below in graph.get(node, []):
            visit(below, way + [node])
        state[node] = "done"

    for node in sorted(graph):
        visit(node, [])
    return found


def dependencies(tree, path):
    """The headers of kernel/ that the compiler read for PATH, from its dependency file."""
    folder, name = os.path.split(os.path.splitext(path)[0])
    makefile = tree.build / folder / ".deps" / f"{name}.Po"
    if not makefile.exists():
        return set()
    words = makefile.read_text().replace("\\\n", " ").split()
    real = (os.path.relpath(os.path.join(tree.build, word.rstrip(":")), tree.source)
            for word in words if word.rstrip(":").endswith((".h", ".def")))
    return {path for path in real if path.startswith("kernel/")}


def check_closure(tree):
    """A header with a .c or .S beside it belongs to the chapter that lists that file; one without
    is free for all.  headers_NN names the exceptions; later.c is exempt."""
    owner = {}
    for path, chapter in tree.chapter_of().items():
        header = os.path.splitext(path)[0] + ".h"
        owner[header] = min(chapter, owner.get(header, chapter))
    complaints = []
    allowed = {}
    for chapter, kind, path in tree.lists():
        if kind == "headers":
            allowed[path] = min(chapter, allowed.get(path, chapter))
    for chapter, kind, path in tree.lists():
        if kind not in ("files", "naive", "ktest"):
            continue
        for header in sorted(dependencies(tree, path)):
            if min(owner.get(header, 0), allowed.get(header, 99)) > chapter:
                complaints.append(f"{path} of chapter {chapter} includes {header} "
                                  f"of chapter {owner[header]}")
    return complaints
