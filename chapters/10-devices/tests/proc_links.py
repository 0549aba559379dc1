# SPDX-License-Identifier: MIT
host_differs = {
    "self/fd_mode": "since Linux 6.2 the size of /proc/PID/fd is the number of descriptors",
    "zombie_environ": "later kernels say ESRCH where there is no memory",
    "zombie_auxv": "later kernels say ESRCH where there is no memory",
}
