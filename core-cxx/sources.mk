# SPDX-License-Identifier: GPL-2.0-only
# Part of Kbuild and of the Makefiles that compile the core: its folders of sources, which
# are its layers.  What is in one includes nothing of those behind it (scripts/check/layers).
core-folders := base program device
