// SPDX-License-Identifier: GPL-2.0-only
#include "explain.hpp"

#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "../../../core-cxx/program/translate.hpp"
#include "../base/bytes.hpp"
#include "../base/error.hpp"
#include "../decode/channel_command.hpp"
#include "port.hpp"

namespace client {
namespace {

// The control unit that the core is told of.
std::uint16_t control_unit_of(DeviceClass device)
{
	switch (device) {
	case DeviceClass::kEckd:
		return 0x3990;
	case DeviceClass::kFba:
		return 0x6310;
	case DeviceClass::kTape:
		return 0x3480;
	case DeviceClass::kReader:
	case DeviceClass::kPunch:
		return 0x3505;
	case DeviceClass::kPrinter:
		return 0x2821;
	case DeviceClass::kConsole:
		return 0x3215;
	case DeviceClass::kTerminal:
		return 0x3274;
	case DeviceClass::kCtca:
		return 0x3088;
	case DeviceClass::kVirtio:
		return 0x3832;
	default:
		return 0;
	}
}

__attribute__((format(printf, 1, 2))) std::string format(const char *how, ...)
{
	char text[400];
	std::va_list args;

	va_start(args, how);
	std::vsnprintf(text, sizeof(text), how, args);
	va_end(args);
	return text;
}

std::string flag_names(unsigned flags)
{
	static const char *const names[] = {"CD", "CC", "SLI", "SKIP", "PCI", "IDA", "S", "MIDA"};
	std::string out;

	for (unsigned i = 0; i < 8; i++)
		if (flags & (0x80u >> i))
			out += (out.empty() ? "" : " ") + std::string(names[i]);
	return out;
}

class Explainer {
	GuestMemory &memory_;
	const Orb &orb_;
	const DeviceClass device_;
	const vccw_limits &limits_;
	ExplainPort own_{memory_};
	const vccw_port table_ = ExplainPort::table();
	const vccw::Port port_{table_, &own_};
	vccw::ProgramBody body_{};
	Explained out_;

