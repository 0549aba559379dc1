/* generated from kernel/arch/offsets.c */
