# SPDX-License-Identifier: MIT
"""QEMU raises #GP where processors raise #SS: at a push or pop with a non-canonical rsp."""
WHY = "stack segment fault: SIGBUS"
host_differs = dict.fromkeys(("rsp_non_canonical", "rsp_non_canonical_code",
                              "rsp_non_canonical_address"), WHY)
