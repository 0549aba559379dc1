# SPDX-License-Identifier: MIT
"""The mistake ends in a panic before it can do harm."""
from slab_inside_free import ends, expected, observed  # noqa: F401
