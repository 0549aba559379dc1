# SPDX-License-Identifier: MIT
host_lacks = "/dev/report"  # it compares two looks at memory that others use, too
