# SPDX-License-Identifier: MIT
host_differs = {"too_large": "Linux 6.17 checks the new size earlier: EINVAL"}
