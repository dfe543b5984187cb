#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# The unmap of one device's memory waits long for another device of the container:
# for resets, which wait for a START that sleeps inside of the driver, for a page of
# the client.
. /tests/hostile/lib.sh

check "two devices are taken" take_all $RNG $RNG2 || exit
unmapped unmap-stall $((${HOSTILE_COUNT:-1000} / 50 + 1))
