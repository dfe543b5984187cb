// SPDX-License-Identifier: GPL-2.0-only
// 9336 and 3370 (3880 Storage Control Reference, GA26-1661; the kernel's dasd_fba.h).  Sixteen
// scratch blocks of 512 bytes are written.
#include "vectors.hpp"

namespace client {

#define EXTENT(MASK) "buf extent size=16 hex=" MASK "000200$B000000000000000f\n"
// EXTENT, LOCATE with its operation and place, and what else is there, before the CCWs.
#define LOCATED(MASK, LOCATE, BUFFERS) \
	EXTENT(MASK) \
	"buf locate size=8 hex=" LOCATE "\n" BUFFERS "\n" \
	"ccw1 cmd=63 flags=cc count=16 data=extent\n" \
	"ccw1 cmd=43 flags=cc count=8 data=locate\n"

static const Vector kVectors[] = {
	{"characteristics", R"(
buf data size=64
ccw1 cmd=64 flags=sli count=64 data=data
)"},
	{"write-16", LOCATED("c0", "0100001000000000", "buf data size=8192 fill=91") R"(
ccw1 cmd=41 count=8192 data=data
)"},
	{"read-1", LOCATED("40", "0600000100000003", "buf data size=512") R"(
ccw1 cmd=42 count=512 data=data
)"},
	{"write-1", LOCATED("c0", "0100000100000004", "buf data size=512 fill=92") R"(
ccw1 cmd=41 count=512 data=data
)"},
	{"write-data-chained", LOCATED("c0", "0100000200000006", "buf data size=1024 fill=93") R"(
ccw1 cmd=41 flags=cd count=300 data=data
ccw1 cmd=00 count=724 data=data+300
)"},
	{"write-idal-4k", LOCATED("c0", "0100000400000008", "buf data size=8192 align=4096 fill=94\nidal list kind=4k data=data+3000 len=2048") R"(
ccw1 cmd=41 flags=ida count=2048 data=list
)"},
	{"read-16", LOCATED("40", "0600001000000000", "buf data size=8192") R"(
ccw1 cmd=42 count=8192 data=data
)"},
	{"read-idal-1", LOCATED("40", "0600001000000000", "buf data size=12288 align=4096\nidal list kind=1 data=data+1000 len=8192") R"(
ccw1 cmd=42 flags=ida count=8192 data=list
)"},
	{"read-short", LOCATED("40", "0600000100000003", "buf data size=512") R"(
ccw1 cmd=42 count=100 data=data
)"},
	{"two-locates", LOCATED("40", "0600000100000003", "buf other size=8 hex=0600000200000005\nbuf data size=2048") R"(
ccw1 cmd=42 flags=cc count=512 data=data
ccw1 cmd=43 flags=cc count=8 data=other
ccw1 cmd=42 count=1024 data=data+1024
)"},
	{"pci", EXTENT("40") R"(
buf locate size=8 hex=0600000100000003
buf data size=512
ccw1 cmd=63 flags=cc count=16 data=extent
ccw1 cmd=43 flags=cc,pci count=8 data=locate
ccw1 cmd=42 count=512 data=data
)"},
	{"locate-outside", LOCATED("40", "0600000200000010", "buf data size=1024") R"(
ccw1 cmd=42 count=1024 data=data
)"},
	{"write-inhibited", LOCATED("40", "0100000100000003", "buf data size=512 fill=95") R"(
ccw1 cmd=41 count=512 data=data
)"},
	{"read-first", R"(
buf data size=512
ccw1 cmd=42 count=512 data=data
)"},
	{"locate-first", R"(
buf locate size=8 hex=0600000100000003
ccw1 cmd=43 count=8 data=locate
)"},
	{"extent-short", EXTENT("40") R"(
ccw1 cmd=63 count=15 data=extent
)"},
	{"unknown-command", R"(
buf b size=8
ccw1 cmd=fe flags=sli count=1 data=b
)"},
};
const std::span<const Vector> kFbaVectors = kVectors;

} // namespace client
