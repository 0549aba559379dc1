# SPDX-License-Identifier: MIT
"""Lesson branches: what a tree of chapter N holds (trees, skeletons) and how it becomes a branch (history)."""
