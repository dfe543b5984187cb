// SPDX-License-Identifier: GPL-2.0-only
// A trace as columns, one for each actor that takes part.
#pragma once

#include "search.hpp"

namespace explore {

class Columns : public Trace {
public:
	void line(Who column, const char *text) override { lines_.push_back({column, text}); }
	void print(const char *indent) const;

private:
	struct Line {
		Who column;
		std::string text;
	};
	std::vector<Line> lines_;
};

} // namespace explore
