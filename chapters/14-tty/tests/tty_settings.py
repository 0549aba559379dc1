# SPDX-License-Identifier: MIT
host_lacks = "/dev/tty1"
leaves = {"kmalloc-128": "the file system of pipes, made for the first of them"}
