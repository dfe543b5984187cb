// SPDX-License-Identifier: GPL-2.0-only
// Prints the state table for scripts/check/pictures: state, event, action, next state and the
// reason, separated by tabs.  Names are those of the enumerators.
#include "../../device/fsm.hpp"

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace vccw;

// "StartCc0" of State::kStartCc0, as the compiler writes it.
template <auto Value> std::string enumerator()
{
	const std::string_view text = __PRETTY_FUNCTION__;
	const auto from = text.rfind("::k") + 3;

	return std::string(text.substr(from, text.find_first_of(";]", from) - from));
}

template <class Enum, unsigned... I>
std::string name_of(Enum value, std::integer_sequence<unsigned, I...>)
{
	std::string name;

	static_cast<void>(((Enum(I) == value && (name = enumerator<Enum(I)>(), true)) || ...));
	return name;
}

template <unsigned Count, class Enum> std::string name(Enum value)
{
	return name_of(value, std::make_integer_sequence<unsigned, Count>());
}

} // namespace

int main()
{
	constexpr u32 actions = u32(Action::kBroken) + 1;

	for (u32 s = 0; s < kStates; s++) {
		for (u32 e = 0; e < kEvents; e++) {
			const Cell &c = cell(State(s), Event(e));

			std::printf("%s\t%s\t%s\t%s\t%s\n", name<kStates>(State(s)).c_str(),
				    name<kEvents>(Event(e)).c_str(),
				    name<actions>(c.action).c_str(), name<kStates>(c.next).c_str(),
				    c.why);
		}
	}
	return 0;
}
