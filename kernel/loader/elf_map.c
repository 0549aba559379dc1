/* SPDX-License-Identifier: MIT */
/*
 * elf_map.c - PT_LOAD segments as areas of the file's page cache.  Nothing is read here: pages come
 * when they are touched, straight from the cache.
 *
 * A segment of a file is p_filesz bytes from p_offset at p_vaddr; memory goes on with zeros up to
 * p_memsz.  Pages and segments do not agree: the first page begins before the segment, and where
 * the file's part ends within a page, the rest of that page must be zeroed, which makes a private
 * copy of it.
 *
 * The whole image gets its place from its first and last segment; each segment is then mapped with
 * MAP_FIXED into it, so that distances between segments are what the linker planned. What goes
 * wrong here is behind the point of no return: the task dies (exec.c).
 */
#include "abi/errno.h"
#include "abi/mman.h"
#include "abi/signal.h"
#include "loader/elf.h"
#include "loader/exec.h"
#include "memory/user_copy.h"

static uint32_t protection_of(const struct elf64_phdr *segment)
{
	return (segment->p_flags & PF_R ? AREA_READ : 0) |
	       (segment->p_flags & PF_W ? AREA_WRITE : 0) |
	       (segment->p_flags & PF_X ? AREA_EXECUTE : 0) | AREA_MAY_READ | AREA_MAY_WRITE |
	       AREA_MAY_EXECUTE;
}

static bool segment_is_sound(const struct elf64_phdr *segment, user_address at)
{
	return segment->p_filesz <= segment->p_memsz && segment->p_memsz <= USER_END &&
	       at < USER_END && segment->p_memsz <= USER_END - at;
}

/* Whether the file's part can be mapped: offset and address agree, and no file is so long. */
static bool offset_is_sound(const struct elf64_phdr *segment)
{
	uint64_t bytes = (segment->p_offset & ~PAGE_MASK) + segment->p_filesz;

	return ((segment->p_offset - segment->p_vaddr) & ~PAGE_MASK) == 0 &&
	       (segment->p_offset & PAGE_MASK) <= INT64_MAX - round_up(bytes, PAGE_SIZE);
}

/* The pages that the file has something for; the first segment of an image finds the place. */
static int file_part_map(struct address_space *space, const struct executable *file,
			 const struct elf64_phdr *segment, struct map_request *request,
			 user_address *at)
{
	uint64_t within = segment->p_vaddr & ~PAGE_MASK;

	if (!segment->p_filesz)
		return 0;
	if (!offset_is_sound(segment))
		return -EINVAL;
	request->flags = protection_of(segment);
	request->ops = &cache_ops;
	request->cache = file->cache;
	request->file = file->file;
	assert(!(request->offset & ~PAGE_MASK));
	request->offset = segment->p_offset - within;
	return area_map(space, request, at);
}

/* Whole pages of zeros behind the file's part. */
static int zero_part_map(struct address_space *space, const struct elf64_phdr *segment,
			 user_address start, user_address end)
{
	struct map_request request = {
		.address = start, .bytes = end - start, .fixed = true, .ops = &anonymous_ops,
		.flags = (protection_of(segment) & ~(uint32_t)AREA_PROTECTION) | AREA_READ |
			 AREA_WRITE | (segment->p_flags & PF_X ? AREA_EXECUTE : 0),
	};
	user_address at;

	assert(!((start | end) & ~PAGE_MASK));
	return start < end ? area_map(space, &request, &at) : 0;
}

/*
 * The rest of the page in which the file's part ends.  It cannot be cleared where the segment is
 * read-only or the page lies past the end of the file: as on Linux, that is the program's affair.
 * But no program may start with the file's bytes where it expects zeros for want of memory.
 */
static void tail_clear(const struct elf64_phdr *segment, user_address from)
{
	size_t bytes = (size_t)-from & ~PAGE_MASK;
	int error = 0;

	if (!segment->p_filesz || segment->p_memsz <= segment->p_filesz)
		return;
	while (!error && user_clear(from, bytes) < bytes)
		error = address_space_fault(task_space(), from, AREA_WRITE);
	if (error == -ENOMEM)
		signal_force_kill(SIGSEGV);
}

