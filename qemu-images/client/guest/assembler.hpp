// SPDX-License-Identifier: GPL-2.0-only
// The two passes over a parsed script: placing (addresses for everything that
// has a name), then emitting (bytes into guest storage).
#pragma once

#include "script.hpp"

namespace client {

class Assembler {
public:
	Assembler(const std::vector<ScriptLine> &lines, GuestMemory &memory, std::uint64_t ro_base)
		: lines_(lines), memory_(memory), ro_base_(ro_base), ro_next_(ro_base)
	{
	}
	Assembled run();

private:
	void reserve_fixed();
	void place_chain();
	void place_buffers();
	void place_lists();
	void emit();
	void define(const ScriptLine &l, const std::string &name, std::uint64_t gpa);
	std::uint64_t reference(const ScriptLine &l, const std::string &text) const;
	std::uint64_t place_buffer(const ScriptLine &l, std::uint64_t size);
	void list_of_idaws(const ScriptLine &l);
	void list_of_midaws(const ScriptLine &l);
	void set_orb(const ScriptLine &l);
	void add_expectation(const ScriptLine &l);
	void emit_ccw(const ScriptLine &l, std::uint64_t at);

	const std::vector<ScriptLine> &lines_;
	GuestMemory &memory_;
	std::uint64_t ro_base_, ro_next_;
	std::map<std::string, std::uint64_t> names_;
	std::vector<std::uint64_t> where_;	// of each line's CCW
	Assembled out_;
};

bool is_ccw_line(const ScriptLine &line);
std::vector<std::uint8_t> hex_bytes_of(const ScriptLine &line, const std::string &hex);

} // namespace client
