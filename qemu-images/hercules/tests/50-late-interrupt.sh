#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# CLEAR, a START behind it, and the interrupt of CLEAR processed late: the program that then is at
# work must stay.  Run over $DRIVER (ours, or kernel as the control); with init_on_free=1 for the
# kernel, so that memory that is given back too early is zeros when the channel fetches it.
. /tests/lib.sh
. /tests/hercules/lib.sh

driver=${DRIVER:-ours}
check "$driver: the driver is loaded" use_driver "$driver" || exit
check "$driver: memory is cleared when it is freed" grep -qw init_on_free=1 /proc/cmdline
check "$driver: a disk is taken" take $DISK2 || exit
check "$driver: a program at work stays" timeout 600 $VCCW race clear-start-searching --count "${ROUNDS:-200}" --timeout 10000
grep -E 'rounds|accepted_behind' "$said" | sed 's/^/# /'
