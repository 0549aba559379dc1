# SPDX-License-Identifier: MIT
"""Lines come back as they were logged."""
from log_model import read_whole as expected  # noqa: F401
