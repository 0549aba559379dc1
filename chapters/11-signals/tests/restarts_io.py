# SPDX-License-Identifier: MIT
leaves = {"kmalloc-128": "the file system of pipes, made for the first of them"}
