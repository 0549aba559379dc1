# SPDX-License-Identifier: MIT
# Symbols, connection, a stop at the kernel's entry, and the `strix` commands.  GDB declines a
# .gdbinit that it finds by itself: `make gdb CH=N` starts the kernel and runs this file with
# `gdb -nx -x .gdbinit` and says in the environment which kernel (STRIX_ELF) and how QEMU is run
# (STRIX_QEMU, with -S -gdb stdio: it ends with GDB).  Without STRIX_QEMU it connects to port 1234.
set confirm off
set pagination off
set disassemble-next-line auto

python
import os
import sys
import gdb
top = os.environ.get("STRIX_TOP", ".")
elf = os.environ.get("STRIX_ELF", "strix.elf")
qemu = os.environ.get("STRIX_QEMU")
gdb.execute(f"file {elf}")
sys.path.insert(0, f"{top}/build-aux/gdb")
sys.dont_write_bytecode = True
import strix_commands
gdb.execute(f"target remote | exec {qemu}" if qemu else "target remote localhost:1234")
end

# hbreak, not break: the loader has not yet put the kernel where a breakpoint could be written.
hbreak kmain
echo Stopped at power-on.  `continue` runs to kmain(); then: strix tasks, strix log, strix walk ADDRESS ...\n
