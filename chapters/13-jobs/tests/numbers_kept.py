# SPDX-License-Identifier: MIT
host_lacks = "/dev/report"  # it makes pid_max small, which as root would be the host's own
