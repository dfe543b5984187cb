// SPDX-License-Identifier: GPL-2.0-only
// What the loader has put into storage for a Linux kernel: behind the compiled programs an
// archive (cpio, newc) with this boot's orders.
#pragma once

#include "arch.hpp"

namespace native {

using namespace guest;

struct Text {
	const char *at = nullptr;
	unsigned length = 0;

	explicit operator bool() const { return at; }
	// The words up to the end of a line, one by one; empty at its end.
	Text word();
	// Takes the next line away.
	Text line();
	bool is(const char *other) const;
	u32 hex() const;
};

// The loaded image, found where the loader says.  To be asked before any program is placed.
const u8 *loaded_image();
// A file of the archive at this address; empty if there is none.
Text file_of_archive(const u8 *archive, const char *path);

// "0.0.0120": the device number.
u16 devno_of(Text bus_id);

} // namespace native
