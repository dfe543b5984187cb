// SPDX-License-Identifier: GPL-2.0-only
#include "columns.hpp"

#include <algorithm>
#include <cstdio>

namespace explore {

void Columns::print(const char *indent) const
{
	static const char *const names[] = {"client A", "client B", "interrupt", "work item",
					    "cio",      "explorer", "channel"};
	constexpr int kColumns = kChannel + 1;
	std::size_t widths[kColumns] = {};

	for (const Line &l : lines_)
		widths[l.column] = std::max(
			{widths[l.column], l.text.size(), std::string(names[l.column]).size()});

	const auto row = [&](int column, const char *const *texts, const char *text) {
		std::string out = indent;

		for (int i = 0; i < kColumns; i++) {
			if (!widths[i])
				continue;
			std::string cell = texts ? texts[i] : i == column ? text : "";
			cell.resize(widths[i] + 2, ' ');
			out += cell;
		}
		while (out.back() == ' ')
			out.pop_back();
		std::puts(out.c_str());
	};

	row(-1, names, nullptr);
	for (const Line &l : lines_)
		row(l.column, nullptr, l.text.c_str());
}

} // namespace explore
