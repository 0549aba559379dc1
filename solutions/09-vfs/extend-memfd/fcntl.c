/* SPDX-License-Identifier: MIT */
/* in fs/descriptor_calls.c */
/* helpers */
long file_seals(struct file *file, int command, user_address argument); /* fs/memfd.c */

/* end of helpers */
/* O_PATH files do not come here: they have no contents that these commands could be about. */
static long file_command(int fd, struct file *file, int command, user_address argument)
{
	switch (command) {
	case F_SETFL:
		return flags_set(file, (uint32_t)argument);
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
	case F_OFD_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		return lock_command(fd, file, command, argument);
	case F_SETOWN:
	case F_GETOWN:
	case F_SETOWN_EX:
	case F_GETOWN_EX:
	case F_SETSIG:
	case F_GETSIG:
		return owner_command(file, command, argument);
	case F_GETPIPE_SZ:
		return pipe_size_get(file);
	case F_SETPIPE_SZ:
		return pipe_size_set(file, (uint32_t)argument);
	case F_ADD_SEALS:
	case F_GET_SEALS:
		return file_seals(file, command, argument);
	case F_GETLEASE:
		return F_UNLCK;
	default:
		return -EINVAL;
	}
}
