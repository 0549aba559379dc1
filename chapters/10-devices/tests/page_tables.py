# SPDX-License-Identifier: MIT
NEWER = "Linux 6.14 and later (PT_RECLAIM) free a table when its last page goes, not only when its area does"
host_differs = {"pages_given_back": NEWER, "hole": NEWER}
