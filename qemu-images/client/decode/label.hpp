// SPDX-License-Identifier: GPL-2.0-only
// Volume labels of disks and tapes, in text.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "../base/value.hpp"

namespace client {

struct Label {
	std::string kind;	// "VOL1", "LNX1", "CMS1", "HDR1" ...; empty: it is none
	std::string meaning;
	std::string volume;	// its serial
	std::string owner;
	std::string dataset;	// of HDR1 and EOF1
	bool has_vtoc = false;
	unsigned vtoc_cylinder = 0, vtoc_head = 0, vtoc_record = 0;

	bool valid() const { return !kind.empty(); }
	std::string text() const;
	Value value() const;
};

// `record`: the data of a label record, without a key.
Label decode_label(std::span<const std::uint8_t> record);

} // namespace client
