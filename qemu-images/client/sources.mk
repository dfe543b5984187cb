# SPDX-License-Identifier: GPL-2.0-only
# Part of the Makefiles that compile or link the client: its folders of sources.

# What needs neither a device nor s390x.
client-pure := base guest decode vectors ledger explain
client-folders := $(client-pure) vfio cmd race stress hostile