static int segment_map(struct elf_image *image, const struct executable *file,
		       struct address_space *space, const struct elf64_phdr *segment)
{
	user_address start = segment->p_vaddr + image->bias, at;
	user_address file_end = start + segment->p_filesz, end = start + segment->p_memsz;
	struct map_request request = {
		.address = start & PAGE_MASK, .fixed = true,
		.bytes = file_end - (start & PAGE_MASK),
	};
	int error;

	if (!segment_is_sound(segment, start))
		return -EINVAL;
	error = file_part_map(space, file, segment, &request, &at);
	if (error || !segment->p_memsz)
		return error;
	tail_clear(segment, file_end);
	return zero_part_map(space, segment,
			     segment->p_filesz ? round_up(file_end, PAGE_SIZE) : start & PAGE_MASK,
			     round_up(end, PAGE_SIZE));
}

/* From the first page of the lowest segment to the end of the highest; false: no PT_LOAD. */
static bool image_extent(const struct elf_image *image, uint64_t *low, uint64_t *high)
{
	bool found = false;

	*low = ~0UL;
	*high = 0;
	for (unsigned i = 0; i < image->header.e_phnum; i++) {
		const struct elf64_phdr *segment = &image->segments[i];

		if (segment->p_type != PT_LOAD)
			continue;
		*low = min(*low, segment->p_vaddr & PAGE_MASK);
		*high = max(*high, segment->p_vaddr + segment->p_memsz);
		found = true;
	}
	return found;
}

static uint64_t image_alignment(const struct elf_image *image)
{
	uint64_t alignment = PAGE_SIZE;

	for (unsigned i = 0; i < image->header.e_phnum; i++) {
		uint64_t wanted = image->segments[i].p_align;

		if (image->segments[i].p_type == PT_LOAD && !(wanted & (wanted - 1)))
			alignment = max(alignment, wanted);
	}
	return alignment;
}

/* Finds `bytes` free somewhere, without keeping them: nobody else maps into this space now. */
static int place_find(struct address_space *space, uint64_t bytes, user_address *at)
{
	struct map_request request = { .bytes = bytes, .ops = &anonymous_ops };
	int error = area_map(space, &request, at);

	return error ? error : area_unmap(space, *at, bytes);
}

static int bias_choose(struct elf_image *image, struct address_space *space, enum elf_place place,
		       user_address base)
{
	uint64_t low, high;
	user_address at;
	int error;

	image->bias = 0;
	if (!image_extent(image, &low, &high) || place == ELF_AS_LINKED)
		return 0;
	if (high <= low || high - low > USER_END)
		return -EINVAL;
	if (place == ELF_AT_BASE) {
		image->bias = round_down(base, image_alignment(image)) - low;
		return 0;
	}
	error = place_find(space, round_up(high - low, PAGE_SIZE), &at);
	/* What lies below is free as well: a program has this space to itself.  An interpreter has
	 * not, and Linux aligns it to pages only. */
	if (place == ELF_ALIGNED)
		at = round_down(at, image_alignment(image));
	/* Also when it failed: the value is not used then. */
	image->bias = at - low;
	return error;
}

/* For /proc/PID/stat, and where the break starts. */
static void extent_note(struct elf_image *image, const struct elf64_phdr *segment)
{
	user_address start = segment->p_vaddr + image->bias;
	user_address file_end = start + segment->p_filesz;

	if (!image->end || start < image->start)
		image->start = start;
	image->end = max(image->end, start + segment->p_memsz);
	if (segment->p_flags & PF_X) {
		image->code_start = image->code_start ? min(image->code_start, start) : start;
		image->code_end = max(image->code_end, file_end);
	} else {
		image->data_start = max(image->data_start, start);
		image->data_end = max(image->data_end, file_end);
	}
}

int elf_image_map(struct elf_image *image, const struct executable *file,
		  struct address_space *space, enum elf_place place, user_address base)
{
	int error = bias_choose(image, space, place, base);

	for (unsigned i = 0; !error && i < image->header.e_phnum; i++) {
		const struct elf64_phdr *segment = &image->segments[i];

		if (segment->p_type != PT_LOAD)
			continue;
		error = segment_map(image, file, space, segment);
		extent_note(image, segment);
	}
	return error;
}
