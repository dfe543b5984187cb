# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034
# What tests on an emulated mainframe share, beyond the tests' own lib.sh, which a script reads
# first.  scripts/test/mainframe makes these devices.

DISK=0.0.0120		# a 3390 of 60 cylinders; Hercules begins its programs inside of START
DISK2=0.0.0121		# the same, whose programs run on a thread of their own from the first CCW
DISK3=0.0.0122		# as the first
SPARES="0.0.0130 0.0.0131 0.0.0132 0.0.0133"		# of 3 cylinders, as the first
SPARES2="0.0.0134 0.0.0135 0.0.0136 0.0.0137"	# as the second
FBA=0.0.0140		# a 9336
TAPE=0.0.0580		# a 3480
TAPE2=0.0.0590		# a 3590
PRINTER=0.0.0f0e	# a 1403
READER=0.0.0f0c		# a 3505 with 300 cards
READER2=0.0.0f1c	# and another with the same
PUNCH=0.0.0f0d		# a 3525
TERMINAL3270=0.0.0700	# a 3270 that somebody sits at
CTCA=0.0.0e40		# one side of a channel-to-channel adapter,
CTCA2=0.0.0e42		# and the other

# give_up_device DEVICE: $uuid's.
give_up_device() { remove_mdev "$uuid" && unbind_sch "$1"; }
