# SPDX-License-Identifier: GPL-2.0-only
"""The folders and sources of the core, as its sources.mk names them."""
import re


def folders(core):
    """Their names, the lowest layer first."""
    return re.search(r'^core-folders := (.+)$', (core / 'sources.mk').read_text(), re.M)[1].split()


def sources(core):
    return sorted(source for folder in folders(core) for source in (core / folder).glob('*.cc'))
