# SPDX-License-Identifier: MIT
host_lacks = "/dev/report"  # it sets the clock
