# SPDX-License-Identifier: MIT
host_lacks = "/dev/none"  # newer kernels part the areas otherwise, and seal them (mseal(2))
