// SPDX-License-Identifier: GPL-2.0-only
// Answers to READ DEVICE CHARACTERISTICS and READ CONFIGURATION DATA.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "../base/value.hpp"

namespace client {

struct EckdCharacteristics {
	bool valid = false;
	unsigned cu_type = 0, cu_model = 0, dev_type = 0, dev_model = 0;
	std::uint32_t cylinders = 0;
	unsigned heads = 0, sectors = 0, track_length = 0, max_record_zero = 0;
	bool read_track = false, xrc = false, striping = false, cache = false, fast_write = false;

	static EckdCharacteristics decode(std::span<const std::uint8_t> bytes);
	std::string text() const;
	Value value() const;
};

struct FbaCharacteristics {
	bool valid = false;
	unsigned device_class = 0, unit_type = 0, block_size = 0;
	std::uint32_t blocks_per_cylinder = 0, blocks_per_position = 0, blocks = 0;

	static FbaCharacteristics decode(std::span<const std::uint8_t> bytes);
	std::string text() const;
	Value value() const;
};

// A node element of the configuration data.
struct NodeElement {
	std::string what;	// "device", "control unit" ...
	std::string type, model, manufacturer, plant, serial;
	unsigned tag = 0;

	std::string text() const;
	Value value() const;
};

struct Configuration {
	std::vector<NodeElement> elements;
	bool has_qualifier = false;
	unsigned subsystem = 0, unit_address = 0, interface_id = 0;

	static Configuration decode(std::span<const std::uint8_t> bytes);
	std::string text(int indent) const;	// lines
	Value value() const;
};

} // namespace client
