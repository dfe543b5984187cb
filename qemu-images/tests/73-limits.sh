#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The limits of a program are changed while the module is loaded: a device that is
# made afterwards has the new ones, others keep theirs.
. /tests/lib.sh

params=/sys/module/vfio_ccw/parameters

cat >/tmp/program <<'.'
buf id size=64
repeat 4999
ccw1 cmd=03 flags=cc,sli count=1 data=id
end
ccw1 cmd=e4 flags=sli count=64 data=id
expect start=0 dstat=0c cstat=0
.
sed 's/start=0 .*/start=EINVAL/' /tmp/program >/tmp/refused

check "a device is taken" take $RNG || exit
old=$uuid
check "5000 CCWs are more than it may have" $VCCW program -d "$old" /tmp/refused
check "the limit is raised" put 8192 $params/max_ccws
check_is "it shows" 8192 cat $params/max_ccws
check "another device is taken" take $RNG2 || exit
check "it may have 5000 CCWs" $VCCW program -d "$uuid" /tmp/program
check "the first one may still not" $VCCW program -d "$old" /tmp/refused
check "the limit is lowered" put 4096 $params/max_ccws
check "the second one keeps what it was made with" $VCCW program -d "$uuid" /tmp/program

# refused NAME VALUE: leaves the range, which the log tells, in $range.
refused()
{
	local was
	was=$(cat $params/"$1")
	check_refused "$1=$2 is refused" put "$2" $params/"$1"
	check_is "$1 keeps its value after $2" "$was" cat $params/"$1"
	range=$(dmesg | sed -n "s/.* $1=$2 .*give \([0-9]* to [0-9]*\)$/\1/p" | tail -n 1)
	check "the log says what $1 may be, after $2" test -n "$range"
}

for name in max_ccws max_segments max_pages max_bytes; do
	was=$(cat $params/$name)
	for value in 0 -1 4294967295 4294967297 nonsense; do refused $name $value; done
	check "$name may be ${range%% *}" put "${range%% *}" $params/$name
	refused $name $((${range%% *} - 1))
	check "$name may be ${range##* }" put "${range##* }" $params/$name
	refused $name $((${range##* } + 1))
	put "$was" $params/$name
done
check_is "only root changes them" 644 stat -c %a $params/max_ccws
