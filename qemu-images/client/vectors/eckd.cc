// SPDX-License-Identifier: GPL-2.0-only
// 3390 behind a 3990 (Storage Control Reference, GA32-0274): what each command wants before it
// and what it gives is the reference's; the values of DEFINE EXTENT and LOCATE RECORD are
// those of the kernel's dasd_eckd.h.  Tracks 0 to 2 of the scratch cylinder are written; the
// programs of a set rely on what those before them have written.
#include "vectors.hpp"

namespace client {

// Every record of track H has 100 bytes of data and a key of 4, but the last, of 4096 bytes.
#define FORMAT_TRACK(H) \
	"buf seek size=6 hex=0000$C00" H "\n" \
	"buf mask size=1 hex=c0\n" \
	"buf r0 size=5 hex=$C00" H "00\n" \
	"buf rec1 size=112 fill=11 hex=$C00" H "01040064d2c5e8f1\n" \
	"buf rec2 size=112 fill=22 hex=$C00" H "02040064d2c5e8f2\n" \
	"buf rec3 size=112 fill=33 hex=$C00" H "03040064d2c5e8f3\n" \
	"buf rec4 size=4104 fill=44 hex=$C00" H "04001000\n" \
	"ccw1 cmd=07 flags=cc count=6 data=seek\n" \
	"ccw1 cmd=1f flags=cc count=1 data=mask\n" \
	"search:\n" \
	"ccw1 cmd=31 flags=cc count=5 data=r0\n" \
	"tic to=search\n" \
	"ccw1 cmd=1d flags=cc count=112 data=rec1\n" \
	"ccw1 cmd=1d flags=cc count=112 data=rec2\n" \
	"ccw1 cmd=1d flags=cc count=112 data=rec3\n" \
	"ccw1 cmd=1d count=4104 data=rec4\n"

// On track H, a search for BYTES, COUNT of them.
#define SEARCH(H, CODE, COUNT, BYTES) \
	"buf seek size=6 hex=0000$C" H "\n" \
	"buf id size=" COUNT " " BYTES "\n" \
	"ccw1 cmd=07 flags=cc count=6 data=seek\n" \
	"search:\n" \
	"ccw1 cmd=" CODE " flags=cc,sli count=" COUNT " data=id\n" \
	"tic to=search\n"
#define SEEK_SEARCH(RECORD) SEARCH("0000", "31", "5", "hex=$C0000" RECORD)
// A data area of two pages, and CMD by a list of KIND that begins at FROM in it.
#define BY_IDAL(CMD, KIND, FILL, FROM) \
	"buf data size=8192 align=4096" FILL "\n" \
	"idal list kind=" KIND " data=data+" FROM " len=4096\n" \
	"ccw1 cmd=" CMD " flags=ida count=4096 data=list\n"
#define READ(COUNT) "buf data size=" COUNT "\nccw1 cmd=06 count=" COUNT " data=data\n"

// EXTENT: mask; LOCATE: operation, auxiliary, 00, count, then track 0 and the rest.
#define EXTENT_LOCATE(MASK, OPERATION, RECORD, LENGTH) \
	"buf extent size=16 hex=" MASK "c0000000000000$C0000$C000e\n" \
	"buf locate size=16 hex=" OPERATION "$C0000$C0000" RECORD "ff" LENGTH "\n" \
	"ccw1 cmd=63 flags=cc count=16 data=extent\n" \
	"ccw1 cmd=47 flags=cc count=16 data=locate\n"

static const Vector kVectors[] = {
	{"characteristics", R"(
buf data size=64
ccw1 cmd=64 count=64 data=data
)"},
	{"configuration", R"(
buf data size=256
ccw1 cmd=fa count=256 data=data
)"},
	{"format-track-0", FORMAT_TRACK("00")},
	{"format-track-1", FORMAT_TRACK("01")},
	{"read-data", SEEK_SEARCH("02") READ("100")},
	{"read-key-data", SEEK_SEARCH("02") R"(
buf data size=104
ccw1 cmd=0e count=104 data=data
)"},
	{"read-count-behind", SEEK_SEARCH("01") R"(
buf data size=8
ccw1 cmd=12 count=8 data=data
)"},
	{"read-count-key-data", SEEK_SEARCH("01") R"(
buf data size=112
ccw1 cmd=1e count=112 data=data
)"},
	{"read-multiple", SEEK_SEARCH("01") R"(
buf data size=8192
ccw1 cmd=5e flags=sli count=8192 data=data
)"},
	{"read-record-zero", R"(
buf seek size=6 hex=0000$C0000
buf data size=16
ccw1 cmd=07 flags=cc count=6 data=seek
ccw1 cmd=16 count=16 data=data
)"},
	{"read-home-address", R"(
buf seek size=6 hex=0000$C0000
buf data size=5
ccw1 cmd=07 flags=cc count=6 data=seek
ccw1 cmd=1a count=5 data=data
)"},
	{"search-id-high", SEARCH("0000", "51", "5", "hex=$C000002") READ("100")},
	{"search-id-equal-or-high", SEARCH("0000", "71", "5", "hex=$C000002") READ("100")},
	{"search-key-equal", SEARCH("0000", "29", "4", "text=KEY3") READ("100")},
	{"search-key-high", SEARCH("0000", "49", "4", "text=KEY1") READ("100")},
	{"search-id-multitrack", SEARCH("0000", "b1", "5", "hex=$C000103") READ("100")},
	{"read-multitrack", SEEK_SEARCH("03") R"(
buf data size=12288
ccw1 cmd=86 flags=cc count=100 data=data
ccw1 cmd=86 flags=cc count=4096 data=data+100
ccw1 cmd=86 flags=cc count=100 data=data+4196
ccw1 cmd=86 count=100 data=data+4296
)"},
	{"write-data", SEEK_SEARCH("01") R"(
buf data size=100 fill=a1
ccw1 cmd=05 count=100 data=data
)"},
	{"write-key-data", SEEK_SEARCH("02") R"(
buf data size=104 fill=a2 hex=d2c5e8f2
ccw1 cmd=0d count=104 data=data
)"},
	{"write-short", SEEK_SEARCH("03") R"(
buf data size=40 fill=a3
ccw1 cmd=05 count=40 data=data
)"},
	{"write-data-chained", SEEK_SEARCH("04") R"(
buf data size=4096 fill=a4
buf more size=4096 fill=b4
ccw1 cmd=05 flags=cd count=1000 data=data
ccw1 cmd=00 flags=cd count=2000 data=more+1
ccw1 cmd=00 count=1096 data=data+3000
)"},
	{"read-back", SEEK_SEARCH("00") R"(
buf data size=8192
ccw1 cmd=5e flags=sli count=8192 data=data
)"},
	{"read-data-chained", SEEK_SEARCH("04") R"(
buf data size=8192 fill=ee
ccw1 cmd=06 flags=cd count=1000 data=data
ccw1 cmd=00 flags=cd,skip count=2000 data=data
ccw1 cmd=00 count=1096 data=data+4000
)"},
	{"write-idal-1", SEEK_SEARCH("04") BY_IDAL("05", "1", " fill=c1", "500")},
	{"read-idal-1", SEEK_SEARCH("04") BY_IDAL("06", "1", "", "1500")},
	{"write-idal-2k", SEEK_SEARCH("04") BY_IDAL("05", "2k", " fill=c2", "500")},
	{"read-idal-2k", SEEK_SEARCH("04") BY_IDAL("06", "2k", "", "1500")},
	{"write-idal-4k", SEEK_SEARCH("04") BY_IDAL("05", "4k", " fill=c4", "500")},
	{"read-idal-4k", SEEK_SEARCH("04") BY_IDAL("06", "4k", "", "1500")},
	{"read-midaw", SEEK_SEARCH("04") R"(
buf data size=8192 align=4096
midal list data:1000 data+4096:3096
ccw1 cmd=06 flags=mida count=4096 data=list
)"},
	{"read-idal-data-chained", SEEK_SEARCH("04") R"(
buf data size=12288 align=4096
idal list kind=4k data=data+4000 len=200
idal rest kind=4k data=data+8000 len=2896
ccw1 cmd=06 flags=cd,ida count=200 data=list
ccw1 cmd=00 flags=cd count=1000 data=data
ccw1 cmd=00 flags=ida count=2896 data=rest
)"},
	{"extended-read", EXTENT_LOCATE("40", "06000003", "01", "0000") R"(
buf data size=300
ccw1 cmd=86 flags=cc count=100 data=data
ccw1 cmd=86 flags=cc count=100 data=data+100
ccw1 cmd=86 count=100 data=data+200
)"},
	{"extended-write", EXTENT_LOCATE("80", "01800001", "01", "0064") R"(
buf data size=100 fill=d1
ccw1 cmd=05 count=100 data=data
)"},
	{"extended-update", EXTENT_LOCATE("80", "01800003", "01", "0064") R"(
buf data size=300 fill=d2
ccw1 cmd=85 flags=cc count=100 data=data
ccw1 cmd=85 flags=cc count=100 data=data+100
ccw1 cmd=85 count=100 data=data+200
)"},
	{"extended-update-idal", EXTENT_LOCATE("80", "01800001", "04", "1000") BY_IDAL("85", "4k", " fill=d4", "100")},
	{"extended-format", R"(
buf extent size=16 hex=c0c0000000000000$C0002$C0002
buf locate size=16 hex=03000003$C0002$C000200ff0000
buf rec1 size=208 fill=51 hex=$C0002010000c8
buf rec2 size=208 fill=52 hex=$C0002020000c8
buf rec3 size=8 hex=$C000203000000
ccw1 cmd=63 flags=cc count=16 data=extent
ccw1 cmd=47 flags=cc count=16 data=locate
ccw1 cmd=1d flags=cc count=208 data=rec1
ccw1 cmd=1d flags=cc count=208 data=rec2
ccw1 cmd=1d count=8 data=rec3
)"},
	{"read-track", EXTENT_LOCATE("40", "0c000001", "00", "0000") R"(
buf data size=16384
ccw1 cmd=de flags=sli count=16384 data=data
)"},
	{"read-tracks", EXTENT_LOCATE("40", "0c000003", "00", "0000") R"(
buf data size=24576
ccw1 cmd=de flags=cc,sli count=8192 data=data
ccw1 cmd=de flags=cc,sli count=8192 data=data+8192
ccw1 cmd=de flags=sli count=8192 data=data+16384
)"},
	{"end-of-file-record", SEARCH("0002", "31", "5", "hex=$C000203") READ("8")},
	{"pci-in-the-middle", SEEK_SEARCH("01") R"(
buf data size=300
ccw1 cmd=86 flags=cc,pci count=100 data=data
ccw1 cmd=86 flags=cc count=100 data=data+100
ccw1 cmd=86 count=100 data=data+200
)"},
	{"400-ccws", R"(
buf seek size=6 hex=0000$C0000
buf id size=5 hex=$C000004
buf data size=65536 align=4096
repeat 99
ccw1 cmd=07 flags=cc count=6 data=seek
search%i:
ccw1 cmd=31 flags=cc count=5 data=id
tic to=search%i
ccw1 cmd=06 flags=cc,sli count=640 data=data
end
ccw1 cmd=07 flags=cc count=6 data=seek
search:
ccw1 cmd=31 flags=cc count=5 data=id
tic to=search
ccw1 cmd=06 count=4096 data=data+4096
)"},
	{"format-0", R"(
buf seek size=6 hex=0000$C0000
buf id size=5 hex=$C000001
buf data size=100
ccw0 cmd=07 flags=cc count=6 data=seek
search:
ccw0 cmd=31 flags=cc count=5 data=id
tic to=search
ccw0 cmd=06 count=100 data=data
)"},
	{"no-prefetch", SEEK_SEARCH("01") R"(
buf data size=100
ccw1 cmd=06 count=100 data=data
orb pfch=0
)"},
};
const std::span<const Vector> kEckdVectors = kVectors;

static const Vector kChecks[] = {
	{"format-track-0", FORMAT_TRACK("00")},
	{"no-record-found", SEEK_SEARCH("63") READ("100")},
	{"no-record-found-extended", EXTENT_LOCATE("40", "06000001", "63", "0000") R"(
buf data size=100
ccw1 cmd=86 count=100 data=data
)"},
	{"no-key-found", SEARCH("0000", "29", "4", "text=NONE") READ("100")},
	{"seek-outside", R"(
buf seek size=6 hex=0000ffff0000
ccw1 cmd=07 count=6 data=seek
)"},
	{"seek-short", R"(
buf seek size=6 hex=0000$C0000
ccw1 cmd=07 count=5 data=seek
)"},
	{"read-first", R"(
buf data size=100
ccw1 cmd=06 count=100 data=data
)"},
	{"write-without-search", R"(
buf seek size=6 hex=0000$C0000
buf data size=100 fill=e1
ccw1 cmd=07 flags=cc count=6 data=seek
ccw1 cmd=05 count=100 data=data
)"},
	{"write-inhibited", R"(
buf seek size=6 hex=0000$C0000
buf mask size=1 hex=40
buf id size=5 hex=$C000001
buf data size=100 fill=e2
ccw1 cmd=07 flags=cc count=6 data=seek
ccw1 cmd=1f flags=cc count=1 data=mask
search:
ccw1 cmd=31 flags=cc count=5 data=id
tic to=search
ccw1 cmd=05 count=100 data=data
)"},
	{"format-inhibited", R"(
buf seek size=6 hex=0000$C0000
buf mask size=1 hex=80
buf id size=5 hex=$C000001
buf rec size=108 fill=e3 hex=$C000002000064
ccw1 cmd=07 flags=cc count=6 data=seek
ccw1 cmd=1f flags=cc count=1 data=mask
search:
ccw1 cmd=31 flags=cc count=5 data=id
tic to=search
ccw1 cmd=1d count=108 data=rec
)"},
	{"locate-without-extent", R"(
buf locate size=16 hex=06000001$C0000$C000001ff0000
ccw1 cmd=47 count=16 data=locate
)"},
	{"locate-outside-extent", R"(
buf extent size=16 hex=40c0000000000000$C0000$C0000
buf locate size=16 hex=06000001$C0001$C000101ff0000
buf data size=100
ccw1 cmd=63 flags=cc count=16 data=extent
ccw1 cmd=47 flags=cc count=16 data=locate
ccw1 cmd=86 count=100 data=data
)"},
	{"locate-operation", EXTENT_LOCATE("40", "3e000001", "01", "0000") R"(
buf data size=100
ccw1 cmd=86 count=100 data=data
)"},
	{"locate-short", R"(
buf extent size=16 hex=40c0000000000000$C0000$C0000
buf locate size=16 hex=06000001$C0000$C000001ff0000
ccw1 cmd=63 flags=cc count=16 data=extent
ccw1 cmd=47 count=15 data=locate
)"},
	{"extent-backward", R"(
buf extent size=16 hex=40c0000000000000$C0001$C0000
ccw1 cmd=63 count=16 data=extent
)"},
	{"update-of-other-length", EXTENT_LOCATE("80", "01800001", "01", "0063") R"(
buf data size=100 fill=e4
ccw1 cmd=85 count=99 data=data
)"},
	{"read-past-extent", R"(
buf extent size=16 hex=40c0000000000000$C0000$C0000
buf locate size=16 hex=06000003$C0000$C000003ff0000
buf data size=8192
ccw1 cmd=63 flags=cc count=16 data=extent
ccw1 cmd=47 flags=cc count=16 data=locate
ccw1 cmd=86 flags=cc count=100 data=data
ccw1 cmd=86 flags=cc,sli count=4096 data=data+100
ccw1 cmd=86 flags=sli count=100 data=data+4196
)"},
	{"end-of-cylinder", SEARCH("000e", "b1", "5", "hex=$C000e63") READ("100")},
	{"too-long-a-record", R"(
buf seek size=6 hex=0000$C0002
buf mask size=1 hex=c0
buf r0 size=5 hex=$C000200
buf rec size=60008 fill=e5 hex=$C00020100ea60
ccw1 cmd=07 flags=cc count=6 data=seek
ccw1 cmd=1f flags=cc count=1 data=mask
search:
ccw1 cmd=31 flags=cc count=5 data=r0
tic to=search
ccw1 cmd=1d count=60008 data=rec
)"},
	{"unknown-command", R"(
buf b size=8
ccw1 cmd=fe flags=sli count=1 data=b
)"},
	{"read-too-short", SEEK_SEARCH("01") R"(
buf data size=100
ccw1 cmd=06 count=50 data=data
)"},
	{"read-too-long", SEEK_SEARCH("01") READ("200")},
	{"read-to-nowhere", SEEK_SEARCH("01") R"(
ccw1 cmd=06 count=100 data=0x7ffffff0
)"},
	{"unchanged", EXTENT_LOCATE("40", "0c000001", "00", "0000") R"(
buf data size=16384
ccw1 cmd=de flags=sli count=16384 data=data
)"},
};
const std::span<const Vector> kEckdCheckVectors = kChecks;

// Suspended at the read, whose memory must stay where it is until HALT or CLEAR has ended it.
#define SUSPENDED(FLAGS) \
	SEEK_SEARCH("01") \
	"buf data size=200\n" \
	"ccw1 cmd=06 flags=cc count=100 data=data\n" \
	"ccw1 cmd=86 flags=suspend count=100 data=data+100\n" \
	"orb spnd " FLAGS "\n"

static const Vector kSuspended[] = {
	{"format-track-0", FORMAT_TRACK("00")},
	{"suspended-halt", SUSPENDED("ssic=0"), Act::kHalt},
	{"read-after-halt", SEEK_SEARCH("02") READ("100")},
	{"suspended-clear", SUSPENDED("ssic=0"), Act::kClear},
	{"read-after-clear", SEEK_SEARCH("02") READ("100")},
};
const std::span<const Vector> kEckdSuspendVectors = kSuspended;

} // namespace client
