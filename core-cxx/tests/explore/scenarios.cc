// SPDX-License-Identifier: GPL-2.0-only
// What is explored: a name, what it is about, the requests of the two clients
// (client.cc explains them), cio's events, what the channel may do besides,
// and how many interrupts wait in the queue at the beginning.
#include "world.hpp"

namespace explore {
namespace {

// clang-format off
const Scenario usual[] = {
	{"clear-start", "CLEAR, then START: the race that started it all", "CS1", "L", "", {}, 0},
	{"halt-clear-start", "HALT, CLEAR, then START", "HCS1", "L", "", {}, 0},
	{"start-start", "one program after the other", "S1S2", "L", "", {.intermediate = 1}, 0},
	{"two-starts", "two clients START at once", "S1R", "S2S3", "", {.unsolicited = 1}, 0},
	{"halt", "HALT of a program, and another START", "S1HS2", "L", "", {.intermediate = 1}, 0},
	{"clear", "CLEAR of a program, and another START", "S1CS2", "L", "", {.unsolicited = 1}, 0},
	{"halt-clear", "HALT and CLEAR against two STARTs", "S1S2", "HC", "", {}, 0},
	{"clear-clear", "CLEARs against a START", "CS1C", "CL", "", {}, 0},
	{"idle", "HALT and CLEAR of an idle device", "HC", "CL", "", {.unsolicited = 1}, 0},
	{"start-unread", "START with status published and not read", "S1", "L", "", {}, 2},
	{"unsolicited", "unsolicited status around STARTs", "S1S2", "L", "", {.unsolicited = 3}, 0},
	{"suspended", "suspended programs are halted and cleared", "S1HS2", "CL", "",
		{.suspend = 2, .no_end = true}, 0},
	{"device-end", "channel end first, device end later", "S1S2", "L", "", {.primary = 2}, 0},
	{"device-end-clear", "... and HALT or CLEAR between them", "S1HS2", "CL", "",
		{.primary = 1}, 0},
	{"device-end-unread", "device end comes while channel end is not readable", "S1S2", "PL",
		"", {.primary = 1}, 1},
	{"device-end-close", "... and close between them", "S1S2", "QO", "", {.primary = 1}, 0},
	{"device-end-unmap", "... and unmap between them", "S1H", "U1L", "", {.primary = 1}, 0},
	{"device-end-unmap-unread", "... while channel end is not readable", "S1H", "PU1L", "",
		{.primary = 1}, 1},
	{"halt-apart", "HALT is answered with channel end", "S1HS2", "L", "",
		{.intermediate = 1, .primary = 2}, 0},
	{"deferred-1", "status crosses START", "S1S2", "L", "",
		{.unsolicited = 1, .deferred1 = 2}, 0},
	{"deferred-3", "no path is operational", "S1S2", "HL", "", {.deferred3 = 2}, 0},
	{"deferred-clear", "... and CLEAR", "S1CS2", "L", "", {.deferred1 = 1, .deferred3 = 1}, 0},
	{"deferred-full-queue", "... with the queue full", "S1S2", "HL", "", {.deferred1 = 1}, 13},
	{"deferred-close", "... and close", "S1", "QOS2", "", {.deferred1 = 1}, 0},
	{"deferred-unmap", "... and unmap, reset", "S1S2", "U1XL", "", {.deferred3 = 1}, 0},
	{"halt-refused", "HALT cannot be signalled on the path", "S1HS2", "LS3", "",
		{.intermediate = 1, .refused = 1}, 0},
	{"halt-refused-clear", "... and CLEAR", "S1H", "CS2L", "",
		{.intermediate = 1, .refused = 2}, 0},
	{"halt-refused-close", "... and close, open", "S1H", "QOS2", "",
		{.intermediate = 1, .refused = 1}, 0},
	{"halt-refused-unmap", "... and unmap", "S1H", "U1L", "",
		{.intermediate = 1, .refused = 1, .timeouts = 1}, 0},
	{"halt-refused-eaten", "... whose status is taken in vain", "S1H", "U1L", "",
		{.intermediate = 1, .refused = 1, .timeouts = 1, .eaten = 1}, 0},
	{"clear-refused", "CLEAR cannot be signalled on the path", "S1CS2", "L", "",
		{.intermediate = 1, .refused = 1}, 0},
	{"no-path", "START meets cc 3, others go on", "S1S2", "CL", "", {.start_cc3 = 1}, 0},
	{"poll", "a reader that does not wait, and one that does", "PPP", "S1L", "",
		{.unsolicited = 2}, 0},
	{"full-queue", "nobody reads, and more comes", "S1S2", "H", "",
		{.intermediate = 2, .unsolicited = 2}, 13},
	{"full-queue-clear", "... with CLEAR and a reader", "S1CS2", "R", "",
		{.intermediate = 1}, 14},
	{"close", "close with a program in flight", "S1S2", "Q", "",
		{.intermediate = 1, .timeouts = 1}, 0},
	{"close-pci", "... which has an interrupt pending when it is to be cancelled", "S1", "Q", "",
		{.intermediate = 2, .no_end = true}, 0},
	{"close-read", "close while status is read and cleared", "CR", "Q", "",
		{.unsolicited = 1}, 1},
	{"close-release", "close while the reader releases what has ended", "S1R", "Q", "", {}, 0},
	{"close-suspended", "close with a suspended program", "S1", "LQ", "", {.suspend = 1}, 0},
	{"reopen", "close, open, START", "S1", "QOS2", "", {.unsolicited = 1}, 0},
	{"reset", "reset under load", "S1S2", "XR", "", {.intermediate = 1, .unsolicited = 1}, 0},
	{"early", "status before the client's first request, and around it", "XTLH", "CL", "",
		{.unsolicited = 3}, 0},
	{"reset-unread", "reset with status unread, a wake on its way", "XTS1", "PL", "",
		{.unsolicited = 1}, 2},
	{"reset-reports", "reset with channel reports unread", "XS1", "W", "cc", {}, 0},
	{"reset-halt", "reset against HALT and CLEAR", "S1HC", "XS2", "", {}, 0},
	{"reset-reset", "reset, reset, close", "S1XS2", "XQ", "", {}, 0},
	{"unmap", "memory of a running program goes away", "S1S2", "U1L", "",
		{.intermediate = 1}, 0},
	{"unmap-halt", "... while it is halted", "S1H", "U1L", "", {.timeouts = 1}, 0},
	{"unmap-clear", "... while it is cleared", "S1C", "U1L", "", {.timeouts = 1}, 0},
	{"unmap-eaten", "... and its status is taken in vain", "S1", "U1L", "",
		{.timeouts = 1, .eaten = 1}, 0},
	{"unmap-eaten-halt", "... HALT's", "S1H", "U1L", "", {.timeouts = 1, .eaten = 1}, 0},
	{"unmap-eaten-clear", "... CLEAR's", "S1C", "U1L", "", {.timeouts = 1, .eaten = 1}, 0},
	{"vary", "the host halts what runs on a path that is varied off", "S1S2", "L", "v",
		{.intermediate = 1, .primary = 1}, 0},
	{"vary-async", "... and so does the client, or it clears", "S1H", "CL", "v", {}, 0},
	{"vary-refused", "... and cannot", "S1S2", "L", "v", {.intermediate = 1, .refused = 1}, 0},
	{"vary-unmap", "... and memory goes away", "S1", "U1L", "v", {.timeouts = 1}, 0},
	{"unmap-full-queue", "... with the queue full", "S1", "U1L", "",
		{.intermediate = 1, .timeouts = 1, .no_end = true}, 14},
	{"unmap-release", "... while the reader releases it", "S1R", "U1L", "", {}, 0},
	{"unmap-other", "memory that another program uses", "S1S2", "U2L", "", {}, 0},
	{"shut", "the host shuts the device under load", "S1S2", "DL", "", {.intermediate = 1}, 0},
	{"shut-async", "... with HALT and CLEAR, a suspended program", "S1HC", "DR", "",
		{.suspend = 1, .timeouts = 1}, 0},
	{"shut-close", "... and close, open", "S1QO", "D", "", {.primary = 1, .timeouts = 1}, 0},
	{"shut-reset", "... and reset, again", "S1XQ", "DD", "", {}, 0},
	{"shut-unmap", "... and unmap", "S1U1", "DQ", "", {.timeouts = 1}, 0},
	{"shut-stuck", "... of a device that answers nothing", "S1HQ", "D", "",
		{.timeouts = 1, .no_end = true, .stuck = true}, 0},
	{"shut-gone", "... and it goes", "S1Q", "D", "n", {.gone = 1, .timeouts = 1}, 0},
	{"gone", "not operational during a START", "S1S2", "L", "n", {.gone = 1}, 0},
	{"gone-async", "... with HALT and CLEAR", "S1H", "CL", "n", {.gone = 1}, 0},
	{"gone-close", "... with close", "S1", "Q", "n", {.gone = 1}, 0},
	{"gone-close-read", "... of a client that has read", "S1R", "Q", "n", {.gone = 1}, 0},
	{"gone-reset", "... with reset, open", "S1", "XQO", "n", {.gone = 1}, 0},
	{"gone-reopen", "... with close, open, close", "S1H", "QOQ", "n",
		{.primary = 1, .gone = 1, .timeouts = 1}, 1},
	{"gone-unmap", "... with unmap", "S1", "U1R", "n", {.gone = 1}, 0},
	{"stuck-close", "a channel that never completes HALT and CLEAR", "S1", "Q", "",
		{.intermediate = 1, .no_end = true, .stuck = true}, 0},
	{"stuck-unmap", "... and unmap, reset", "S1S2", "U1XQ", "",
		{.no_end = true, .stuck = true}, 0},
	{"stuck-read", "... and unmap, and its status is read", "S1H", "U1L", "",
		{.no_end = true, .stuck = true}, 0},
	{"stuck-gone", "... and then it is gone", "S1", "Q", "n",
		{.gone = 1, .no_end = true, .stuck = true}, 0},
	{"stuck-all", "... with unmap and close", "S1H", "U1Q", "n",
		{.suspend = 1, .gone = 1, .timeouts = 1, .no_end = true, .stuck = true}, 0},
	{"eventfd", "the eventfd is removed and replaced", "-+", "L", "", {.unsolicited = 2}, 0},
	{"eventfd-late", "status from before the eventfd", "-S1+", "L", "", {}, 0},
	{"eventfd-load", "the eventfd is replaced under load", "-+-+", "S1L", "",
		{.intermediate = 1, .unsolicited = 1}, 0},
	{"reports", "channel reports in order", "S1", "W", "ccc", {}, 0},
	{"reports-unmap", "... while memory is unmapped", "S1U1", "W", "cc", {}, 0},
	{"reports-wake", "... one read for each wake", "S1", "V", "ccc", {}, 0},
};

// Minutes, and up to some GiB.
const Scenario large[] = {
	{"deep-mix", "HALT, CLEAR and STARTs of two clients", "S1HS2", "CS3L", "",
		{.intermediate = 1}, 0},
	{"deep-status", "all kinds of status at once", "S1S2", "HL", "",
		{.intermediate = 1, .suspend = 1, .primary = 1, .unsolicited = 1}, 0},
	{"deep-full-queue", "a full queue, CLEAR and a reader", "S1CS2", "RR", "",
		{.intermediate = 1, .unsolicited = 1}, 14},
	{"deep-close", "close, open, with all kinds of status", "S1CS2", "QOS3", "",
		{.intermediate = 1, .primary = 1, .unsolicited = 1, .timeouts = 1}, 1},
	{"deep-reset", "resets, HALT, and a reader", "S1HS2", "XXL", "",
		{.primary = 1, .unsolicited = 1, .timeouts = 1}, 0},
	{"deep-unmap", "unmaps of two pages under load", "S1S2H", "U1U2L", "",
		{.intermediate = 1, .primary = 1, .timeouts = 1}, 0},
	{"deep-gone", "not operational in everything else", "S1CS2", "XL", "n",
		{.unsolicited = 1, .gone = 1, .timeouts = 1}, 0},
};
// clang-format on

constexpr std::size_t kUsual = sizeof(usual) / sizeof(*usual);
constexpr std::size_t kLarge = sizeof(large) / sizeof(*large);

} // namespace

const Scenario *scenarios(bool deep, std::size_t *count)
{
	static Scenario all[kUsual + kLarge];

	for (std::size_t i = 0; i < kUsual + kLarge; i++)
		all[i] = i < kUsual ? usual[i] : large[i - kUsual];
	*count = deep ? kUsual + kLarge : kUsual;
	return all;
}

} // namespace explore