	void say(const std::string &line) { out_.lines.push_back(line); }
	void segment(std::size_t number, const vccw::Segment &s);
	std::string guest_ccw(std::uint32_t at, bool data_chained);
	std::string host_ccw(std::uint32_t slot, bool backward);
	std::string list(const vccw::Ccw &c, bool backward);
	vccw::Context next_context(std::uint32_t at, vccw::Context now);
	std::string place(std::uint64_t host) const;
	std::string why_refused() const;
	void pages();

public:
	Explainer(GuestMemory &memory, const Orb &orb, DeviceClass device, const vccw_limits &limits)
		: memory_(memory), orb_(orb), device_(device), limits_(limits)
	{
		if (!body_.init(port_))
			throw Error(kEnvironment, "no-memory", "this process got no more memory");
		body_.plan.device = vccw::class_of_control_unit(control_unit_of(device));
	}
	~Explainer() { body_.destroy(port_); }
	Explained run();
};

std::string by_text(vccw::By by, std::uint32_t from)
{
	switch (by) {
	case vccw::By::kStart:
		return "by START";
	case vccw::By::kTic:
		return format("by the TIC at %08x", from);
	case vccw::By::kChaining:
		return format("behind %08x", from);
	default:
		return format("if %08x ends with status modifier", from);
	}
}

// A CCW of the guest, in the format that it has.
std::string Explainer::guest_ccw(std::uint32_t at, bool data_chained)
{
	const std::uint8_t *const b = memory_.seen_by_device(at, 8, false);

	if (!b)
		return format("%08x  can't be fetched", at);

	const bool tic = orb_.fmt ? b[0] == 8 : (b[0] & 15) == 8;
	const unsigned flags = orb_.fmt ? b[1] : b[4];
	const unsigned count = orb_.fmt ? load16(b + 2) : load16(b + 6);
	const unsigned addr = orb_.fmt ? load32(b + 4) : load32(b) & 0xffffff;

	if (tic)
		return format("%08x  %02x TIC %08x", at, b[0], addr);
	const std::string name = data_chained ? "(in the data chain)" : channel_command_name(device_, b[0]);
	return format("%08x  %02x %-9s %5u at %08x  %s", at, b[0], flag_names(flags).c_str(), count, addr, name.c_str());
}

// What a word of a list leads to, in the guest's addresses.
std::string Explainer::place(std::uint64_t host) const
{
	if (host >= vccw::PageSet::kNowhere)
		return "nowhere";
	if (host >= ExplainPort::kZeroPage)
		return "zeros";
	return format("%llx", static_cast<unsigned long long>(host - ExplainPort::kHost));
}

std::string Explainer::list(const vccw::Ccw &c, bool backward)
{
	const bool midaws = c.flags & vccw::ccw::kMida;
	const std::uint32_t block = body_.orb.word1 & vccw::orb::kIda2K ? 2048 : 4096;
	std::uint32_t left = c.count, n = 0;
	std::string out;

	body_.storage.for_each_word_at(c.cda, [&](const std::uint8_t *p) {
		const std::uint64_t addr = load64(p + (midaws ? 8 : 0));
		const std::uint32_t offset = static_cast<std::uint32_t>(addr) & (block - 1);
		const std::uint32_t most = midaws ? load16(p + 6) : backward ? offset + 1 : block - offset;

		if (n < 3)
			out += (n ? ", " : "") + place(addr);
		n++;
		left -= left < most || !most ? left : most;
		return left ? (midaws ? 16u : 8u) : 0u;
	});
	return out + (n > 3 ? format(" ... (%u words)", n) : "");
}

std::string Explainer::host_ccw(std::uint32_t slot, bool backward)
{
	const vccw::Ccw &c = body_.storage.ccws()[slot];
	const std::string flags = flag_names(c.flags);

	if (c.cda & 0x80000000u)
		return "invalid";
	if (c.cmd == vccw::ccw::kCmdTic)
		return format("TIC to slot %u", body_.storage.slot_at(c.cda, body_.plan.slots()));
	if (!(c.flags & (vccw::ccw::kIda | vccw::ccw::kMida)))
		return format("%02x %s%s", c.cmd, flags.c_str(), c.cda ? (flags.empty() ? "a copy" : ": a copy") : "");
	return format("%02x %s: %s", c.cmd, flags.c_str(), list(c, backward).c_str());
}

// Of the CCW behind the one at `at`, whose context is `now`.
vccw::Context Explainer::next_context(std::uint32_t at, vccw::Context now)
{
	const std::uint8_t *const b = memory_.seen_by_device(at, 8, false);
	const bool tic = b && (orb_.fmt ? b[0] == 8 : (b[0] & 15) == 8);

	if (!b || tic || !((orb_.fmt ? b[1] : b[4]) & vccw::ccw::kDataChain))
		return vccw::Context::kCommand;
	return vccw::context_in_data_chain(now, b[0], body_.plan.device);
}

void Explainer::segment(std::size_t number, const vccw::Segment &s)
{
	vccw::Context context = s.context;

	say("");
	say(format("segment %zu, %s, reached %s", number, s.ground == vccw::Ground::kCertain ? "certain" : "possible",
		   by_text(s.by, s.from).c_str()) +
	    (context != vccw::Context::kCommand ? ", in a data chain" : ""));
	for (std::uint32_t i = 0; i < s.count + vccw::Plan::kBehind; i++) {
		const std::uint32_t at = s.guest + i * 8;
		const bool behind = i >= s.count;
		const std::string left = behind ? "" : guest_ccw(at, context != vccw::Context::kCommand);
		const std::uint8_t *const b = memory_.seen_by_device(at, 1, false);
		const bool backward = b && vccw::flow_in(context, *b) == vccw::Flow::kStoreBackward;
		const std::string right = out_.rc ? "" : format("| %4u  ", s.first + i) + host_ccw(s.first + i, backward);

		if (behind && (out_.rc || !s.behind[i - s.count].used))
			continue;
		say("  " + (out_.rc ? left : format("%-68s ", left.c_str()) + right));
		context = next_context(at, context);
	}
}

std::string Explainer::why_refused() const
{
	if (!own_.said)
		return "the ORB is not valid";

	const auto a = static_cast<unsigned long long>(own_.said->a), b = static_cast<unsigned long long>(own_.said->b);

	switch (own_.said->msg) {
	case VCCW_MSG_TRANSPORT_MODE:
		return "transport mode is not supported";
	case VCCW_MSG_LIMIT_CCWS:
		return format("it has more than %llu CCWs: see %08llx", a, b);
	case VCCW_MSG_LIMIT_SEGMENTS:
		return format("it has more than %llu segments: see %08llx", a, b);
	case VCCW_MSG_LIMIT_PAGES:
		return format("it uses more than %llu pages: see %08llx", a, b);
	case VCCW_MSG_LIMIT_STORAGE:
		return format("its CCWs and lists take more than %llu bytes: see %08llx", a, b);
	default:
		return "there is no memory for it";
	}
}

void Explainer::pages()
{
	say("");
	if (own_.pins.empty())
		say("pinned: nothing");
	for (const auto &p : own_.pins)
		say(format("pinned: %8llx to %llx, which the channel %s", static_cast<unsigned long long>(p.gpa),
			   static_cast<unsigned long long>(p.gpa + p.pages * 4096ull - 1), p.to_store ? "stores into" : "fetches from"));
}

Explained Explainer::run()
{
	const auto bytes = orb_.encode();
	vccw::Orb orb;

	std::memcpy(&orb, bytes.data(), sizeof(orb));
	out_.rc = vccw::translate(port_, limits_, orb, body_).rc();
	say(format("device: %s; CCWs of format %d, %s IDAWs", class_text(device_), orb_.fmt,
		   !orb_.c64 ? "format-1" : orb_.i2k ? "format-2, 2K" : "format-2, 4K"));
	say(out_.rc ? format("refused (%d): ", out_.rc) + why_refused() : "accepted");

	std::uint32_t ccws = 0;

	for (std::uint32_t i = 0; i < body_.plan.segments.size(); i++) {
		segment(i, body_.plan.segments[i]);
		ccws += body_.plan.segments[i].count;
	}
	if (!out_.rc)
		pages();
	say("");
	say(format("used: %u of %u CCWs, %u of %u segments, %u of %u pages, %zu of %u bytes", ccws, limits_.ccws,
		   body_.plan.segments.size(), limits_.segments, body_.pages.size(), limits_.pages,
		   std::size_t{body_.storage.used_bytes()}, limits_.bytes));
	body_.release(port_);
	return out_;
}

} // namespace

Explained explain(GuestMemory &memory, const Orb &orb, DeviceClass device, const vccw_limits &limits)
{
	return Explainer(memory, orb, device, limits).run();
}

} // namespace client
