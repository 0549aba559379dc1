# SPDX-License-Identifier: MIT
host_differs = {key: "a host's process 1 has a session of its own"
                for key in ("group_of_init", "session_of_init")}
