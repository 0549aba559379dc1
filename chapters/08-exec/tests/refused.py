# SPDX-License-Identifier: MIT
"""Files that are no programs."""
files = {"plain": (b"\x7fELF", 0o644), "text": (b"just text, no program\n", 0o755),
         "empty": (b"", 0o755)}
host_differs = {key: "the host has no such file" for key in
                ("not_executable", "text", "empty_file")}
