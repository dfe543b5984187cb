# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC3043 # busybox has local
# Serves a shell on the 3270 terminal 0.0.3270 of this Linux.  What happens is
# told on stdout, in lines that start with "GUEST: ".  The shell has commands
# for what can't be done from the terminal itself:
#   say TEXT   tells TEXT on stdout
#   about      what this terminal is connected to
#   again      sets the terminal offline and online
#   restart    boots this Linux again
#   off        ends it

device=/sys/bus/ccw/devices/0.0.3270
tty=/dev/3270/tty1
orders=/tmp/orders

say() { echo "GUEST: $*"; }

# until_true SECONDS COMMAND...
until_true()
{
	local left=$(($1 * 5))
	shift
	while ! "$@" >/dev/null 2>&1; do
		[ $left -gt 0 ] || return 1
		left=$((left - 1))
		sleep 0.2
	done
}

online()
{
	echo 1 >$device/online && until_true 60 test -c $tty
}

# Until stop_shell.  A shell ends when the terminal is switched off, which hangs
# it up; the next one is there when it is on again.
shell()
{
	rm -f /tmp/stop
	while [ ! -e /tmp/stop ]; do
		ENV=/tmp/commands PS1='guest# ' setsid sh -c "echo \$\$ >/tmp/shell; exec <$tty >$tty 2>&1; exec sh -i"
		sleep 1
	done 2>/dev/null
}

# The kernel's driver sets a terminal offline only when nobody has it open.
stop_shell()
{
	touch /tmp/stop
	kill -HUP "$(cat /tmp/shell)"
	wait
}

cat >/tmp/commands <<'.'
say() { echo "say $*" >/tmp/orders; }
again() { echo again >/tmp/orders; }
restart() { echo restart >/tmp/orders; }
off() { echo off >/tmp/orders; }
about()
{
	echo; echo "  A 3270 terminal on a virtual machine, passed through by vfio_ccw"; echo
	echo "  kernel       $(uname -sr)"
	echo "  machine      $(uname -m), $(sed -n 's/^vendor_id *: //p' /proc/cpuinfo)"
	for s in /sys/bus/css/devices/*; do
		[ -e "$s/dev_busid" ] && echo "  subchannel   ${s##*/}, device $(cat "$s/dev_busid")"
	done
	echo "  device type  $(cat /sys/bus/ccw/devices/0.0.3270/cutype)"
	echo "  interrupts   $(sed -n 's/^C70: *\([0-9]*\).*/\1/p' /proc/interrupts) by this terminal, up for $(cut -d. -f1 /proc/uptime) s"; echo
}
.

mkfifo $orders
exec 3<>$orders
if ! until_true 60 test -e $device/online; then
	say "no terminal; channel devices: $(echo /sys/bus/ccw/devices/*)"
	exit 1
fi
online || { say "the terminal does not go online"; exit 1; }
shell &
say "terminal online"
while read -r order rest <&3; do
	case $order in
	say) say "$rest" ;;
	again)
		say "again"
		stop_shell
		echo 0 >$device/online || say "the terminal does not go offline"
		online || say "the terminal does not go online again"
		shell &
		say "terminal online again"
		;;
	restart) say "restarting"; reboot -f ;;
	off) say "ending"; break ;;
	esac
done
exit 0
