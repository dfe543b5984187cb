# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# Trace events.  The names of these four and of their fields are those of the
# kernel's own driver, as its format files show them.
. /tests/lib.sh

events=/sys/kernel/tracing/events/vfio_ccw
trace=/sys/kernel/tracing/trace

# fields_of EVENT: its own ones, in order.
fields_of()
{
	sed -n '/field:.* common_/d; s/^.field:[^;]*[ *]\([a-z_0-9]*\)\(\[.*\]\)*;.*/\1/p' "$events/$1/format" | tr '\n' ' '
}

# traced EVENT PATTERN: it came, and was printed so.
traced() { grep -Eq " $1: schid=$schid $2\$" $trace; }

check_is "vfio_ccw_chp_event's fields" "cssid ssid sch_no mask event " fields_of vfio_ccw_chp_event
check_is "vfio_ccw_fsm_async_request's fields" "cssid ssid sch_no command errno " fields_of vfio_ccw_fsm_async_request
check_is "vfio_ccw_fsm_event's fields" "cssid ssid schno state event " fields_of vfio_ccw_fsm_event
check_is "vfio_ccw_fsm_io_request's fields" "cssid ssid sch_no fctl errno errstr " fields_of vfio_ccw_fsm_io_request
check_is "a program that reads events gets numbers for names" "" sed -n '/^print fmt/s/.*\(VCCW_[A-Z_]*\|_CHP_[A-Z_]*\).*/\1/p' $events/*/format

# Of these devices, only the terminal has a channel path of its own.
check "a 3270 terminal is taken" take $TERMINAL || exit
schid=$(sch_of $TERMINAL)
path=/sys/devices/css0/chp0.$(cut -c1-2 "/sys/bus/css/devices/$schid/chpids")
: >$trace
echo 1 >$events/enable
check "START" $VCCW nop
check "CLEAR" $VCCW clear
check "its path is varied off" put off "$path/status"
check "and on" put on "$path/status"
echo 0 >$events/enable

check "the device is opened" traced vfio_ccw_fsm_event 'state=standby event=open'
check "a START is met in the state idle" traced vfio_ccw_fsm_event 'state=idle event=start'
check "its condition code in the state processing" traced vfio_ccw_fsm_event 'state=processing event=start-cc0'
check "an interrupt" traced vfio_ccw_fsm_event 'state=(idle|processing) event=interrupt'
check "the device is closed" traced vfio_ccw_fsm_event 'state=[a-z]+ event=inactive'
check "what START answered" traced vfio_ccw_fsm_io_request 'fctl=0x4 errno=0 info=started'
check "what CLEAR answered" traced vfio_ccw_fsm_async_request 'command=clear errno=0'
check "the interrupt's status" traced vfio_ccw_interrupt 'scsw0=[0-9a-f]{8} scsw2=[0-9a-f]{8} program=[1-9][0-9]*'
check "it became readable" traced vfio_ccw_publish 'irb=1 cpa=[0-9a-f]{8}'
check "the program was released" traced vfio_ccw_release 'program=[1-9][0-9]* pages=[0-9]+'
check "the path that went" traced vfio_ccw_chp_event 'mask=0x80 event=vary-off'
check "the path that came" traced vfio_ccw_chp_event 'mask=0x80 event=vary-on'
