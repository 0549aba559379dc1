/* SPDX-License-Identifier: MIT */
/*
 * Nobody takes the boot module out of the map.
 *
 * symptom: the initramfs is overwritten by the first programs
 * fails: frames_scribble
 * see: What is not free
 */
/* in memory/frame_allocator.c */
static void module_adopt(void)
{
}
void frames_init(void)
{
	struct memory_map *map = &frames.map;
	physical_address end;

	memory_map_build(map, boot_info.ranges, boot_info.range_count);
	end = memory_map_end(map);
	memory_map_remove(map, 0, PAGE_SIZE);
	memory_map_remove(map, physical_of(image_start), physical_of(image_end));
	table_place(map, end);
	runs_add(0, BOOT_MAPPED);
	module_adopt();
	kprintf(LOG_INFO, "memory: %lu KiB free below 4 GiB\n",
		frames.free * (PAGE_SIZE / 1024));
}
