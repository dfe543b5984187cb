// SPDX-License-Identifier: GPL-2.0-only
#include "search.hpp"

#include "table.hpp"

#include <chrono>

namespace explore {
namespace {

double now()
{
	using namespace std::chrono;
	return duration<double>(steady_clock::now().time_since_epoch()).count();
}

constexpr int kMostChoices = 32;

// One state on the way from the beginning.
struct Node {
	std::size_t saved; // where its copy begins
	u64 id;
	double paths;
	Who last; // who ran to get here
	u32 switches;
	u8 count;
	u8 next;
	Choice options[kMostChoices];
};

Who runner(Choice c)
{
	return c >= kEvent ? kChannel : Who(c >= kTimeout ? c - kTimeout : c);
}

class Search {
	const Limits &limits_;
	const u32 most_switches_;
	const double begin_ = now();
	Table table_;
	std::vector<char> copies_;
	std::vector<Node> nodes_;
	Result r_{};

	static constexpr u32 kAny = ~0u;

	// Pushes the present state; false: known already, with *paths.
	bool arrive(Who last, u32 switches, double *paths)
	{
		const std::size_t at = nodes_.empty() ? 0 : end_;

		if (copies_.size() < at + sizeof(Arena))
			copies_.resize(at + 4 * sizeof(Arena));

		const std::size_t bytes = save(&copies_[at]);
		u64 id = identity(&copies_[at], bytes);

		if (most_switches_ != kAny)
			id = id * 31 + last + 1;

		Table::Entry &e = table_.at(id);

		if (e.id == id && (most_switches_ == kAny || e.switches <= switches)) {
			*paths = e.paths;
			return false;
		}
		r_.states += e.id != id;
		e.id = id;
		e.paths = 0;
		if (most_switches_ != kAny)
			e.switches = switches;

		Node n{};

		n.saved = at;
		n.id = id;
		n.last = last;
		n.switches = switches;
		n.count = u8(choices(n.options, last));
		nodes_.push_back(n);
		end_ = at + bytes;
		if (nodes_.size() - 1 > r_.depth)
			r_.depth = u32(nodes_.size() - 1);
		return true;
	}
	std::size_t end_ = 0;

	bool bad(const Choice *last)
	{
		r_.bad = true;
		r_.broken = broken();
		r_.trail.clear();
		for (std::size_t i = 0; i + 1 < nodes_.size(); i++)
			r_.trail.push_back(nodes_[i].options[nodes_[i].next - 1]);
		if (last)
			r_.trail.push_back(*last);
		return false;
	}

	void leave()
	{
		const Node n = nodes_.back();

		if (most_switches_ == kAny)
			table_.at(n.id).paths = n.paths;
		nodes_.pop_back();
		end_ = n.saved;
		if (nodes_.empty())
			r_.paths = n.paths;
		else
			nodes_.back().paths += n.paths;
	}

	// One more choice of the deepest node; false: stop.
	bool advance()
	{
		Node &n = nodes_.back();

		if (n.next == n.count) {
			if (!n.count) {
				r_.ends++;
				n.paths = 1;
				if (!finish())
					return bad(nullptr);
			}
			leave();
			return true;
		}

		const Choice c = n.options[n.next++];
		const Who who = runner(c);
		const u32 switches = n.switches + (who != n.last);
		double paths;

		if (switches > most_switches_)
			return true;
		restore(&copies_[n.saved]);
		r_.steps++;
		if (!step(c))
			return bad(&c);
		if (!arrive(who, switches, &paths))
			n.paths += paths;
		return true;
	}

public:
	Search(const Limits &limits, u32 most_switches = kAny)
		: limits_(limits), most_switches_(most_switches)
	{
	}

	Result run(const Scenario &s)
	{
		double paths;

		if (!build(s)) {
			bad(nullptr);
			return r_;
		}
		arrive(kNobody, 0, &paths);
		r_.complete = true;
		while (!nodes_.empty()) {
			if (!advance())
				break;
			if ((r_.steps & 0xfff) == 0 &&
			    (now() - begin_ > limits_.seconds || r_.states > limits_.states)) {
				r_.complete = false;
				break;
			}
		}
		r_.seconds = now() - begin_;
		return r_;
	}
};

u32 switches_of(const std::vector<Choice> &trail)
{
	Who last = kNobody;
	u32 n = 0;

	for (const Choice c : trail) {
		n += runner(c) != last;
		last = runner(c);
	}
	return n;
}

} // namespace

Result search(const Scenario &s, const Limits &limits)
{
	return Search(limits).run(s);
}

void shorten(const Scenario &s, Result &found, double seconds)
{
	const double end = now() + seconds;

	for (u32 most = 1; most < switches_of(found.trail); most++) {
		const Limits limits{end - now(), 4u << 20};

		if (limits.seconds <= 0)
			return;

		const Result r = Search(limits, most).run(s);

		if (r.bad) {
			found.trail = r.trail;
			found.broken = r.broken;
			return;
		}
	}
}

// A letter for each choice, and how often where more than once.
std::string to_string(const std::vector<Choice> &trail)
{
	std::string text;

	for (std::size_t i = 0, n; i < trail.size(); i += n) {
		for (n = 1; i + n < trail.size() && trail[i + n] == trail[i]; n++)
			;
		text += letter(trail[i]);
		if (n > 1)
			text += std::to_string(n);
	}
	return text;
}

bool from_string(const std::string &text, std::vector<Choice> *trail)
{
	for (std::size_t i = 0; i < text.size();) {
		Choice c;
		std::size_t n = 0;

		if (!parse(text[i++], &c))
			return false;
		while (i < text.size() && text[i] >= '0' && text[i] <= '9' && n < 100000)
			n = n * 10 + std::size_t(text[i++] - '0');
		trail->insert(trail->end(), n ? n : 1, c);
	}
	return true;
}

Result replay(const Scenario &s, const std::vector<Choice> &trail, Trace *trace)
{
	Result r{};
	Choice options[kMostChoices];

	r.bad = !build(s);
	for (const Choice c : trail) {
		const int count = choices(options, kNobody);
		bool possible = false;

		if (r.bad)
			break;
		for (int i = 0; i < count; i++)
			possible = possible || options[i] == c;
		if (!possible)
			return r;
		r.trail.push_back(c);
		tracing = trace;
		r.bad = !step(c);
		tracing = nullptr;
	}
	r.complete = true;
	if (!r.bad && !choices(options, kNobody)) {
		r.ends = 1;
		r.bad = !finish();
	}
	r.broken = broken();
	return r;
}

} // namespace explore
