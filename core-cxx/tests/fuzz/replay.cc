// SPDX-License-Identifier: GPL-2.0-only
// Runs inputs of the fuzzer without it: replay FILE|FOLDER...  One line each.
#include "harness.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace fs = std::filesystem;

int main(int argc, char **argv)
{
	std::set<fs::path> files;
	int bad = 0;

	for (int i = 1; i < argc; i++) {
		if (fs::is_directory(argv[i]))
			for (const auto &e : fs::directory_iterator(argv[i]))
				files.insert(e.path());
		else
			files.insert(argv[i]);
	}
	for (const fs::path &file : files) {
		std::ifstream in(file, std::ios::binary);
		const std::string bytes((std::istreambuf_iterator<char>(in)), {});
		const std::string name = file.filename().string();

		if (!in) {
			std::printf("not ok fuzz input %s: can't be read\n", name.c_str());
			bad++;
			continue;
		}

		const std::string fault = vccw_test::fuzz_one(
			reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size());

		if (fault.empty())
			std::printf("ok fuzz input %s\n", name.c_str());
		else
			std::printf("not ok fuzz input %s: %s\n", name.c_str(), fault.c_str());
		std::fflush(stdout);
		bad += !fault.empty();
	}
	if (files.empty())
		std::fprintf(stderr, "no inputs\n");
	return bad || files.empty();
}
