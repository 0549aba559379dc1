/* SPDX-License-Identifier: MIT */
/*
 * boot.S - from the loader's 32-bit protected mode to kmain() in long mode, in the higher half.
 *
 * Two loaders, one road: GRUB finds the multiboot2 header, `qemu -kernel` the PVH note.  Both
 * enter in 32-bit protected mode without paging, interrupts off, with the address of their
 * information in %ebx (Multiboot2 3.3; Xen's PVH ABI).
 *
 * The road: fill page tables with 2 MiB entries; set PAE, EFER.LME and paging; load a 64-bit code
 * segment; jump to the link address; forget the identity mapping that carried us over the jump.
 *
 * The map it leaves behind, until memory/page_table.c refines it:
 *	DIRECT_MAP + p    -> p	for the first 4 GiB, read-write, not executable
 *	IMAGE_WINDOW + p  -> p	for the first 16 MiB; image.c cuts it to the image, with W^X
 */
#include "arch/offsets.h"

/* symbol - IMAGE_WINDOW, as a sum that wraps: the assembler has no such difference. */
#define PHYSICAL(symbol) ((symbol) + 0x80000000)

#define MULTIBOOT2_HEADER_MAGIC 0xe85250d6
#define PVH_BOOT_MAGIC		0x336ec578

#define CR0_PROTECTED	0x00000001
#define CR0_PAGING	0x80000000
#define CR4_PAE		0x20
#define MSR_EFER	0xc0000080
#define EFER_LONG_MODE	0x100
#define EFER_NX		0x800

#define ENTRY_TABLE	0x03		/* present, writable: the leaf decides */
#define ENTRY_LARGE	0x83		/* and a 2 MiB page */
#define LARGE_PAGE	0x200000
#define TABLE_BYTES	4096
#define IMAGE_LARGE_PAGES 8		/* 16 MiB; kernel.ld asserts that it is enough */

/* ---- what the loaders look for ---- */
	.section .multiboot2, "a"
	.balign 8
multiboot2_header:
	.long	MULTIBOOT2_HEADER_MAGIC
	.long	0			/* architecture: i386 protected mode */
	.long	multiboot2_header_end - multiboot2_header
	.long	-(MULTIBOOT2_HEADER_MAGIC + (multiboot2_header_end - multiboot2_header))

	.short	1, 1			/* please, if you have it: */
	.long	28
	.long	1, 3, 6, 14, 15		/* command line, modules, memory map, ACPI 1 and 2 */
	.balign 8
	.short	3, 0			/* enter here, rather than at the ELF entry */
	.long	12
	.long	PHYSICAL(boot_entry_multiboot2)
	.balign 8
	.short	6, 0			/* modules on page boundaries */
	.long	8
	.short	0, 0			/* end of the tags */
	.long	8
multiboot2_header_end:

	.section .note.pvh, "a", @note
	.balign 4
	.long	4, 8, 18		/* name size, value size, XEN_ELFNOTE_PHYS32_ENTRY */
	.asciz	"Xen"
	.quad	PHYSICAL(boot_entry_pvh)

/* ---- 32-bit ---- */
	.section .text.boot, "ax"
	.code32
	.global boot_entry_pvh
boot_entry_pvh:
	movl	$PVH_BOOT_MAGIC, %eax
boot_entry_multiboot2:
	cli
	cld
	movl	%eax, %ebp		/* which loader, and its information: kept in */
	movl	%ebx, %esi		/* %ebp and %esi until boot_info_fill(ebp, esi) */
	movl	$PHYSICAL(boot_stack_top), %esp

	/* Has this processor long mode, and the no-execute bit? */
	movl	$0x80000000, %eax
	cpuid
	cmpl	$0x80000001, %eax
	jb	boot_no_long_mode
	movl	$0x80000001, %eax
	cpuid
	btl	$29, %edx
	jnc	boot_no_long_mode
	shll	$11, %edx		/* bit 20 becomes 31: NX in an entry's upper half */
	andl	$0x80000000, %edx
	movl	%edx, PHYSICAL(boot_nx)

	/* 4 x 512 large pages of the direct map: address | rights below, NX above. */
	movl	$PHYSICAL(boot_direct_directories), %edi
	movl	$ENTRY_LARGE, %eax
1:	movl	%eax, (%edi)
	movl	%edx, 4(%edi)
	addl	$8, %edi
	addl	$LARGE_PAGE, %eax
	jnc	1b			/* the sum wraps at 4 GiB */

	/* The image's window, executable for now. */
	movl	$PHYSICAL(boot_image_directory), %edi
	movl	$ENTRY_LARGE, %eax
	movl	$IMAGE_LARGE_PAGES, %ecx
