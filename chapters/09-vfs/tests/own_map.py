# SPDX-License-Identifier: MIT
host_differs = {key: "Linux 6.18's tmpfs grows the file up to a write that fails" for key in
                ("write_hole_of_itself", "nothing_grew")}
