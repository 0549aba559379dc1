/* SPDX-License-Identifier: MIT */
/* image.S - the vDSO's file, as a constant of the kernel. */
	.section .rodata
	.balign 8
	.globl vdso_image, vdso_image_end
vdso_image:
	.incbin "kernel/arch/vdso/linux-vdso.so.1"
vdso_image_end:
	.section .note.GNU-stack, "", @progbits
