// SPDX-License-Identifier: GPL-2.0-only
// Commands that no device may take amiss (SA22-7204), and what the channel alone decides
// (Principles of Operation, chapter 15).
#include "vectors.hpp"

namespace client {

static const Vector kVectors[] = {
	{"sense-id", R"(
buf id size=64
ccw1 cmd=e4 flags=sli count=64 data=id
)"},
	{"sense-id-format-0", R"(
buf id size=64
ccw0 cmd=e4 flags=sli count=64 data=id
)"},
	{"sense-id-short", R"(
buf id size=64
ccw1 cmd=e4 count=4 data=id
)"},
	{"sense-id-long", R"(
buf id size=64
ccw1 cmd=e4 count=64 data=id
)"},
	{"sense-id-data-chained", R"(
buf id size=64
ccw1 cmd=e4 flags=cd count=3 data=id
ccw1 cmd=00 flags=sli count=61 data=id+3
)"},
	{"sense-id-skipped", R"(
buf id size=64 fill=ee
ccw1 cmd=e4 flags=cd,skip count=3 data=id
ccw1 cmd=00 flags=sli count=61 data=id+3
)"},
	{"sense-id-idal-1", R"(
buf id size=4096 align=4096
idal list kind=1 data=id+2045 len=64
ccw1 cmd=e4 flags=sli,ida count=64 data=list
)"},
	{"sense-id-idal-2k", R"(
buf id size=4096 align=4096
idal list kind=2k data=id+2045 len=64
ccw1 cmd=e4 flags=sli,ida count=64 data=list
)"},
	{"sense-id-idal-4k", R"(
buf id size=8192 align=4096
idal list kind=4k data=id+4093 len=64
ccw1 cmd=e4 flags=sli,ida count=64 data=list
)"},
	{"sense-id-midaw", R"(
buf id size=128
midal list id+1:3 id+64:4
ccw1 cmd=e4 flags=sli,mida count=7 data=list
)"},
	{"nop", R"(
buf b size=8
ccw1 cmd=03 flags=sli count=1 data=b
)"},
	{"tic", R"(
buf b size=8
ccw1 cmd=03 flags=cc,sli count=1 data=b
tic to=there
ccw1 cmd=03 flags=sli count=1 data=b
org 0x30000
there:
ccw1 cmd=03 flags=sli count=1 data=b
)"},
	{"pci", R"(
buf b size=8
ccw1 cmd=03 flags=cc,sli count=1 data=b
ccw1 cmd=03 flags=cc,sli,pci count=1 data=b
ccw1 cmd=03 flags=sli count=1 data=b
)"},
	{"300-ccws", R"(
buf b size=8
repeat 299
ccw1 cmd=03 flags=cc,sli count=1 data=b
end
ccw1 cmd=03 flags=sli count=1 data=b
)"},
	{"count-0", R"(
buf b size=8
ccw1 cmd=03 flags=cd count=0 data=b
ccw1 cmd=03 count=1 data=b
)"},
	{"command-0", R"(
buf b size=8
ccw1 cmd=03 flags=cc,sli count=1 data=b
ccw1 cmd=00 flags=sli count=1 data=b
)"},
	{"tic-first", R"(
buf b size=8
tic to=there
there:
ccw1 cmd=03 flags=sli count=1 data=b
)"},
	{"program-misaligned", R"(
buf b size=8
first:
ccw1 cmd=03 flags=cc,sli count=1 data=b
ccw1 cmd=03 flags=sli count=1 data=b
start first+4
)"},
	{"tic-to-tic", R"(
buf b size=8
ccw1 cmd=03 flags=cc,sli count=1 data=b
tic to=there
there:
tic to=last
last:
ccw1 cmd=03 flags=sli count=1 data=b
)"},
	{"address-outside", R"(
ccw1 cmd=e4 flags=sli count=64 data=0x7ffffff0
)"},
	{"flags-invalid", R"(
buf id size=64
ccw0 cmd=03 flags=cc,sli count=1 data=id
ccw0 cmd=e4 flags=ff count=64 data=id
)"},
	{"unknown-command", R"(
buf b size=8
ccw1 cmd=fe flags=sli count=1 data=b
)"},
	{"sense-after-it", R"(
buf sense size=32
ccw1 cmd=04 flags=sli count=32 data=sense
)"},
};
const std::span<const Vector> kAnyVectors = kVectors;

} // namespace client
