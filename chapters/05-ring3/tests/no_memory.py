# SPDX-License-Identifier: MIT
"""A machine in which a large image and a stack of 8 MiB find no room together; Linux would not even start there."""
options = {"memory": "10M"}
later = False


def expected(_):
    return ["fault: SIGKILL code 128 address 0x0", "(killed by SIGKILL)"]
