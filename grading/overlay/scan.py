# SPDX-License-Identifier: MIT
"""Where the functions of a C file and the blocks of an assembly file begin and end.

A C file is read as a list of top-level items: an item ends with `;`, or with the `}` of a function's
body.  An item is a function when its first brace follows a list of parameters; its name stands
before the last parenthesis that opens outside of others.  Comments, strings and preprocessor lines
hide what they contain, and comments before an item do not belong to it.

An assembly block is a label at the left margin, other than a local one (.L...), and what follows
up to the next such label, or the next .global, .section or comment at the left margin.
"""
import re
from collections import namedtuple

# `start` and `end` are offsets into the text: text[start:end] is the whole of it, no newline after.
Part = namedtuple("Part", "name start end")

TOKEN = re.compile(r"""
    (?P<comment>/\*.*?(?:\*/|\Z) | //[^\n]*)
  | (?P<directive>^[ \t]*\#(?:\\\r?\n|/\*.*?\*/|[^\n])*)
  | (?P<string>"(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*')
  | (?P<word>[A-Za-z_]\w*)
  | (?P<mark>\S)
    """, re.S | re.M | re.X)
OPENING = {"(": ")", "[": "]", "{": "}"}
BLOCK_LABEL = re.compile(r"^([A-Za-z_]\w*):", re.M)
BLOCK_END = re.compile(r"^(?:[A-Za-z_]\w*:|\s*\.(?:global|globl|section|text|balign)\b|/\*)", re.M)


class Unbalanced(Exception):
    """A brace or parenthesis has no partner; the argument is a line number."""


class _Item:
    def __init__(self, start):
        self.start = start
        self.name = None        # the word before the last parenthesis that opened at depth 0
        self.after_list = False # the last mark closed a parenthesis at depth 0
        self.is_function = False
        self.assigned = False


def _line(text, offset):
    return text.count("\n", 0, offset) + 1


def functions(text):
    """[Part] of the functions that a C file defines, in their order."""
    found, depth, item, word = [], [], None, None
    for token in TOKEN.finditer(text):
        kind, shown = token.lastgroup, token.group()
        if kind in ("comment", "directive"):
            continue
        item = item or _Item(token.start())
        if kind == "mark":
            if shown in OPENING:
                if not depth and shown == "(":
                    item.name = word
                if not depth and shown == "{" and not item.assigned:
                    item.is_function = item.after_list
                depth.append((OPENING[shown], token.start()))
            elif shown in OPENING.values():
                if not depth or depth.pop()[0] != shown:
                    raise Unbalanced(_line(text, token.start()))
            elif shown == "=" and not depth:
                item.assigned = True
        if not depth:
            item.after_list = shown == ")"
            if shown == "}" and item.is_function:
                found.append(Part(item.name, item.start, token.end()))
                item = None
            elif shown == ";":
                item = None
        word = shown if kind == "word" else None
    if depth:
        raise Unbalanced(_line(text, depth[-1][1]))
    return found


def blocks(text):
    """[Part] of an assembly file's blocks."""
    found = []
    for label in BLOCK_LABEL.finditer(text):
        follows = BLOCK_END.search(text, label.end())
        end = follows.start() if follows else len(text)
        found.append(Part(label[1], label.start(), len(text[:end].rstrip())))
    return found


def parts(path, text):
    """The functions or blocks of a file, by the ending of its name."""
    return blocks(text) if path.endswith(".S") else functions(text)
