# SPDX-License-Identifier: MIT
options = {"cpu": "max"}  # with extended state
