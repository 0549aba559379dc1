# SPDX-License-Identifier: MIT
WHY = "a container's root has no CAP_SYS_RESOURCE"
host_differs = {key: WHY for key in ("root_2m", "user_same", "user_4m", "set_1048577", "got_1048577")}
