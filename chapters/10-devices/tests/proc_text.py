# SPDX-License-Identifier: MIT
host_differs = {key: "a container may have fewer capabilities" for key in
                ("line_CapPrm", "line_CapEff")}
