// SPDX-License-Identifier: GPL-2.0-only
// Layout: 3990/9390 Storage Control Reference (GA32-0274), "Count Area"; the kernel's
// struct eckd_count; the end of READ TRACK: Hercules' ckddasd.c.
#include "track.hpp"

#include <algorithm>

#include "../base/bytes.hpp"
#include "ebcdic.hpp"

namespace client {

static constexpr std::size_t kCount = 8;

std::string Record::text() const
{
	return "cylinder " + std::to_string(cylinder) + " head " + std::to_string(head) + " record " +
	       std::to_string(number) + ": key " + std::to_string(key.size()) + " bytes, data " +
	       std::to_string(data.size()) + " bytes" + (end_of_file() ? " (end of file)" : "");
}

Value Record::value(std::size_t most) const
{
	Value v = Value::object();

	v.set("cylinder", cylinder).set("head", head).set("record", number);
	v.set("key_length", key.size()).set("data_length", data.size());
	if (!key.empty())
		v.set("key", hex_bytes(key.data(), key.size())).set("key_text", ebcdic_text(key));
	if (!data.empty() && most)
		v.set("data", hex_bytes(data.data(), std::min(most, data.size())));
	return v;
}

Track decode_track(std::span<const std::uint8_t> b)
{
	Track t;

	while (!b.empty() && !t.ended && t.wrong.empty()) {
		if (b.size() < kCount) {
			t.wrong = "a count of " + std::to_string(b.size()) + " bytes";
			break;
		}
		if (std::all_of(b.begin(), b.begin() + kCount, [](std::uint8_t x) { return x == 0xff; })) {
			t.ended = true;
			b = b.subspan(kCount);
			break;
		}
		const std::size_t kl = b[5], dl = load16(&b[6]);
		if (b.size() - kCount < kl + dl) {
			t.wrong = "record " + std::to_string(b[4]) + " wants " + std::to_string(kl + dl) +
				  " bytes, there are " + std::to_string(b.size() - kCount);
			break;
		}
		t.records.push_back({load16(&b[0]), load16(&b[2]), b[4], b.subspan(kCount, kl), b.subspan(kCount + kl, dl)});
		b = b.subspan(kCount + kl + dl);
	}
	if (t.ended && !b.empty())
		t.wrong = std::to_string(b.size()) + " bytes behind the end of the track";
	return t;
}

std::string dump_text(std::span<const std::uint8_t> bytes, std::size_t most, int indent)
{
	constexpr std::size_t kLine = 16;
	const std::size_t end = std::min(most, bytes.size());
	std::string out;

	for (std::size_t at = 0; at < end; at += kLine) {
		const auto line = bytes.subspan(at, std::min(kLine, end - at));
		std::string hex = hex_bytes(line.data(), line.size());
		hex.resize(kLine * 3, ' ');
		std::string where = to_hex(at, 4).substr(2);
		out += std::string(static_cast<std::size_t>(indent), ' ') + where + "  " + hex + " " + ebcdic_text(line) + "\n";
	}
	if (end < bytes.size() && most)
		out += std::string(static_cast<std::size_t>(indent), ' ') + "... " + std::to_string(bytes.size() - end) + " more\n";
	return out;
}

} // namespace client
