// SPDX-License-Identifier: GPL-2.0-only
// Channel programs for each class of device, as texts of `vccw program`.  The same texts are run
// over any driver; the lines that tell what came of them can be compared one by one.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "../decode/irb.hpp"
#include "../guest/script.hpp"

namespace client {

enum class Act {
	kRun,	// START, and its final status
	kBegin,	// START alone; kFinish takes its status
	kFinish,
	kStatus,	// wait for a status that no START asked for
	kCross,	// wait for one, leave it there, and START
	kHalt,	// START, its first status (suspended, or PCI), HALT
	kClear,
};

// Programs at an adapter's other side begin here, so that both sides can be in one storage.
constexpr std::uint32_t kPeerPlace = 0x100000;

struct Vector {
	const char *name;
	const char *program;
	Act act = Act::kRun;
	bool peer = false;	// at the other side of a channel-to-channel adapter
};

struct VectorSet {
	const char *name;
	const char *summary;
	std::span<const Vector> vectors;
	bool scratch = false;	// writes on a track, and needs to be told where
	bool peer = false;
};

std::span<const VectorSet> vector_sets();
const VectorSet *find_vector_set(const std::string &name);

// The program's text with its places filled in: $C is the scratch cylinder, $B the first
// scratch block, as hexadecimal digits of 2 and 4 bytes.
std::string vector_text(const Vector &vector, unsigned cylinder, unsigned block);

// What came of one: a line without a newline.
struct VectorResult {
	std::string start = "0";	// or the errno's name
	bool timed_out = false;
	std::vector<Irb> statuses;	// in the order of their coming
	std::vector<std::uint8_t> sense;	// asked for, where it did not come by itself
};
std::string vector_line(const std::string &set, const Vector &vector, const VectorResult &result,
			const Assembled *program, GuestMemory &memory);

extern const std::span<const Vector> kAnyVectors, kEckdVectors, kEckdSuspendVectors, kEckdCheckVectors, kFbaVectors,
	kTapeVectors, kTapeEndVectors, kPrinterVectors, kReaderVectors, kPunchVectors, kTerminalVectors, kCtcaVectors;

} // namespace client
