# SPDX-License-Identifier: MIT
host_lacks = "/dev/report"  # it changes what all programs of a machine share
