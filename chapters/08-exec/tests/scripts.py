# SPDX-License-Identifier: MIT
"""Scripts whose interpreter is the test itself."""
SELF = b"#!/scripts"
files = {name: (content, 0o755) for name, content in {
    "plain": SELF + b"\n", "argument": SELF + b" -x\n",
    "spaces": b"#!  \t /scripts \t one  two  \nrest\n", "no_newline": SELF + b" end",
    "nested": b"#!/plain outer\n", "loop": b"#!/loop\n", "missing": b"#!/no/such/file\n",
    "nothing": b"#!", "blank": b"#!   \n", "long_line": b"#!/" + b"x" * 400 + b"\n"}.items()}
host_differs = {f"{name}{end}": "the host has no such file" for name in files
                for end in ("", "_status", "_self", "_name", *(f"_argv{i}" for i in range(6)))}
