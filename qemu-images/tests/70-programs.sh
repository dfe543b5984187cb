#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Channel programs of every shape that the emulated devices can execute.
. /tests/lib.sh

check "a device is taken" take $RNG || exit
stats=/sys/bus/mdev/devices/$uuid/stats
unused=$(cat "$stats/bytes")

# program NAME: the program on standard input ends as it expects.
program()
{
	cat >/tmp/program
	check "program: $1" $VCCW program /tmp/program
}

for n in 300 4000; do
	program "$n CCWs" <<-EOT
		buf id size=64
		first:
		repeat $((n - 1))
		ccw1 cmd=03 flags=cc,sli count=1 data=id
		end
		ccw1 cmd=e4 flags=sli count=64 data=id
		expect start=0 dstat=0c cstat=0 cpa=first+$((n * 8))
		expect data=id hex=ff3832
	EOT
done

for n in 17 40 160 250; do
	program "a ladder of $n TICs" <<-EOT
		buf id size=64
		start step0
		repeat $((n - 1))
		org 0x3%i000
		step%i:
		ccw1 cmd=03 flags=cc,sli count=1 data=id
		tic to=step%n
		end
		org 0x1f0000
		step$((n - 1)):
		ccw1 cmd=e4 flags=sli count=64 data=id
		expect start=0 dstat=0c cstat=0 cpa=0x1f0008
	EOT
done

program "in the last word of memory" <<-EOT
	buf id size=64
	org 0x3fffff8
	ccw1 cmd=e4 flags=sli count=64 data=id
	expect start=0 dstat=0c cstat=0 cpa=0x4000000
EOT
program "over the end of memory: the CCWs before it run" <<-EOT
	buf id size=64
	org 0x3fffff8
	ccw1 cmd=e4 flags=cc,sli count=64 data=id
	expect start=0 cstat=20
	expect data=id hex=ff3832
EOT
program "64 KiB in one CCW" <<-EOT
	buf id size=65536 at=0x300800
	ccw1 cmd=e4 flags=sli count=65535 data=id
	expect start=0 dstat=0c cstat=0
	expect data=id hex=ff3832
EOT
for kind in 2k 4k; do
	program "an IDAL of $kind blocks" <<-EOT
		buf id size=16384 at=0x300800
		idal list kind=$kind data=id len=16000
		ccw1 cmd=e4 flags=sli,ida count=16000 data=list
		expect start=0 dstat=0c cstat=0
		expect data=id hex=ff3832
	EOT
done
program "format 0" <<-EOT
	buf id size=64
	orb fmt1=0
	ccw0 cmd=03 flags=cc,sli count=1 data=id
	ccw0 cmd=e4 flags=sli count=64 data=id
	expect start=0 dstat=0c cstat=0
	expect data=id hex=ff3832
EOT
program "read-only memory as the source of a write" <<-EOT
	buf status size=1 hex=00 ro
	ccw1 cmd=31 count=1 data=status
	expect start=0 dstat=0c cstat=0
EOT
program "read-only memory as the target of a read is a program check" <<-EOT
	buf id size=64 ro
	ccw1 cmd=e4 flags=sli count=64 data=id
	expect start=0 cstat=20
EOT
program "a search loop" <<-EOT
	buf status size=1 hex=00
	loop:
	ccw1 cmd=31 flags=cc count=1 data=status
	tic to=out
	out:
	ccw1 cmd=03 flags=sli count=1 data=status
	expect start=0 dstat=0c cstat=0 cpa=out+8
EOT
program "a bad command behind good ones" <<-EOT
	buf id size=64
	ccw1 cmd=e4 flags=cc,sli count=64 data=id
	ccw1 cmd=00 count=1 data=id
	expect start=0 cstat=20
	expect data=id hex=ff3832
EOT
program "without prefetch" <<-EOT
	buf id size=64
	orb pfch=0
	ccw1 cmd=e4 flags=sli count=64 data=id
	expect start=0 dstat=0c cstat=0
EOT
program "transport mode is refused" <<-EOT
	buf id size=64
	orb transport
	ccw1 cmd=e4 flags=sli count=64 data=id
	expect start=EOPNOTSUPP
EOT
lines() { dmesg | grep -c 'more than [0-9]* CCWs'; }
before=$(lines)
is_said() { [ "$(lines)" -gt "$before" ]; }
most=$(cat /sys/module/vfio_ccw/parameters/max_ccws)
program "one CCW more than the limit" <<-EOT
	buf id size=64
	repeat $most
	ccw1 cmd=03 flags=cc,sli count=1 data=id
	end
	ccw1 cmd=03 flags=sli count=1 data=id
	expect start=EINVAL
EOT
check "the limit is said" is_said
check "the device works after all that" $VCCW sense-id
check_is "nothing stays pinned" 0 cat "$stats/pages_pinned"
check_is "no memory stays behind" "$unused" cat "$stats/bytes"
