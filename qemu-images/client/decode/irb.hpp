// SPDX-License-Identifier: GPL-2.0-only
// The interruption-response block: SCSW, extended status, extended control.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "device_class.hpp"
#include "scsw.hpp"

namespace client {

// The extended-report word: what the channel says about the status.
struct Erw {
	std::uint32_t word = 0;

	bool authorization_check() const { return word & 0x10000000; }
	bool path_verification() const { return word & 0x08000000; }
	bool path_timeout() const { return word & 0x04000000; }
	bool failing_address_valid() const { return word & 0x02000000; }
	bool concurrent_sense() const { return word & 0x01000000; }
	bool secondary_ccw_valid() const { return word & 0x00800000; }
	bool failing_address_format2() const { return word & 0x00400000; }
	unsigned sense_count() const { return (word >> 16) & 0x3f; }
};

class Irb {
public:
	static constexpr std::size_t kSize = 96;
	using Raw = std::array<std::uint8_t, kSize>;

	Irb() : Irb(Raw{}) {}
	explicit Irb(const Raw &raw) : raw_(raw), scsw_(Scsw::decode(raw.data())) {}

	const Raw &raw() const { return raw_; }
	const Scsw &scsw() const { return scsw_; }
	const Scsw *operator->() const { return &scsw_; }
	bool empty() const;	// not one bit set: nothing was ever stored
	Erw erw() const;
	// Sense bytes that came with the status (concurrent sense); else empty.
	// Some machines leave the count 0 although they stored the bytes: then
	// all 32 are given, if one of them is not 0.
	std::span<const std::uint8_t> sense() const;

	// `device`: whose sense data these are.
	Value value(DeviceClass device = DeviceClass::kUnknown) const;
	// Lines for people, each behind `indent` blanks, with a last newline.
	std::string text(int indent, DeviceClass device = DeviceClass::kUnknown) const;

private:
	Value esw_value() const;
	std::string esw_text() const;	// only what is out of the ordinary

	Raw raw_;
	Scsw scsw_;
};

} // namespace client
