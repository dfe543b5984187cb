#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2154
# Four threads of one device start programs on memory that is unmapped.
. /tests/hostile/lib.sh

check "a device is taken" take_all $RNG || exit
unmapped unmap-one $((${HOSTILE_COUNT:-1000}))
