// SPDX-License-Identifier: GPL-2.0-only
#include <algorithm>
#include <cstring>

#include "../base/number.hpp"
#include "assembler.hpp"

namespace client {

bool is_ccw_line(const ScriptLine &l)
{
	return l.verb == "ccw0" || l.verb == "ccw1" || l.verb == "tic";
}

std::vector<std::uint8_t> hex_bytes_of(const ScriptLine &l, const std::string &hex)
{
	std::vector<std::uint8_t> out;

	if (hex.size() % 2)
		l.fail("hex= needs two digits a byte");
	for (std::size_t i = 0; i < hex.size(); i += 2)
		out.push_back(static_cast<std::uint8_t>(parse_number(hex.substr(i, 2), "hex", 16)));
	return out;
}

static unsigned ccw_flags(const ScriptLine &l)
{
	static const struct {
		const char *name;
		unsigned bit;
	} names[] = {{"cd", kCcwCd}, {"cc", kCcwCc}, {"sli", kCcwSli}, {"skip", kCcwSkip},
		     {"pci", kCcwPci}, {"ida", kCcwIda}, {"suspend", kCcwSuspend}, {"mida", kCcwMida}};
	const auto it = l.keys.find("flags");
	unsigned flags = 0;

	if (it == l.keys.end())
		return 0;
	for (std::size_t at = 0; at <= it->second.size();) {
		const std::size_t comma = std::min(it->second.find(',', at), it->second.size());
		const std::string word = it->second.substr(at, comma - at);
		bool known = false;
		for (const auto &n : names) {
			if (word == n.name) {
				flags |= n.bit;
				known = true;
			}
		}
		if (!known)
			flags |= static_cast<unsigned>(parse_number(word, "flags", 16)) & 0xff;
		at = comma + 1;
	}
	return flags;
}

void Assembler::set_orb(const ScriptLine &l)
{
	out_.orb.key = static_cast<unsigned>(l.number_of("key", out_.orb.key)) & 0xf;
	out_.orb.lpm = static_cast<unsigned>(l.number_of("lpm", out_.orb.lpm, 16)) & 0xff;
	for (const auto &w : l.words)
		if (!out_.orb.set_flag(w, true))
			l.fail("the ORB has no flag '" + w + "'");
	for (const auto &[k, v] : l.keys)
		if (k != "key" && k != "lpm" && !out_.orb.set_flag(k, v != "0"))
			l.fail("the ORB has no flag '" + k + "'");
}

void Assembler::add_expectation(const ScriptLine &l)
{
	Expectation e;

	l.only({"start", "dstat", "cstat", "count", "cpa", "data", "hex"}, 0);
	if (l.keys.count("start"))
		e.start = l.need("start");
	if (l.keys.count("dstat"))
		e.dstat = static_cast<unsigned>(l.number_of("dstat", 0, 16));
	if (l.keys.count("cstat"))
		e.cstat = static_cast<unsigned>(l.number_of("cstat", 0, 16));
	if (l.keys.count("count"))
		e.count = static_cast<unsigned>(l.number_of("count", 0));
	if (l.keys.count("cpa"))
		e.cpa = static_cast<std::uint32_t>(reference(l, l.need("cpa")));
	if (l.keys.count("data")) {
		e.data = reference(l, l.need("data"));
		e.bytes = hex_bytes_of(l, l.need("hex"));
		memory_.at(*e.data, e.bytes.size());
	}
	out_.expectations.push_back(e);
}

void Assembler::emit_ccw(const ScriptLine &l, std::uint64_t at)
{
	Ccw c;

	if (l.verb == "tic") {
		l.only({"to", "flags", "count"}, 0);
		c.cmd = kCmdTic;
		c.data = static_cast<std::uint32_t>(reference(l, l.need("to")));
	} else {
		l.only({"cmd", "flags", "count", "data"}, 0);
		l.need("cmd");
		c.cmd = static_cast<unsigned>(l.number_of("cmd", 0, 16)) & 0xff;
		c.data = l.keys.count("data") ? static_cast<std::uint32_t>(reference(l, l.need("data"))) : 0;
	}
	c.flags = ccw_flags(l);
	c.count = static_cast<unsigned>(l.number_of("count", 0));
	if (c.count > 0xffff)
		l.fail("count= is at most 65535");
	encode_ccw(memory_.at(at, 8), c, out_.orb.fmt);
}

void Assembler::emit()
{
	for (std::size_t i = 0; i < lines_.size(); i++) {
		const ScriptLine &l = lines_[i];
		if (is_ccw_line(l))
			emit_ccw(l, where_[i]);
		else if (l.verb == "expect")
			add_expectation(l);
		else if (l.verb == "start" && l.words.size() == 1)
			out_.orb.cpa = static_cast<std::uint32_t>(reference(l, l.words[0]));
		else if (l.verb == "store" && l.words.size() == 1) {
			const auto b = hex_bytes_of(l, l.need("hex"));
			std::memcpy(memory_.at(reference(l, l.words[0]), b.size()), b.data(), b.size());
		} else if (l.verb != "buf" && l.verb != "idal" && l.verb != "midal" && l.verb != "label" &&
			   l.verb != "org" && l.verb != "orb")
			l.fail("'" + l.verb + "' is no statement, or lacks a word");
	}
}

Assembled Assembler::run()
{
	bool format0 = false, format1 = false;

	for (const auto &l : lines_) {
		format0 = format0 || l.verb == "ccw0";
		format1 = format1 || l.verb == "ccw1";
		if (format0 && format1)
			l.fail("a program has CCWs of one format only");
	}
	out_.orb.fmt = !format0;
	reserve_fixed();
	place_chain();
	place_buffers();
	place_lists();
	for (const auto &l : lines_)
		if (l.verb == "orb")
			set_orb(l);
	emit();
	return std::move(out_);
}

Assembled assemble(const std::vector<ScriptLine> &lines, GuestMemory &memory, std::uint64_t ro_base)
{
	return Assembler(lines, memory, ro_base).run();
}

} // namespace client
