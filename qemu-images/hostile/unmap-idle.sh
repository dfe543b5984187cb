#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# The thread that unmaps gets little of the processors, so that much time goes by
# between one question to the devices and the next.
. /tests/hostile/lib.sh

check "two devices are taken" take_all $RNG $RNG2 || exit
unmapped unmap-idle $(((${HOSTILE_COUNT:-1000} + 19) / 20))
