// SPDX-License-Identifier: GPL-2.0-only
// The command `reports`: artificial channel reports of the device's path must
// reach the client, in order and each once.
#include <linux/vfio_ccw.h>

#include "../base/number.hpp"
#include "../cmd/command.hpp"
#include "host.hpp"

namespace client {

namespace {

using Words = std::vector<std::uint32_t>;

std::string text(const Words &words)
{
	std::string out;

	for (const auto w : words)
		out += (out.empty() ? "" : " ") + to_hex(w, 8);
	return out.empty() ? "none" : out;
}

// Until the region is empty.
Words read_all(Session &s)
{
	ccw_crw_region region{};
	Words words;

	while (words.size() < 100 && !s.device().read_crw(region) && region.crw)
		words.push_back(region.crw);
	return words;
}

Words make(unsigned path, std::initializer_list<unsigned> codes)
{
	Words words;

	for (const unsigned code : codes) {
		if (const int err = make_report(kPathReport, code, path))
			throw environment_error("no-report", failed("making a channel report", err),
						"see dmesg");
		words.push_back(report_word(kPathReport, code, path));
	}
	return words;
}

void expect_reports(Report &r, Session &s, const Words &made, const std::string &when)
{
	r.expect(s.crw().wait(s.timeout_ms()), when + ": the eventfd to be signalled", "nothing");
	s.crw().take();
	const Words read = read_all(s);
	r.expect(read == made, when + ": " + text(made), text(read));
	s.crw().take();
	r.expect(!s.crw().wait(50) && read_all(s).empty(), when + ": no further report", "one");
}

int reports(Context &ctx)
{
	Session s(ctx.session);
	Report &r = ctx.report;
	const auto path = static_cast<unsigned>(
		parse_number(path_of(s.mdev().subchannel), "channel path", 16));

	if (!enable_reports(true))
		throw environment_error("no-reports",
					"this kernel makes no artificial channel reports",
					"build one with CONFIG_CIO_INJECT");
	expect_reports(r, s, make(path, {kGone}), "one");
	expect_reports(r, s, make(path, {kInitialized}), "the next");
	expect_reports(r, s, make(path, {kGone, kInitialized, kGone, kInitialized}),
		       "four before a read");

	int err = s.device().set_eventfd(VFIO_CCW_CRW_IRQ_INDEX, -1);
	r.expect(!err, "the eventfd taken away", errno_name(err));
	const Words late = make(path, {kGone, kInitialized});
	r.expect(!s.crw().wait(50), "no signal without an eventfd", "one");
	err = s.device().set_eventfd(VFIO_CCW_CRW_IRQ_INDEX, s.crw().fd());
	r.expect(!err, "the eventfd set again", errno_name(err));
	expect_reports(r, s, late, "two before the eventfd is set");

	// More than there is room for: the last one kept says so.
	Words many;
	for (int i = 0; i < 12; i++)
		for (const auto w : make(path, {kGone, kInitialized}))
			many.push_back(w);
	const Words kept = read_all(s);
	r.expect(!kept.empty() && kept.size() < many.size() && (kept.back() & 1u << 29),
		 "the last of those kept to tell of an overflow", text(kept));
	for (std::size_t i = 0; i < kept.size(); i++)
		r.expect((kept[i] & ~(1u << 29)) == many[i], "the oldest reports, in order",
			 text(kept));
	enable_reports(false);
	return kOk;
}

} // namespace

Command reports_command()
{
	return {"reports",
		"",
		"make channel reports of the device's path, and read them",
		"For tests: takes the device's channel path away and gives it back, artificially.",
		{},
		0,
		reports};
}

} // namespace client
