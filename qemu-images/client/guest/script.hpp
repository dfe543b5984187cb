// SPDX-License-Identifier: GPL-2.0-only
// A channel program written as text: parsed into lines of words, then laid out
// in guest storage.  The syntax is told by script_syntax().
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chain.hpp"
#include "memory.hpp"
#include "orb.hpp"

namespace client {

// One line: a verb, plain words, and key=value words.
struct ScriptLine {
	unsigned number = 0;	// in the text, from 1
	std::string verb;	// "label" for NAME:
	std::vector<std::string> words;
	std::map<std::string, std::string> keys;

	[[noreturn]] void fail(const std::string &what) const;
	std::string need(const std::string &key) const;
	std::uint64_t number_of(const std::string &key, std::uint64_t otherwise, int base = 0) const;
	void only(std::initializer_list<const char *> keys, std::size_t words) const;
};

// Comments dropped, `repeat` blocks unrolled.  Errors name the line.
std::vector<ScriptLine> parse_script(const std::string &text);

struct Buffer {
	std::string name;
	std::uint64_t gpa = 0;
	std::uint32_t length = 0;
};

struct Expectation {
	std::optional<std::string> start;	// "0" or an errno's name
	std::optional<unsigned> dstat, cstat, count;
	std::optional<std::uint32_t> cpa;
	std::optional<std::uint64_t> data;	// guest address that must hold `bytes`
	std::vector<std::uint8_t> bytes;
};

struct Assembled {
	Orb orb;
	std::size_t ccws = 0;
	std::vector<Buffer> buffers;
	std::vector<Expectation> expectations;
};

// Lays the program out; `ro_base` is where a read-only area may be added.
Assembled assemble(const std::vector<ScriptLine> &lines, GuestMemory &memory, std::uint64_t ro_base);

const char *script_syntax();

} // namespace client
