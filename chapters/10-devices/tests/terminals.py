# SPDX-License-Identifier: MIT
_why = "the host may have no console, or another"
host_differs = {key: _why for key in (
    "console", "console_kind", "console_number", "tty0", "tty0_kind", "tty0_number", "tty1",
    "tty1_kind", "tty1_number", "ttyS0", "ttyS0_kind", "ttyS0_number", "console_opened",
    "console_is_terminal", "console_seek", "console_pread", "console_pwrite",
    "console_write_none", "console_write_nowhere", "console_read_nothing", "console_truncate",
    "console_map", "console_modes", "console_bad_ioctl", "console_read_write_only")}
