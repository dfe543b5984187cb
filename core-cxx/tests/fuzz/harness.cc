// SPDX-License-Identifier: GPL-2.0-only
#include "harness.hpp"

#include "../prop/subject.hpp"

#include <unordered_map>

namespace vccw_test {
namespace {

constexpr u32 kHeader = 7, kRecord = 10, kPages = 8, kDoublewords = kPages * kPage / 8;

} // namespace

std::string fuzz_one(const std::uint8_t *data, std::size_t size)
{
	if (size < kHeader)
		return {};

	const u8 choices = data[4];
	Subject s(choices & 1 ? vccw_limits{20, 4, 6, 4 * kPage}
			      : vccw_limits{4096, 256, 16384, 4u << 20});
	GuestMemory &memory = s.guest();
	std::unordered_map<u64, std::array<u8, 8>> later; // by address
	std::unordered_map<u64, u32> fetched;             // by word

	for (u32 page = 0; page < kPages; page++)
		if (page != 2 || !(choices & 8))
			memory.map(page * kPage, kPage, page != 3 || !(choices & 4));
	for (std::size_t at = kHeader; at + kRecord <= size; at += kRecord) {
		const u16 place = get16(data + at);
		const u64 addr = u64{place % kDoublewords} * 8;

		if (!memory.mapped(addr))
			continue;
		if (place & 0x8000)
			std::memcpy(later[addr].data(), data + at + 2, 8);
		else
			memory.write(addr, data + at + 2, 8);
	}
	s.port().on_read = [&](u64 gpa, u8 *to, u32 len) {
		for (u32 i = 0; i + 4 <= len; i += 4) {
			const u32 n = fetched[gpa + i]++;
			const auto it = later.find((gpa + i) & ~7ull);

			if (n && it != later.end())
				std::memcpy(to + i, it->second.data() + ((gpa + i) & 4), 4);
			else if (n && (choices & 2))
				put32(to + i, ~get32(to + i));
		}
	};

	s.start(u32(get16(data + 5)) * 8, get32(data));
	s.explore();
	s.finish();
	s.port().on_read = nullptr;
	s.back_to_idle();
	s.close();
	return s.fault();
}

} // namespace vccw_test
