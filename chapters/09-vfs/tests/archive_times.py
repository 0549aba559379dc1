# SPDX-License-Identifier: MIT
"""A tree in the boot archive; the host was not booted from it."""
NAMES = ("kept", "kept/inner", "kept/inner/first", "kept/inner/second", "kept/third")
files = {name: (b"text", 0o644) for name in NAMES[2:]}
host_differs = {name + suffix: "another root" for name in NAMES
                for suffix in ("", "_modified", "_read", "_changed_later")} | {"moves": "nothing there"}