1:	movl	%eax, (%edi)
	addl	$8, %edi
	addl	$LARGE_PAGE, %eax
	loop	1b

	/* The upper levels.  DIRECT_MAP is entry 273 of the root; the window is entry 511, then
	 * 510; and its directory also serves addresses from 0, for the jump below. */
	movl	$PHYSICAL(boot_direct_directories) + ENTRY_TABLE, %eax
	movl	$PHYSICAL(boot_direct_pointers), %edi
	movl	%eax, (%edi)
	addl	$TABLE_BYTES, %eax
	movl	%eax, 8(%edi)
	addl	$TABLE_BYTES, %eax
	movl	%eax, 16(%edi)
	addl	$TABLE_BYTES, %eax
	movl	%eax, 24(%edi)
	movl	$PHYSICAL(boot_image_directory) + ENTRY_TABLE, %eax
	movl	%eax, PHYSICAL(boot_image_pointers)
	movl	%eax, PHYSICAL(boot_image_pointers + 510 * 8)
	movl	$PHYSICAL(boot_image_pointers) + ENTRY_TABLE, PHYSICAL(boot_page_table)
	movl	$PHYSICAL(boot_direct_pointers) + ENTRY_TABLE, PHYSICAL(boot_page_table + 273 * 8)
	movl	$PHYSICAL(boot_image_pointers) + ENTRY_TABLE, PHYSICAL(boot_page_table + 511 * 8)

	/* Long mode: PAE, the root, EFER, paging - in this order (SDM vol. 3, 10.8.5). */
	movl	%cr4, %eax
	orl	$CR4_PAE, %eax
	movl	%eax, %cr4
	movl	$PHYSICAL(boot_page_table), %eax
	movl	%eax, %cr3
	movl	$MSR_EFER, %ecx
	rdmsr
	orl	$EFER_LONG_MODE, %eax
	cmpl	$0, PHYSICAL(boot_nx)
	je	1f
	orl	$EFER_NX, %eax
1:	wrmsr
	movl	%cr0, %eax
	orl	$CR0_PAGING | CR0_PROTECTED, %eax
	movl	%eax, %cr0
	lgdt	PHYSICAL(boot_gdt_low)
	ljmp	$KERNEL_CODE, $PHYSICAL(boot_entry_64)

boot_no_long_mode:			/* there is no log yet: white on red, top left */
	movl	$0x4f344f36, 0xb8000	/* "64" */
	movl	$0x4f3f4f3f, 0xb8004	/* "??" */
1:	hlt
	jmp	1b

/* ---- 64-bit, still at the low address ---- */
	.code64
boot_entry_64:
	movq	$boot_entry_high, %rax
	jmp	*%rax
boot_entry_high:
	movq	$boot_stack_top, %rsp
	lgdt	boot_gdt_high		/* by its high address, before the low one goes */
	movl	$KERNEL_DATA, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %ss
	xorl	%eax, %eax
	movl	%eax, %fs
	movl	%eax, %gs

	movq	$0, boot_page_table	/* low addresses are the user's from here on */
	movq	$0, boot_image_pointers
	movq	%cr3, %rax
	movq	%rax, %cr3

	movl	%ebp, %edi
	movl	%esi, %esi
	xorl	%ebp, %ebp		/* backtraces end here */
	call	boot_info_fill
	call	kmain
	ud2				/* kmain() became the idle task */

/* ---- data ---- */
	.section .rodata
	.balign 8
boot_gdt_low:
	.short	TSS_SELECTOR + 15
	.long	PHYSICAL(gdt)
	.balign 8
boot_gdt_high:
	.short	TSS_SELECTOR + 15
	.quad	gdt

	.data
boot_nx:
	.long	0			/* the upper half of an entry that forbids execution */

	.section .bss.page_aligned, "aw", @nobits
	.balign TABLE_BYTES
	.global boot_page_table, boot_image_directory, boot_stack_guard, boot_stack_top
boot_page_table:
	.skip	TABLE_BYTES
boot_direct_pointers:
	.skip	TABLE_BYTES
boot_direct_directories:
	.skip	4 * TABLE_BYTES
boot_image_pointers:
	.skip	TABLE_BYTES
boot_image_directory:
	.skip	TABLE_BYTES
boot_stack_guard:			/* image.c unmaps it */
	.skip	TABLE_BYTES
	.skip	16384
boot_stack_top:

	.section .note.GNU-stack, "", @progbits
