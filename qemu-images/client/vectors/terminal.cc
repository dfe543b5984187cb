// SPDX-License-Identifier: GPL-2.0-only
// A 3270 (Data Stream Programmer's Reference, GA23-0059) and a channel-to-channel adapter
// (SA22-7203).  Both present status that no START asked for.
#include "vectors.hpp"

namespace client {

#define CONTROL(CODE) "buf b size=8\nccw1 cmd=" CODE " flags=sli count=1 data=b\n"

// Asks somebody at the terminal for the Enter key.
#define PRESS(DIGIT) "buf out size=11 hex=c3114040d7d9c5e2e240" DIGIT "\nccw1 cmd=05 flags=sli count=11 data=out\n"

// A write control character (c3: alarm off, keyboard restored), set buffer address, text.
static const Vector kTerminal[] = {
	{"erase-write", "buf out size=16 hex=c311404013c8c5d3d3d640e5c3c3e640\nccw1 cmd=05 flags=sli count=16 data=out\n"},
	{"write", "buf out size=9 hex=c311c150c1c2c3c4c5\nccw1 cmd=01 flags=sli count=9 data=out\n"},
	{"write-data-chained", R"(
buf out size=9 hex=c311c260f1f2f3f4f5
ccw1 cmd=01 flags=cd count=4 data=out
ccw1 cmd=00 flags=sli count=5 data=out+4
)"},
	{"read-buffer", "buf in size=4096\nccw1 cmd=02 flags=sli count=4096 data=in\n"},
	{"read-modified", "buf in size=256\nccw1 cmd=06 flags=sli count=256 data=in\n"},
	{"erase-all-unprotected", CONTROL("0f")},
	{"select", CONTROL("0b")},
	{"unknown-command", CONTROL("fe")},
	{"press-1", PRESS("f1")},
	{"attention", "", Act::kStatus},
	{"read-enter", "buf in size=256\nccw1 cmd=06 flags=sli count=256 data=in\n"},
	{"press-2", PRESS("f2")},
	{"attention-crosses-start", CONTROL("03"), Act::kCross},
	{"read-enter-again", "buf in size=256\nccw1 cmd=06 flags=sli count=256 data=in\n"},
	{"done", "buf out size=8 hex=c3114040c4d6d5c5\nccw1 cmd=05 flags=sli count=8 data=out\n"},
};
const std::span<const Vector> kTerminalVectors = kTerminal;

// Each side asks something first: what comes before is not for this client.
static const Vector kCtca[] = {
	{"sense-command-byte", "buf b size=8\nccw1 cmd=14 count=1 data=b\n"},
	{"sense-its-command-byte", "buf b size=8\nccw1 cmd=14 count=1 data=b\n", Act::kRun, true},
	{"write", "buf out size=100 fill=61\nccw1 cmd=01 count=100 data=out\n", Act::kBegin},
	{"attention", "", Act::kStatus, true},
	{"sense-what-for", "buf b size=8\nccw1 cmd=14 count=1 data=b\n", Act::kRun, true},
	{"read", "buf in size=100\nccw1 cmd=02 count=100 data=in\n", Act::kRun, true},
	{"write-ended", "", Act::kFinish},
	{"read-waits", "buf in size=200\nccw1 cmd=02 flags=sli count=200 data=in\n", Act::kBegin},
	{"attention-for-read", "", Act::kStatus, true},
	{"write-back", "buf out size=150 fill=62\nccw1 cmd=01 flags=sli count=150 data=out\n", Act::kRun, true},
	{"read-ended", "", Act::kFinish},
	{"nop", CONTROL("03")},
};
const std::span<const Vector> kCtcaVectors = kCtca;

} // namespace client
