// SPDX-License-Identifier: GPL-2.0-only
#include <algorithm>
#include <cstring>

#include "../base/error.hpp"
#include "../base/number.hpp"
#include "../decode/ebcdic.hpp"
#include "assembler.hpp"
#include "indirect.hpp"

namespace client {

static constexpr std::uint64_t kPage = 4096;
static constexpr std::uint64_t kReadOnlyArea = 16 << 20;

void Assembler::define(const ScriptLine &l, const std::string &name, std::uint64_t gpa)
{
	if (name.empty() || (name[0] >= '0' && name[0] <= '9'))
		l.fail("'" + name + "' is no name");
	if (!names_.emplace(name, gpa).second)
		l.fail("'" + name + "' is defined twice");
}

std::uint64_t Assembler::reference(const ScriptLine &l, const std::string &text) const
{
	const std::size_t plus = text.find('+');
	const std::string name = text.substr(0, plus);
	const std::uint64_t offset =
		plus == std::string::npos ? 0 : parse_number(text.substr(plus + 1), "an offset");
	const auto it = names_.find(name);

	if (it != names_.end())
		return it->second + offset;
	if (name.empty() || name[0] < '0' || name[0] > '9')
		l.fail("nothing is called '" + name + "'");
	return parse_number(name, "an address") + offset;
}

// Every place that the text fixes is kept from the allocator.
void Assembler::reserve_fixed()
{
	bool fixed = false;
	std::uint64_t at = 0, begin = 0;

	for (const auto &l : lines_) {
		if (l.verb == "org") {
			if (l.words.size() != 1)
				l.fail("'org' needs an address");
			if (fixed)
				memory_.reserve(begin, at - begin);
			begin = at = parse_number(l.words[0], "org");
			fixed = true;
		} else if (is_ccw_line(l)) {
			at += 8;
		} else if (l.keys.count("at")) {
			memory_.reserve(l.number_of("at", 0), l.number_of("size", l.number_of("len", 0)));
		}
	}
	if (fixed)
		memory_.reserve(begin, at - begin);
}

void Assembler::place_chain()
{
	std::uint64_t leading = 0, at = 0;
	bool first = true;

	for (const auto &l : lines_) {
		if (l.verb == "org")
			break;
		leading += is_ccw_line(l);
	}
	at = memory_.alloc(leading * 8, leading * 8 <= kPage ? kPage : 8);
	for (const auto &l : lines_) {
		where_.push_back(at);
		if (l.verb == "org") {
			at = parse_number(l.words[0], "org");
		} else if (l.verb == "label") {
			l.only({}, 1);
			define(l, l.words[0], at);
		} else if (is_ccw_line(l)) {
			if (first)
				out_.orb.cpa = static_cast<std::uint32_t>(at);
			first = false;
			out_.ccws++;
			at += 8;
		}
	}
	if (first)
		throw usage_error("the program has no CCW", "see `vccw program --help`");
}

// EBCDIC; blanks are written as underscores.
static std::vector<std::uint8_t> text_bytes_of(const ScriptLine &l)
{
	std::string text = l.need("text");

	if (l.keys.count("hex"))
		l.fail("hex= and text= exclude each other");
	std::replace(text.begin(), text.end(), '_', ' ');
	return to_ebcdic(text);
}

std::uint64_t Assembler::place_buffer(const ScriptLine &l, std::uint64_t size)
{
	const std::uint64_t align = l.number_of("align", 8);

	if (!align)
		l.fail("align= must be at least 1");
	if (l.words.size() > 1) {	// read-only for the device
		if (ro_next_ == ro_base_ && memory_.add(ro_base_, kReadOnlyArea, false))
			l.fail("the read-only area cannot be mapped");
		const std::uint64_t at = (ro_next_ + align - 1) / align * align;
		ro_next_ = at + size;
		return at;
	}
	return l.keys.count("at") ? l.number_of("at", 0) : memory_.alloc(size, align);
}

void Assembler::place_buffers()
{
	for (const auto &l : lines_) {
		if (l.verb != "buf")
			continue;
		l.only({"size", "at", "align", "fill", "hex", "text"}, 2);
		if (l.words.empty() || (l.words.size() == 2 && l.words[1] != "ro"))
			l.fail("'buf' needs a name, and knows only 'ro' besides");
		const auto hex = l.keys.count("text") ? text_bytes_of(l) : hex_bytes_of(l, l.keys.count("hex") ? l.need("hex") : "");
		const std::uint64_t size = l.number_of("size", hex.size());
		if (!size || size > 0x7fffffff || hex.size() > size)
			l.fail("size= is missing or wrong");
		const std::uint64_t gpa = place_buffer(l, size);
		std::uint8_t *p = memory_.at(gpa, size);
		std::memset(p, static_cast<int>(l.number_of("fill", 0, 16) & 0xff), size);
		if (!hex.empty())
			std::memcpy(p, hex.data(), hex.size());
		define(l, l.words[0], gpa);
		out_.buffers.push_back({l.words[0], gpa, static_cast<std::uint32_t>(size)});
	}
}

void Assembler::list_of_idaws(const ScriptLine &l)
{
	const std::string kind = l.need("kind");
	const IdaKind k = kind == "1" ? IdaKind::kFormat1 : kind == "2k" ? IdaKind::kFormat2Of2K : IdaKind::kFormat2Of4K;

	l.only({"kind", "data", "len", "at"}, 1);
	if (l.words.empty() || (kind != "1" && kind != "2k" && kind != "4k"))
		l.fail("'idal' needs a name and kind=1, 2k or 4k");
	const auto words = idaws_for(k, reference(l, l.need("data")), static_cast<std::uint32_t>(l.number_of("len", 1)));
	const std::uint64_t bytes = words.size() * ida_word_size(k);
	const std::uint64_t at = l.keys.count("at") ? l.number_of("at", 0) : memory_.alloc(bytes, 8);
	store_idaws(memory_, static_cast<std::uint32_t>(at), k, words);
	define(l, l.words[0], at);
	out_.orb.c64 = out_.orb.c64 || k != IdaKind::kFormat1;
	out_.orb.i2k = out_.orb.i2k || k == IdaKind::kFormat2Of2K;
}

void Assembler::list_of_midaws(const ScriptLine &l)
{
	std::vector<Midaw> list;

	if (l.words.size() < 2)
		l.fail("'midal' needs a name and at least one REF:COUNT");
	for (std::size_t i = 1; i < l.words.size(); i++) {
		const std::string &w = l.words[i];
		const std::size_t a = w.find(':');
		if (a == std::string::npos)
			l.fail("'" + w + "' is not REF:COUNT");
		const std::size_t b = w.find(':', a + 1);
		Midaw m;
		m.data = reference(l, w.substr(0, a));
		m.count = static_cast<unsigned>(parse_number(w.substr(a + 1, b == std::string::npos ? b : b - a - 1), "a MIDAW"));
		m.flags = b != std::string::npos && w.substr(b + 1) == "skip" ? Midaw::kSkip : 0;
		list.push_back(m);
	}
	define(l, l.words[0], make_midal(memory_, list));
	out_.orb.midaw = true;
}

void Assembler::place_lists()
{
	for (const auto &l : lines_) {
		if (l.verb == "idal")
			list_of_idaws(l);
		else if (l.verb == "midal")
			list_of_midaws(l);
	}
}

} // namespace client
