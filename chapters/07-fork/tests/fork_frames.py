# SPDX-License-Identifier: MIT
"""The first address space of all makes the one frame of zeros, which is never freed."""
leaves = {"frames.kernel": "the frame of zeros"}
