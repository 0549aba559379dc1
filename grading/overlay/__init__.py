# SPDX-License-Identifier: MIT
"""Overlays: functions that take the place of the kernel's (pieces), found (scan) and built in (build)."""
