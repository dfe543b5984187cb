// SPDX-License-Identifier: GPL-2.0-only
#include "account.hpp"

#include "../base/fd.hpp"
#include "../base/number.hpp"

namespace client {

bool says_broken_off(const Irb &irb)
{
	return irb->fctl() == kFctlStart && (irb->cstat & kCstatInterfaceCheck) && !irb->cpa;
}

static bool is_channel_end_alone(const Irb &irb)
{
	return irb->fctl() == kFctlStart && (irb->stctl() & kStctlPrimary) &&
	       !(irb->stctl() & kStctlSecondary);
}

std::string Account::take(const Irb &irb, std::uint64_t host_halts, bool may_be_unsolicited)
{
	if (irb.empty())
		return may_be_stale(1) ? "" : "a wake without a status";
	read++;
	if (!irb->pending())
		return "a status that is none: " + irb->line();
	if (says_broken_off(irb) && ++broken_off > unmaps + host_halts)
		return "a program broken off without an unmap or a HALT of the host's: " + irb->line();
	if (irb->fctl() & kFctlClear)
		clear.seen++;
	if (irb->fctl() & kFctlHalt)
		halt.seen++;
	if ((irb->fctl() & kFctlStart) && irb->clears_functions())
		start.seen++;
	if (is_channel_end_alone(irb))
		device_ends_due++;
	if (!irb->fctl() && (irb->stctl() & kStctlSecondary) && device_ends_due) {
		device_ends_due--;
		return "";
	}
	if (!irb->fctl()) {
		unsolicited++;
		return may_be_unsolicited ? "" : "an unsolicited status: " + irb->line();
	}
	if (clear.more_than_asked())
		return "more statuses of CLEAR than CLEARs: " + irb->line();
	if (start.more_than_asked())
		return "more final statuses of START than STARTs: " + irb->line();
	if (halt.more_than_asked())
		return "more statuses of HALT than HALTs: " + irb->line();
	return "";
}

std::string Account::settle(const std::string &stats, const std::string &bytes) const
{
	const auto get = [&](const char *name) {
		return parse_number(read_text(stats + "/" + name), stats + "/" + name);
	};
	std::string wrong;
	const auto must = [&](bool ok, const std::string &what) {
		if (!ok)
			wrong += (wrong.empty() ? "" : "; ") + what;
	};
	const auto n = [](std::uint64_t v) { return std::to_string(v); };
	const std::uint64_t interrupts = get("interrupts"), published = get("irbs_published");
	const std::uint64_t gone = published + get("irbs_dropped") + get("irbs_cleared") +
				   get("irbs_merged") + get("queued");

	must(get("starts") == start.accepted(),
	     "starts " + n(get("starts")) + ", accepted " + n(start.accepted()));
	must(get("programs_released") == get("starts"),
	     "programs_released " + n(get("programs_released")) + ", starts " + n(get("starts")));
	must(get("pages_pinned") == 0, "pages_pinned " + n(get("pages_pinned")));
	must(get("queued") == 0, "queued " + n(get("queued")));
	must(read_text(stats + "/bytes") == bytes,
	     "bytes " + read_text(stats + "/bytes") + ", before " + bytes);
	must(read_text(stats + "/state") == "STANDBY", "state " + read_text(stats + "/state"));
	must(gone >= interrupts && gone - interrupts <= unmaps,
	     "interrupts " + n(interrupts) + ", published, dropped or cleared " + n(gone));
	must(read <= published && published - read <= closes + resets,
	     "published " + n(published) + ", read " + n(read) + ", closed " + n(closes) +
		     " and reset " + n(resets) + " times");
	return wrong;
}

} // namespace client
