// SPDX-License-Identifier: GPL-2.0-only
// The examples in explain/README.md: each must be what the translator says today.
// The programs are described in Linux's drivers (dasd_eckd, tape, raw3270, ctcm) and the
// s390-ccw boot loader; what becomes of them follows from core-cxx/README.md.
#include "../explain/explain.hpp"

#include <fstream>
#include <iterator>
#include <sstream>

#include "../base/number.hpp"
#include "../guest/script.hpp"
#include "check.hpp"
#include "fake_backend.hpp"

namespace client::test {

static const std::string kHere = VCCW_EXPLAIN;

static std::string text_of(const std::string &name)
{
	std::ifstream in(kHere + "/" + name);

	CHECK(bool(in));
	return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// What `vccw explain ARGUMENTS` prints.
static std::string output_of(const std::string &arguments)
{
	constexpr std::uint64_t kSize = 64 << 20;
	FakeBackend fake;
	GuestMemory memory(fake);
	std::istringstream words(arguments);
	std::string word, file, out;
	DeviceClass device = DeviceClass::kUnknown;
	vccw_limits limits = kUsualLimits;

	while (words >> word) {
		if (word == "--class" && words >> word)
			device = class_named(word).value();
		else if (word == "--ccws" && words >> word)
			limits.ccws = static_cast<unsigned>(parse_number(word, "ccws"));
		else
			file = word;
	}
	CHECK(memory.add(0, kSize, true) == 0);
	const auto a = assemble(parse_script(text_of(file)), memory, kSize + (1 << 20));
	for (const auto &line : explain(memory, a.orb, device, limits).lines)
		out += line + "\n";
	return out;
}

void test_explain()
{
	static const std::string prompt = "```\n$ vccw explain ";
	const std::string readme = text_of("README.md");
	unsigned examples = 0;

	for (std::size_t at = 0; (at = readme.find(prompt, at)) != std::string::npos; examples++) {
		const std::size_t line = at + prompt.size();
		const std::size_t first = readme.find('\n', line) + 1;
		const std::size_t end = readme.find("```\n", first);
		const std::string arguments = readme.substr(line, first - 1 - line);

		check(output_of(arguments) == readme.substr(first, end - first), ("vccw explain " + arguments).c_str(), __FILE__,
		      __LINE__);
		at = end;
	}
	CHECK(examples >= 7);
}

} // namespace client::test
