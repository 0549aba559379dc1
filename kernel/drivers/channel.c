/* SPDX-License-Identifier: MIT */
/*
 * channel.c - raw byte channels to the program that runs the machine (major 240, for local use):
 *	/dev/channel0	its standard input, over COM2
 *	/dev/channel1, 2	its standard output and error, over two debug ports of the emulator
 *	/dev/report	data records on the report channel (drivers/report.h)
 *	/dev/report-exit  exit records, "pid status": from who runs a program for the host
 *	/dev/report-counts  whatever is written: records of what is in use (lib/counts.h)
 *
 * They behave as a pipe's ends do: no line discipline, nothing is changed.  On COM2 a 0xff is an
 * escape: "ff ff" is the byte 0xff, "ff 00" the end of the input, which stays.  The port's ring is
 * the buffer; when it is full the host waits.
 *
 * Errors: ENXIO when the host does not offer that channel, EAGAIN, EINTR by ERESTARTSYS, EFAULT.
 * An end of input stays: every later read gives 0, as at a pipe whose writers are gone.
 *
 * Locks: read_lock (sleeping) serialises readers, because the escape may be cut between two reads;
 * writers need none, a port write is one instruction of a chunk.
 */
#include "abi/errno.h"
#include "arch/io.h"
#include "drivers/channel.h"
#include "drivers/driver.h"
#include "drivers/report.h"
#include "drivers/serial.h"
#include "fs/char_device.h"
#include "fs/poll.h"
#include "lib/counts.h"

#define CHANNEL_MAJOR 240
#define STDIN_MINOR   0
#define REPORT_MINOR  3
#define EXIT_MINOR    4
#define COUNTS_MINOR  5
#define OUTPUT_PORT   0xea /* stdout; stderr's is the next */
#define ESCAPE	      0xff
#define CHUNK	      512

static struct mutex read_lock = MUTEX_INIT(read_lock); /* guards the next two */
static bool escaped;	  /* the last byte was ESCAPE */
static bool end_of_input; /* "ff 00" has come; written under read_lock */
static struct wait_queue input_queue = WAIT_QUEUE_INIT(input_queue);

/* ---- input ---- */

static void input_received(struct serial_port *port)
{
	wait_queue_wake(&input_queue, POLLIN | POLLRDNORM);
}

static bool input_ready(void)
{
	return read_once(end_of_input) || serial_pending(&serial_com2);
}

/* Removes the escapes in place; returns the bytes that remain. */
static size_t unescape(uint8_t *bytes, size_t count)
{
	size_t kept = 0;

	assert(mutex_held(&read_lock));
	for (size_t i = 0; i < count && !end_of_input; i++) {
		if (escaped && bytes[i] == 0) {
			write_once(end_of_input, true);
		} else if (!escaped && bytes[i] == ESCAPE) {
			escaped = true;
		} else {
			bytes[kept++] = bytes[i];
			escaped = false;
		}
	}
	assert(kept <= count);
	return kept;
}

/* The caller holds read_lock.  What is out of the ring is gone: bytes that meet a bad address are
 * lost. */
static ssize_t input_take(struct io *to)
{
	uint8_t chunk[CHUNK];
	size_t done = 0;

	while (to->left && !end_of_input) {
		size_t count = serial_read(&serial_com2, chunk, min(to->left, sizeof(chunk)));

		if (!count)
			break;
		count = unescape(chunk, count);
		if (io_copy_to(to, chunk, count) != count)
			return done ? (ssize_t)done : -EFAULT;
		done += count;
	}
	return (ssize_t)done;
}

/* Blocks for the first byte only.  The loop goes round again when another reader was faster, or
 * when all that came was an escape. */
static ssize_t input_read(struct file *file, struct io *to, loff_t *position)
{
	size_t wanted = to->left;
	ssize_t taken = 0;

	while (wanted && !taken) {
		bool ended;

		/* Looked at again after the lock: another reader may have taken what was there. */
		if (!input_ready() && file->flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(&input_queue, input_ready()))
			return -ERESTARTSYS;
		if (mutex_acquire_killable(&read_lock))
			return -ERESTARTSYS;
		taken = input_take(to);
		ended = end_of_input;
		mutex_release(&read_lock);
		if (ended)
			break;
	}
	return taken;
}

