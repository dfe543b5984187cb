// SPDX-License-Identifier: GPL-2.0-only
// Tapes (3490E Hardware Reference, GA32-0127; 3590, GA32-0331).  What is on the tape is
// overwritten from its beginning on.
#include "vectors.hpp"

namespace client {

#define IMMEDIATE(CODE) "buf b size=8\nccw1 cmd=" CODE " flags=sli count=1 data=b\n"

static const Vector kVectors[] = {
	{"rewind", IMMEDIATE("07")},
	{"write-80", "buf data size=80 text=VOL1TAPE01 fill=40\nccw1 cmd=01 count=80 data=data\n"},
	{"write-1000", "buf data size=1000 fill=71\nccw1 cmd=01 count=1000 data=data\n"},
	{"write-10000-idal", R"(
buf data size=16384 align=4096 fill=72
idal list kind=4k data=data+1234 len=10000
ccw1 cmd=01 flags=ida count=10000 data=list
)"},
	{"write-data-chained", R"(
buf data size=500 fill=73
buf more size=500 fill=74
ccw1 cmd=01 flags=cd count=400 data=data
ccw1 cmd=00 count=500 data=more
)"},
	{"write-tape-mark", IMMEDIATE("1f")},
	{"write-3", R"(
buf data size=300 fill=75
ccw1 cmd=01 flags=cc count=100 data=data
ccw1 cmd=01 flags=cc count=100 data=data+100
ccw1 cmd=01 count=100 data=data+200
)"},
	{"write-tape-marks", "buf b size=8\nccw1 cmd=1f flags=cc,sli count=1 data=b\nccw1 cmd=1f flags=sli count=1 data=b\n"},
	{"synchronize", IMMEDIATE("43")},
	{"rewind-again", IMMEDIATE("07")},
	{"read-80", "buf data size=80\nccw1 cmd=02 count=80 data=data\n"},
	{"read-longer", "buf data size=2000\nccw1 cmd=02 count=2000 data=data\n"},
	{"read-idal-1", R"(
buf data size=16384 align=4096
idal list kind=1 data=data+3000 len=10000
ccw1 cmd=02 flags=ida count=10000 data=list
)"},
	{"read-shorter", "buf data size=900\nccw1 cmd=02 count=500 data=data\n"},
	{"read-mark", "buf data size=80\nccw1 cmd=02 count=80 data=data\n"},
	{"read-behind-mark", "buf data size=100\nccw1 cmd=02 count=100 data=data\n"},
	{"backspace-block", IMMEDIATE("27")},
	{"read-same", "buf data size=100\nccw1 cmd=02 count=100 data=data\n"},
	{"backspace-file", IMMEDIATE("2f")},
	{"forward-space-file", IMMEDIATE("3f")},
	{"forward-space-block", IMMEDIATE("37")},
	{"read-block-id", "buf data size=8\nccw1 cmd=22 count=8 data=data\n"},
	{"read-backward", "buf data size=200 fill=ee\nccw1 cmd=0c count=100 data=data+149\n"},
	// Skipped: Hercules gives what was left in its buffer (tapeccws.c).
	{"read-backward-mark", "buf data size=200\nccw1 cmd=0c flags=skip,sli count=100 data=data+149\n"},
	{"read-backward-pages", R"(
buf data size=12288 align=4096 fill=ee
ccw1 cmd=0c flags=sli count=1000 data=data+4595
)"},
	{"read-backward-over", "buf data size=300\nccw1 cmd=0c flags=sli count=64 data=data+255\n"},
	{"read-then-nop", "buf data size=80\nccw1 cmd=03 flags=cc,sli count=1 data=data\nccw1 cmd=02 flags=sli count=80 data=data\n"},
	{"rewind-in-chain", "buf data size=80\nccw1 cmd=07 flags=cc,sli count=1 data=data\nccw1 cmd=02 count=80 data=data\n"},
	{"rewind-for-bot", IMMEDIATE("07")},
	{"backward-at-beginning", "buf data size=80\nccw1 cmd=0c count=80 data=data+79\n"},
	{"backspace-at-beginning", IMMEDIATE("27")},
	{"space-files", R"(
buf b size=8
ccw1 cmd=3f flags=cc,sli count=1 data=b
ccw1 cmd=3f flags=cc,sli count=1 data=b
ccw1 cmd=3f flags=sli count=1 data=b
)"},
	{"read-past-data", "buf data size=80\nccw1 cmd=02 flags=sli count=80 data=data\n"},
	{"unknown-command", IMMEDIATE("fe")},
	{"rewind-at-last", IMMEDIATE("07")},
};
const std::span<const Vector> kTapeVectors = kVectors;

// Blocks of 65535 bytes, a hundred a program, until the unit exception near the end.
#define MANY "buf data size=65535 fill=7e\nrepeat 99\nccw1 cmd=01 flags=cc count=65535 data=data\nend\n" \
	     "ccw1 cmd=01 count=65535 data=data\n"

static const Vector kEnd[] = {
	{"rewind", IMMEDIATE("07")},
	{"write-6-mib", MANY},
	{"write-6-mib-more", MANY},
	{"write-behind-the-end", "buf data size=80 fill=7f\nccw1 cmd=01 count=80 data=data\n"},
	{"mark-behind-the-end", IMMEDIATE("1f")},
	{"rewind-again", IMMEDIATE("07")},
	{"read-first", "buf data size=65535\nccw1 cmd=02 count=65535 data=data\n"},
};
const std::span<const Vector> kTapeEndVectors = kEnd;

} // namespace client
