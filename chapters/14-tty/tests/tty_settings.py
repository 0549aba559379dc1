# SPDX-License-Identifier: MIT
host_lacks = "/dev/report"  # the serial line that it uses may be somebody's on the host
