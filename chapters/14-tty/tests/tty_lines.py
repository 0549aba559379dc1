# SPDX-License-Identifier: MIT
host_lacks = "/dev/tty63"
