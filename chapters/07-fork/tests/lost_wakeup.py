# SPDX-License-Identifier: MIT
"""The first tick at eight places."""
phases = 8
