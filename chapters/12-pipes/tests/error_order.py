# SPDX-License-Identifier: MIT
_WRONG_END = {  # what cannot be read or written, and the calls that would
    "readv preadv preadv2 preadv2f": "writing write_end", "writev pwritev pwritev2 pwritev2f":
    "reading directory read_end"}
host_differs = {f"{call}_{file}{at}": "later kernels look at the descriptor's rights before the vector"
                for calls, files in _WRONG_END.items() for call in calls.split()
                for file in files.split() for at in ("", "_at_-1")}