static uint32_t input_poll(struct file *file, struct poll_table *table)
{
	poll_wait(table, &input_queue);
	return input_ready() ? POLLIN | POLLRDNORM : 0;
}

/* ---- output ---- */

/* Moves the whole of `from` through `put`, by chunks of kernel memory. */
static ssize_t write_chunks(struct io *from, void (*put)(uint32_t minor, const void *, size_t),
			    uint32_t minor)
{
	uint8_t chunk[CHUNK];
	size_t done = 0;

	while (from->left) {
		size_t count = io_copy_from(chunk, from, min(from->left, sizeof(chunk)));

		if (!count)
			return done ? (ssize_t)done : -EFAULT;
		put(minor, chunk, count);
		done += count;
	}
	return (ssize_t)done;
}

/* No waiting: the emulator takes bytes as fast as they come. */
static void output_put(uint32_t minor, const void *bytes, size_t count)
{
	assert(minor == 1 || minor == 2);
	outb_many((uint16_t)(OUTPUT_PORT + minor - 1), bytes, count);
}

static void report_put(uint32_t minor, const void *bytes, size_t count)
{
	assert(minor >= REPORT_MINOR);
	report_record(minor == EXIT_MINOR ? "exit" : "data", bytes, count);
}

static uint32_t minor_of(const struct file *file)
{
	return device_minor(file->inode->device);
}

static ssize_t output_write(struct file *file, struct io *from, loff_t *position)
{
	return write_chunks(from, output_put, minor_of(file));
}

static ssize_t report_write(struct file *file, struct io *from, loff_t *position)
{
	return write_chunks(from, report_put, minor_of(file));
}

static ssize_t counts_write(struct file *file, struct io *from, loff_t *position)
{
	ssize_t bytes = from->left;

	from->left = 0;
	counts_report();
	return bytes;
}

/* ---- the devices ---- */

/* The debug ports answer a read with their own number, an absent one with ones. */
bool channel_present(unsigned number)
{
	if (number == STDIN_MINOR)
		return serial_com2.present;
	if (number >= REPORT_MINOR)
		return report_present();
	return inb((uint16_t)(OUTPUT_PORT + number - 1)) == OUTPUT_PORT + number - 1;
}

static void channels_init(void)
{
	serial_com2.received = input_received;
}

static struct driver channel_driver = { .name = "channel", .init = channels_init };
REGISTER(driver, channel_driver);

static const struct file_ops input_ops = { .read = input_read, .poll = input_poll };
static const struct file_ops output_ops = { .write = output_write };
static const struct file_ops report_ops = { .write = report_write };
static const struct file_ops counts_ops = { .write = counts_write };

/* One driver, four kinds of device: the ops are chosen here.  All are streams: they have no
 * position. */
static int channel_open(struct inode *inode, struct file *file)
{
	uint32_t minor = minor_of(file);

	if (!channel_present(minor))
		return -ENXIO;
	file->ops = minor == STDIN_MINOR    ? &input_ops
		    : minor == COUNTS_MINOR ? &counts_ops
		    : minor >= REPORT_MINOR ? &report_ops
					    : &output_ops;
	file->mode = (file->mode & ~(uint32_t)FILE_SEEKABLE) | FILE_STREAM;
	return 0;
}

static const struct file_ops channel_ops = { .open = channel_open };

#define CHANNEL(id, node, number)                                                                  \
	static struct char_device id = {                                                           \
		.name = node,                                                                      \
		.driver = "channel",                                                               \
		.major = CHANNEL_MAJOR,                                                            \
		.minor = number,                                                                   \
		.mode = 0666,                                                                      \
		.ops = &channel_ops,                                                               \
	};                                                                                         \
	REGISTER(char_device, id)

CHANNEL(channel_input, "channel0", STDIN_MINOR);
CHANNEL(channel_output, "channel1", 1);
CHANNEL(channel_error, "channel2", 2);
CHANNEL(channel_report, "report", REPORT_MINOR);
CHANNEL(channel_exit, "report-exit", EXIT_MINOR);
CHANNEL(channel_counts, "report-counts", COUNTS_MINOR);
