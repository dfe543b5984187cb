// SPDX-License-Identifier: GPL-2.0-only
// Printers (3211: GA24-3543), card readers and punches (3505, 3525: GA21-9124).
#include "vectors.hpp"

namespace client {

#define LINE(CODE, TEXT) "buf line size=132 fill=40 text=" TEXT "\nccw1 cmd=" CODE " flags=sli count=132 data=line\n"
#define CONTROL(CODE) "buf b size=8\nccw1 cmd=" CODE " flags=sli count=1 data=b\n"

static const Vector kPrinter[] = {
	{"skip-to-1", CONTROL("8b")},
	{"write-space-1", LINE("09", "SPACE_1")},
	{"write-space-2", LINE("11", "SPACE_2")},
	{"write-space-3", LINE("19", "SPACE_3")},
	{"write-no-space", LINE("01", "NO_SPACE")},
	{"write-skip-to-1", LINE("89", "SKIP_TO_1")},
	{"write-skip-to-5", LINE("a9", "SKIP_TO_5")},
	{"write-skip-to-9", LINE("c9", "SKIP_TO_9")},
	{"write-skip-to-12", LINE("e1", "SKIP_TO_12")},
	{"space-1", CONTROL("0b")},
	{"space-3", CONTROL("1b")},
	{"skip-to-5", CONTROL("ab")},
	{"skip-to-12", CONTROL("e3")},
	{"write-exact", "buf line size=132 fill=c1\nccw1 cmd=09 count=132 data=line\n"},
	{"write-20", "buf line size=20 fill=c2\nccw1 cmd=09 count=20 data=line\n"},
	{"write-too-long", "buf line size=200 fill=c3\nccw1 cmd=09 count=200 data=line\n"},
	{"write-data-chained", R"(
buf line size=132 fill=c4
ccw1 cmd=09 flags=cd count=50 data=line
ccw1 cmd=00 flags=sli count=82 data=line+50
)"},
	{"write-idal", R"(
buf line size=4096 align=4096 fill=c5
idal list kind=1 data=line+2000 len=132
ccw1 cmd=09 flags=ida,sli count=132 data=list
)"},
	{"100-lines", R"(
buf line size=132 fill=c6
repeat 99
ccw1 cmd=09 flags=cc,sli count=132 data=line
end
ccw1 cmd=09 flags=sli count=132 data=line
)"},
	{"pci-lines", R"(
buf line size=132 fill=c7
ccw1 cmd=09 flags=cc,sli,pci count=132 data=line
ccw1 cmd=09 flags=cc,sli count=132 data=line
ccw1 cmd=09 flags=sli count=132 data=line
)"},
	{"block-data-check", CONTROL("73")},
	{"allow-data-check", CONTROL("7b")},
	{"fold", CONTROL("43")},
	{"unfold", CONTROL("23")},
	{"unknown-command", CONTROL("fe")},
};
const std::span<const Vector> kPrinterVectors = kPrinter;

static const Vector kReader[] = {
	{"read", "buf card size=80\nccw1 cmd=02 count=80 data=card\n"},
	{"read-short", "buf card size=80\nccw1 cmd=02 count=40 data=card\n"},
	{"read-short-suppressed", "buf card size=80\nccw1 cmd=02 flags=sli count=40 data=card\n"},
	{"read-long", "buf card size=160\nccw1 cmd=02 count=160 data=card\n"},
	{"read-data-chained", R"(
buf card size=160
ccw1 cmd=02 flags=cd count=30 data=card
ccw1 cmd=00 count=50 data=card+80
)"},
	{"read-skipped", R"(
buf card size=80 fill=ee
ccw1 cmd=02 flags=cd,skip count=30 data=card
ccw1 cmd=00 count=50 data=card+30
)"},
	{"read-2", R"(
buf cards size=160
ccw1 cmd=02 flags=cc count=80 data=cards
ccw1 cmd=02 count=80 data=cards+80
)"},
	{"read-idal", R"(
buf card size=4096 align=4096
idal list kind=2k data=card+2000 len=80
ccw1 cmd=02 flags=ida count=80 data=list
)"},
	{"unknown-command", CONTROL("fe")},
	{"read-to-the-end", R"(
buf cards size=80
repeat 999
ccw1 cmd=02 flags=cc count=80 data=cards
end
ccw1 cmd=02 count=80 data=cards
)"},
	{"read-behind-the-end", "buf card size=80\nccw1 cmd=02 count=80 data=card\n"},
};
const std::span<const Vector> kReaderVectors = kReader;

static const Vector kPunch[] = {
	{"write", "buf card size=80 fill=40 text=FIRST_CARD\nccw1 cmd=01 count=80 data=card\n"},
	{"write-stacker-2", "buf card size=80 fill=40 text=SECOND_CARD\nccw1 cmd=41 count=80 data=card\n"},
	{"write-short", "buf card size=40 fill=c1\nccw1 cmd=01 count=40 data=card\n"},
	{"write-long", "buf card size=160 fill=c2\nccw1 cmd=01 count=160 data=card\n"},
	{"write-data-chained", R"(
buf card size=80 fill=c3
ccw1 cmd=01 flags=cd count=30 data=card
ccw1 cmd=00 count=50 data=card+30
)"},
	{"write-100", R"(
buf card size=80 fill=c4
repeat 99
ccw1 cmd=01 flags=cc count=80 data=card
end
ccw1 cmd=01 count=80 data=card
)"},
	{"nop", CONTROL("03")},
	{"unknown-command", CONTROL("fe")},
};
const std::span<const Vector> kPunchVectors = kPunch;

} // namespace client
