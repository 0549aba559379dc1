# SPDX-License-Identifier: MIT
"""With AVX, to see that its halves are reset too."""
options = {"cpu": "max"}
