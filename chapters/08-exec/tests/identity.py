# SPDX-License-Identifier: MIT
host_differs = {"set_cpuid": "some processors can forbid the instruction"}
