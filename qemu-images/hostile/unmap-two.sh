#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# Two devices of a container start programs on memory that is unmapped.
. /tests/hostile/lib.sh

check "two devices are taken" take_all $RNG $RNG2 || exit
unmapped unmap-two $((${HOSTILE_COUNT:-1000}))
