# SPDX-License-Identifier: MIT
host_differs = {"uid": "whoever runs the check", "gid": "whoever runs the check"}
