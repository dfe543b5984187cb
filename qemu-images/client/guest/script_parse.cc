// SPDX-License-Identifier: GPL-2.0-only
#include <algorithm>
#include <sstream>

#include "../base/error.hpp"
#include "../base/number.hpp"
#include "script.hpp"

namespace client {

static constexpr std::size_t kMaxLines = 1000000;

void ScriptLine::fail(const std::string &what) const
{
	throw usage_error("line " + std::to_string(number) + ": " + what, "see `vccw program --help`");
}

std::string ScriptLine::need(const std::string &key) const
{
	const auto it = keys.find(key);

	if (it == keys.end() || it->second.empty())
		fail("'" + verb + "' needs " + key + "=");
	return it->second;
}

std::uint64_t ScriptLine::number_of(const std::string &key, std::uint64_t otherwise, int base) const
{
	const auto it = keys.find(key);

	if (it == keys.end())
		return otherwise;
	try {
		return parse_number(it->second, key, base);
	} catch (const Error &e) {
		fail(e.what());
	}
}

void ScriptLine::only(std::initializer_list<const char *> allowed, std::size_t most_words) const
{
	for (const auto &key : keys)
		if (std::find(allowed.begin(), allowed.end(), key.first) == allowed.end())
			fail("'" + verb + "' does not know " + key.first + "=");
	if (words.size() > most_words)
		fail("'" + words.back() + "' is one word too many");
}

static ScriptLine split(const std::string &text, unsigned number)
{
	ScriptLine line;
	std::istringstream in(text);
	std::string word;

	line.number = number;
	in >> line.verb;
	if (line.verb.size() > 1 && line.verb.back() == ':') {
		line.words.push_back(line.verb.substr(0, line.verb.size() - 1));
		line.verb = "label";
	}
	while (in >> word) {
		const std::size_t eq = word.find('=');
		if (eq == std::string::npos || eq == 0)
			line.words.push_back(word);
		else if (!line.keys.emplace(word.substr(0, eq), word.substr(eq + 1)).second)
			line.fail(word.substr(0, eq) + "= is given twice");
	}
	return line;
}

static std::string replace(std::string text, const std::string &what, const std::string &with)
{
	for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
		text.replace(at, what.size(), with);
	return text;
}

namespace {
struct Raw {
	unsigned number;
	std::string text;
};
} // namespace

static std::vector<Raw> raw_lines(const std::string &text)
{
	std::vector<Raw> out;
	std::istringstream in(text);
	std::string s;

	for (unsigned number = 1; std::getline(in, s); number++) {
		s = s.substr(0, s.find('#'));
		if (s.find_first_not_of(" \t\r") != std::string::npos)
			out.push_back({number, s});
	}
	return out;
}

std::vector<ScriptLine> parse_script(const std::string &text)
{
	const auto raw = raw_lines(text);
	std::vector<ScriptLine> out;

	for (std::size_t i = 0; i < raw.size(); i++) {
		ScriptLine line = split(raw[i].text, raw[i].number);
		if (line.verb == "end")
			line.fail("'end' without 'repeat'");
		if (line.verb != "repeat") {
			out.push_back(line);
			continue;
		}
		if (line.words.size() != 1)
			line.fail("'repeat' needs a number");
		const std::uint64_t times = parse_number(line.words[0], "repeat");
		std::size_t last = i + 1;
		while (last < raw.size() && split(raw[last].text, 0).verb != "end")
			last++;
		if (last == raw.size())
			line.fail("'repeat' without 'end'");
		if (times > kMaxLines || out.size() + times * (last - i) > kMaxLines)
			line.fail("the program becomes longer than " + std::to_string(kMaxLines) + " lines");
		for (std::uint64_t n = 0; n < times; n++) {
			for (std::size_t k = i + 1; k < last; k++) {
				std::string t = replace(raw[k].text, "%i", std::to_string(n));
				ScriptLine body = split(replace(t, "%n", std::to_string(n + 1)), raw[k].number);
				if (body.verb == "repeat")
					body.fail("'repeat' inside 'repeat'");
				out.push_back(body);
			}
		}
		i = last;
	}
	return out;
}

const char *script_syntax()
{
	return "A program is text, one statement a line; # starts a comment.  Numbers are decimal or\n"
	       "0x...; cmd, flags as a number, lpm, fill, dstat and cstat are hexadecimal without 0x.\n"
	       "\n"
	       "  ccw1 cmd=e4 flags=sli,cc count=64 data=REF   a format-1 CCW (ccw0: format 0)\n"
	       "       flags: cd cc sli skip pci ida suspend mida, or one number\n"
	       "  tic to=REF                      TRANSFER IN CHANNEL\n"
	       "  NAME:                           a label for the next CCW\n"
	       "  org ADDRESS                     what follows goes to this guest address\n"
	       "  buf NAME size=N [at=ADDRESS] [align=N] [fill=XX] [hex=BYTES | text=WORD] [ro]\n"
	       "       data; text: in EBCDIC, _ is a blank; ro: mapped read-only for the device\n"
	       "  idal NAME kind=1|2k|4k data=REF len=N [at=ADDRESS]\n"
	       "       a list of IDAWs; kind 2k and 4k also set c64 (and i2k) in the ORB\n"
	       "  midal NAME REF:COUNT[:skip] ... a list of MIDAWs; also sets midaw in the ORB\n"
	       "  store REF hex=BYTES             bytes at any guest address\n"
	       "  orb [key=N] [lpm=XX] [FLAG | FLAG=0|1 ...]\n"
	       "       flags: spnd strm modif sync fmt1 pfch isic alcc ssic transport c64 i2k ils\n"
	       "       midaw orbx; pfch is set unless pfch=0 is given\n"
	       "  start REF                       where the program begins (default: its first CCW)\n"
	       "  repeat N / end                  the lines between, N times; %i is the turn from 0,\n"
	       "                                  %n the one after it\n"
	       "  expect [start=0|ERRNO] [dstat=XX] [cstat=XX] [count=N] [cpa=REF]\n"
	       "  expect data=REF hex=BYTES       storage after the end\n"
	       "\n"
	       "REF is NAME, NAME+N, or a guest address.  Example:\n"
	       "\n"
	       "  buf id size=64\n"
	       "  ccw1 cmd=03 flags=cc,sli count=1 data=id\n"
	       "  tic to=more\n"
	       "  org 0x200000\n"
	       "  more: \n"
	       "  ccw1 cmd=e4 flags=sli count=64 data=id\n"
	       "  expect dstat=0c cstat=0 cpa=more+8\n";
}

} // namespace client
