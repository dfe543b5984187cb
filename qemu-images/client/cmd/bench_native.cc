// SPDX-License-Identifier: GPL-2.0-only
// What the disk shapes do, done by the host's own driver: to compare with.
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include "../base/error.hpp"
#include "../base/fd.hpp"
#include "bench.hpp"

namespace client {

static constexpr std::size_t kBlock = 4096;
static constexpr off_t kPlace = 15 * 12 * kBlock;	// cylinder 1: 15 tracks of 12 blocks are before it

void native_io(const std::string &device, const std::string &shape, std::uint64_t count)
{
	alignas(kBlock) static std::uint8_t block[kBlock];
	const bool write = shape == "disk-write";

	if (!write && shape != "disk-read")
		throw usage_error("--native is for the shapes disk-read and disk-write");
	// Past the page cache: each is an I/O.
	const Fd fd(::open(device.c_str(), (write ? O_WRONLY : O_RDONLY) | O_DIRECT | O_CLOEXEC));
	if (!fd.valid())
		throw environment_error("no-device", failed("opening " + device, errno), "is it online? lsdasd shows");
	for (std::uint64_t i = 0; i < count; i++) {
		const ssize_t n = write ? ::pwrite(fd.get(), block, kBlock, kPlace) : ::pread(fd.get(), block, kBlock, kPlace);
		if (n != static_cast<ssize_t>(kBlock))
			throw unexpected_error("bad-answer", failed(write ? "writing a block" : "reading a block", n < 0 ? errno : EIO));
	}
}

} // namespace client
