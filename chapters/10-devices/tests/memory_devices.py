# SPDX-License-Identifier: MIT
leaves = {"kmalloc-64": "an inode keeps the list of its locks; the nodes of /dev stay"}
