// SPDX-License-Identifier: GPL-2.0-only
// The command `vectors`: a set of channel programs, and a line for each that can be compared
// with the same program's over another driver.
#include "../vectors/vectors.hpp"
#include "../base/number.hpp"
#include "ask.hpp"
#include "command.hpp"
#include "steps.hpp"

namespace client {

namespace {

constexpr int kSuspendedMs = 1000;	// a machine may not present that a program is suspended
constexpr int kBusyMs = 1000;
constexpr int kMostStatuses = 16;

// One side: a device and the program that it was given last.
class Side {
public:
	explicit Side(const SessionOptions &options) : session_(options) {}

	VectorResult run(const Vector &v, const std::string &text);
	std::string line(const std::string &set, const Vector &v, const VectorResult &r)
	{
		return vector_line(set, v, r, program_ ? &*program_ : nullptr, session_.memory());
	}

private:
	// True: accepted.
	bool begin(const Vector &v, const std::string &text, VectorResult &r);
	void finish(VectorResult &r);
	void end_suspended(Async how, VectorResult &r);
	void give_up(VectorResult &r);
	bool take(VectorResult &r, int ms);

	Session session_;
	std::optional<Assembled> program_;
};

// Waits for one status; false: none came.
bool Side::take(VectorResult &r, int ms)
{
	const auto irb = session_.wait_irb(ms);

	if (!irb)
		return false;
	r.statuses.push_back(*irb);
	return true;
}

// Statuses that nobody asked for, and that the device must be rid of before it takes a program,
// are part of what came of it.
bool Side::begin(const Vector &v, const std::string &text, VectorResult &r)
{
	program_.reset();
	session_.memory().release_all();
	if (v.peer)
		session_.memory().reserve(GuestMemory::kFirst, kPeerPlace - GuestMemory::kFirst);
	program_.emplace(assemble(parse_script(text), session_.memory(), session_.options().memory_bytes + (1 << 20)));
	if (v.act == Act::kCross && !session_.io().wait(session_.timeout_ms()))
		r.timed_out = true;
	int err = session_.device().start(program_->orb);
	for (int i = 0; err == -EBUSY && i < kMostStatuses; i++) {
		// A driver may want to be asked twice, though there is no status.
		if (!take(r, kBusyMs))
			r.start = "EBUSY, then ";
		err = session_.device().start(program_->orb);
	}
	r.start = (r.start == "0" ? "" : r.start) + errno_name(err);
	return !err;
}

void Side::finish(VectorResult &r)
{
	for (int i = 0; i < kMostStatuses; i++) {
		if (!take(r, session_.timeout_ms())) {
			give_up(r);
			return;
		}
		const Irb &irb = r.statuses.back();
		if (irb->final() && (irb->fctl() & kFctlStart)) {
			if ((irb->dstat & kDstatUnitCheck) && irb.sense().empty())
				r.sense = ask_sense(session_);
			return;
		}
	}
}

void Side::give_up(VectorResult &r)
{
	r.timed_out = true;
	if (const int err = async_when_free(session_, Async::kClear))
		throw unexpected_error("stuck", failed("CLEAR of a program that gave no status", err));
	for (int i = 0; i < kMostStatuses; i++)
		if ((session_.need_irb("CLEAR"))->fctl() & kFctlClear)
			return;
}

void Side::end_suspended(Async how, VectorResult &r)
{
	const unsigned function = how == Async::kHalt ? kFctlHalt : kFctlClear;

	take(r, kSuspendedMs);
	if (const int err = async_when_free(session_, how))
		r.start += std::string(", ") + async_name(how) + " " + errno_name(err);
	for (int i = 0; i < kMostStatuses; i++) {
		if (!take(r, session_.timeout_ms())) {
			give_up(r);
			return;
		}
		if (r.statuses.back()->fctl() & function)
			return;
	}
}

VectorResult Side::run(const Vector &v, const std::string &text)
{
	VectorResult r;

	if (v.act == Act::kStatus) {
		program_.reset();
		r.timed_out = !take(r, session_.timeout_ms());
		return r;
	}
	if ((v.act != Act::kFinish && !begin(v, text, r)) || v.act == Act::kBegin)
		return r;
	if (v.act == Act::kHalt || v.act == Act::kClear)
		end_suspended(v.act == Act::kHalt ? Async::kHalt : Async::kClear, r);
	else
		finish(r);
	return r;
}

void say_sets(Report &r)
{
	Value list = Value::array();

	for (const auto &s : vector_sets()) {
		std::string left = s.name;
		left.resize(14, ' ');
		r.say(left + s.summary + " (" + std::to_string(s.vectors.size()) + ")");
		list.push(Value::object().set("name", s.name).set("summary", s.summary).set("programs", s.vectors.size()));
	}
	r.add("sets", list, "");
}

// What a set writes on must be named.
void must_be_allowed(const Context &ctx, const VectorSet &set)
{
	const std::string name = set.name;

	if (set.scratch && name.compare(0, 4, "eckd") == 0 && !ctx.args.has("cylinder"))
		throw usage_error("this set writes on three tracks of a cylinder", "name one that may be lost: --cylinder N");
	if (name == "fba" && !ctx.args.has("block"))
		throw usage_error("this set writes 16 blocks", "name the first of some that may be lost: --block N");
	if (name.compare(0, 4, "tape") == 0 && !ctx.args.has("overwrite"))
		throw usage_error("this set overwrites the tape", "allow it: --overwrite");
	if (set.peer && ctx.args.get("peer").empty())
		throw usage_error("this set needs both sides of the adapter", "name the other device: --peer UUID");
}

int vectors(Context &ctx)
{
	Report &r = ctx.report;
	const auto &words = ctx.args.positional();

	if (words.empty()) {
		say_sets(r);
		return kOk;
	}
	const VectorSet *const set = find_vector_set(words[0]);
	if (!set)
		throw usage_error("there is no set '" + words[0] + "'", "`vccw vectors` lists them");
	const auto cylinder = static_cast<unsigned>(ctx.args.number("cylinder", 0, 0, 0xffff));
	const auto block = static_cast<unsigned>(ctx.args.number("block", 0, 0, 0xffffffff));
	const std::string only = ctx.args.get("only");

	if (ctx.args.has("show")) {
		for (const auto &v : set->vectors)
			if (only.empty() || only == v.name)
				r.say(std::string("# ") + v.name + "\n" + vector_text(v, cylinder, block));
		return kOk;
	}
	must_be_allowed(ctx, *set);
	Side side(ctx.session);
	std::optional<Side> peer;
	if (set->peer) {
		SessionOptions other = ctx.session;
		other.uuid = ctx.args.get("peer");
		peer.emplace(other);
	}
	Value list = Value::array();
	for (const auto &v : set->vectors) {
		if (!only.empty() && only != v.name)
			continue;
		Side &at = v.peer ? *peer : side;
		const VectorResult result = at.run(v, vector_text(v, cylinder, block));
		const std::string line = at.line(set->name, v, result);
		r.say(line);
		list.push(line);
	}
	r.add("lines", list, "");
	return kOk;
}

} // namespace

Command vectors_command()
{
	return {"vectors",
		"[SET]",
		"run a set of channel programs; a line for each, to compare drivers by",
		"Without SET lists the sets: one for each class of devices.  A line has the errno of START;\n"
		"each status that came (the three words of the SCSW, the paths used, the ERW, and sense data\n"
		"that came with it); sense data that were asked for after a unit check; and of each buffer its\n"
		"name, size and CRC (as of zlib) after the end.  The programs are at the same guest addresses\n"
		"in every run, so two drivers that do the same print the same lines:\n\n"
		"  vccw vectors eckd --cylinder 50 > ours     (then the same over another driver)\n"
		"  diff ours theirs\n\n"
		"The programs of a set follow on one another.  No status is judged: exit code 1 is for a device\n"
		"that cannot be made to end a program.",
		{{"cylinder", "N", "of a 3390: tracks 0 to 2 of this cylinder are written"},
		 {"block", "N", "of a disk with fixed blocks: 16 from this one on are written"},
		 {"overwrite", "", "of a tape: what is on it may be lost"},
		 {"peer", "UUID", "of a channel-to-channel adapter: the mediated device of its other side"},
		 {"only", "NAME", "this program alone"},
		 {"show", "", "print the programs, as for `vccw program`; needs no device"}},
		1,
		vectors};
}

} // namespace client
