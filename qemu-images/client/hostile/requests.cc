// SPDX-License-Identifier: GPL-2.0-only
#include "requests.hpp"

#include <cstring>
#include <fcntl.h>
#include <linux/vfio.h>
#include <linux/vfio_ccw.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../base/bytes.hpp"
#include "odd.hpp"
#include "shared.hpp"

namespace client {

namespace {

// Where regions lie: all that the device's interface has had so far.
constexpr unsigned kRegions = 4, kRegionShift = 10;
constexpr std::uint64_t kAsyncRegion = 1 << kRegionShift;
constexpr std::size_t kLargest = 2048;

long result_of(long returned)
{
	return returned < 0 ? -errno : returned;
}

long start(int fd, const Orb &orb)
{
	ccw_io_region r{};
	const auto bytes = orb.encode();

	std::memcpy(r.orb_area, bytes.data(), bytes.size());
	store32(r.scsw_area, std::uint32_t{kFctlStart} << 12);
	return result_of(::pwrite(fd, &r, sizeof(r), 0));
}

// A program of its own, at the end of the thread's scratch.
long start_held(int fd, Weapons &w)
{
	const std::uint32_t at = w.scratch.gpa + Scratch::kSize - 8;
	Orb orb;

	const std::uint32_t data = w.siege ? w.space.main_address(w.random) : w.space.data_address(w.random);
	encode_ccw(w.space.memory().at(at, 8), {kCmdSenseId, kCcwSuspend | kCcwSli, 64, data}, true);
	orb.cpa = at;
	orb.spnd = true;
	orb.lpm = 0x80;
	return start(fd, orb);
}

struct Range {
	std::uint64_t offset;
	std::size_t length;
};

// Mostly inside of a region, or nearly so.
Range choose_range(Random &random)
{
	const std::uint32_t size = sizeof(ccw_io_region) + 8, from = random.below(size);

	if (random.chance(70))
		return {std::uint64_t{random.below(kRegions)} << kRegionShift | from, random.below(size - from)};
	return {random.chance(50) ? random.below(kRegions + 1) << kRegionShift : odd64(random) >> 1, random.below(kLargest)};
}

// Bytes of which none makes a program of something that is not one: the channel
// finds no other programs than those of all threads' scratches.
long write_junk(int fd, Random &random)
{
	std::uint8_t bytes[kLargest];
	const auto [offset, length] = choose_range(random);

	for (std::size_t i = 0; i < length; i += 8) {
		const std::uint64_t word = random.chance(50) ? 0 : random.next();
		std::memcpy(bytes + i, &word, std::min<std::size_t>(8, length - i));
	}
	return result_of(::pwrite(fd, bytes, length, static_cast<off_t>(offset)));
}

long write_async(int fd, Random &random)
{
	ccw_cmd_region r{};

	r.command = random.chance(45)  ? std::uint32_t{VFIO_CCW_ASYNC_CMD_HSCH}
		  : random.chance(90) ? std::uint32_t{VFIO_CCW_ASYNC_CMD_CSCH}
				       : odd32(random);
	return result_of(::pwrite(fd, &r, random.chance(95) ? sizeof(r) : random.below(sizeof(r)), kAsyncRegion));
}

long read_any(int fd, Random &random)
{
	std::uint8_t bytes[kLargest];

	if (random.chance(70)) {	// a status, for the next program to be let in
		ccw_io_region r;
		return result_of(::pread(fd, &r, sizeof(r), 0));
	}
	const auto [offset, length] = choose_range(random);
	return result_of(::pread(fd, bytes, length, static_cast<off_t>(offset)));
}

long ask_info(int fd, Random &random)
{
	std::uint8_t bytes[256] = {};
	std::uint32_t words[4];

	for (auto &word : words)
		word = random.chance(60) ? random.below(6) : odd32(random);
	switch (random.below(3)) {
	case 0:
		words[0] = odd_size(random, sizeof(vfio_device_info));
		std::memcpy(bytes, words, sizeof(words));
		return result_of(::ioctl(fd, VFIO_DEVICE_GET_INFO, bytes));
	case 1:
		// No more than there is room for the capabilities.
		words[0] = random.chance(50) ? random.below(sizeof(bytes)) : sizeof(vfio_region_info);
		std::memcpy(bytes, words, sizeof(words));
		return result_of(::ioctl(fd, VFIO_DEVICE_GET_REGION_INFO, bytes));
	default:
		words[0] = odd_size(random, sizeof(vfio_irq_info));
		words[2] = words[1];
		std::memcpy(bytes, words, sizeof(words));
		return result_of(::ioctl(fd, VFIO_DEVICE_GET_IRQ_INFO, bytes));
	}
}

long set_irqs(int fd, Weapons &w)
{
	Random &random = w.random;
	alignas(vfio_irq_set) std::uint8_t bytes[sizeof(vfio_irq_set) + 2 * sizeof(std::int32_t)] = {};
	std::int32_t data = random.chance(20) ? -1 : w.eventfds[random.below(w.eventfd_count)].fd();
	vfio_irq_set head{};

	head.argsz = sizeof(head) + sizeof(data);
	head.flags = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;
	head.index = random.below(w.indexes);
	head.count = 1;
	if (random.chance(40)) {
		head.argsz = odd_size(random, head.argsz);
		head.flags = random.chance(70) ? random.below(64) : odd32(random);
		head.index = random.chance(70) ? random.below(5) : odd32(random);
		head.start = random.chance(80) ? 0 : odd32(random);
		head.count = random.chance(60) ? random.below(3) : odd32(random);
		data = random.chance(50) ? fd : static_cast<std::int32_t>(odd32(random));
	}
	std::memcpy(bytes, &head, sizeof(head));
	std::memcpy(bytes + sizeof(head), &data, sizeof(data));
	return result_of(::ioctl(fd, VFIO_DEVICE_SET_IRQS, bytes));
}

void *bad_address(Random &random)
{
	static void *const none = ::mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	static std::uint8_t *const half = [] {	// a page, and nothing behind it
		void *const p = ::mmap(nullptr, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		::mprotect(static_cast<std::uint8_t *>(p) + 4096, 4096, PROT_NONE);
		return static_cast<std::uint8_t *>(p);
	}();

	switch (random.below(4)) {
	case 0:
		return nullptr;
	case 1:
		return none;
	case 2:
		return half + 4096 - random.below(64);
	default:
		return reinterpret_cast<void *>(~0ull << 48);
	}
}

long ask_badly(int fd, Random &random)
{
	const std::uint32_t region = random.below(kRegions) << kRegionShift;

	switch (random.below(4)) {
	case 0:
		return result_of(::pwrite(fd, bad_address(random), random.below(300), region));
	case 1:
		return result_of(::pread(fd, bad_address(random), random.below(300), region));
	case 2:
		return result_of(::ioctl(fd, _IO(VFIO_TYPE, VFIO_BASE + random.below(30)), bad_address(random)));
	default:
		return result_of(::ioctl(fd, odd32(random), bad_address(random)));
	}
}

long use_as_file(int fd, Weapons &w)
{
	pollfd p{fd, POLLIN, 0};
	int copy;

	switch (w.random.below(5)) {
	case 0:
		return result_of(::poll(&p, 1, 0));
	case 1: {
		void *const m = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
				       static_cast<off_t>(w.random.below(8) << 12));
		if (m == MAP_FAILED)
			return -errno;
		return result_of(::munmap(m, 4096));
	}
	case 2:
		copy = ::fcntl(fd, F_DUPFD_CLOEXEC, 100);
		return copy < 0 ? -errno : result_of(::close(copy));
	case 3:
		return result_of(::read(fd, &p, 0));
	default:	// nobody hears of what was signalled before
		return static_cast<long>(w.eventfds[w.random.below(w.eventfd_count)].take() != 0);
	}
}

} // namespace

void arm_request(int fd, const EventFd &eventfd)
{
	alignas(vfio_irq_set) std::uint8_t bytes[sizeof(vfio_irq_set) + sizeof(std::int32_t)] = {};
	const std::int32_t data = eventfd.fd();
	vfio_irq_set head{};

	head.argsz = sizeof(bytes);
	head.flags = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;
	head.index = VFIO_CCW_REQ_IRQ_INDEX;
	head.count = 1;
	std::memcpy(bytes, &head, sizeof(head));
	std::memcpy(bytes + sizeof(head), &data, sizeof(data));
	::ioctl(fd, VFIO_DEVICE_SET_IRQS, bytes);
}

long request(Deed deed, int fd, Weapons &w)
{
	switch (deed) {
	case Deed::kProgram:
		return start(fd, hostile_program(w.random, w.space.memory(), w.scratch, w.random.chance(10)));
	case Deed::kHeld:
		return start_held(fd, w);
	case Deed::kJunk:
		return write_junk(fd, w.random);
	case Deed::kAsync:
		return write_async(fd, w.random);
	case Deed::kRead:
		return read_any(fd, w.random);
	case Deed::kInfo:
		return ask_info(fd, w.random);
	case Deed::kIrqs:
		return set_irqs(fd, w);
	case Deed::kBad:
		return ask_badly(fd, w.random);
	case Deed::kReset:
		return result_of(::ioctl(fd, VFIO_DEVICE_RESET));
	case Deed::kMap:
		return w.space.map(w.random);
	case Deed::kUnmap:
		return w.space.unmap(w.random);
	case Deed::kSpace:
		return w.space.odd_request(w.random);
	case Deed::kHostMemory:
		return w.space.take_host_memory(w.random);
	default:
		return use_as_file(fd, w);
	}
}

} // namespace client
