// SPDX-License-Identifier: GPL-2.0-only
// The case `run`: hostile clients come and go, at random, while the host does what
// it does.  A manager makes them, stops and kills some in the middle, and watches
// that each one can be killed; it goes on for as long as the machine is there.
#include <csignal>
#include <cstdio>
#include <ctime>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../base/error.hpp"
#include "../stress/random.hpp"
#include "../vfio/eventfd.hpp"
#include "cases.hpp"
#include "client.hpp"
#include "stacks.hpp"

namespace client {

namespace {

constexpr std::int64_t kLifeMs = 8000;	    // no client lives longer
// Until one that was killed must be gone: looks at it, of 20 ms and more.  A clock would go on
// where the machine does not.
constexpr unsigned kPatience = 3000;
constexpr std::int64_t kTellMs = 5000;

// One place for a client.
class Place {
public:
	Place(Board &board, const ClientOptions &options, unsigned number)
		: board_(board), options_(options), number_(number), random_(options.seed, 1000000 + number)
	{
	}

	void step(std::int64_t now);
	void kill() { pid_ > 0 ? ::kill(pid_, SIGKILL) : 0; }
	// What is wrong with its client, or nothing.
	std::string wrong() const { return looks_ > kPatience ? why_it_stays(pid_) : ""; }

private:
	void begin(std::int64_t now);
	void ended(int status);

	Board &board_;
	ClientOptions options_;
	const unsigned number_;
	Random random_;
	std::uint64_t generation_ = 0;
	pid_t pid_ = 0;
	std::int64_t stop_at_ = 0, go_on_at_ = 0, kill_at_ = 0;	// 0: not, or done
	unsigned looks_ = 0;	// since it was killed, that found it there
};

void Place::begin(std::int64_t now)
{
	options_.stream = generation_++ * 16 + number_;
	const auto soon = [&](std::uint32_t ms) { return now + 1 + random_.below(ms); };
	stop_at_ = random_.chance(15) ? soon(1500) : 0;
	go_on_at_ = stop_at_ ? stop_at_ + random_.below(1500) : 0;
	kill_at_ = random_.chance(35) ? soon(2500) : now + kLifeMs;
	looks_ = 0;
	board_.clients++;
	pid_ = ::fork();
	if (pid_ == 0) {
		::prctl(PR_SET_PDEATHSIG, SIGKILL);
		be_hostile(board_, options_);
		::_exit(0);
	}
}

void Place::ended(int status)
{
	pid_ = 0;
	if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL) {
		board_.died++;
		std::printf("# client %llu died of signal %d\n", static_cast<unsigned long long>(options_.stream),
			    WTERMSIG(status));
	}
}

void Place::step(std::int64_t now)
{
	int status = 0;

	if (pid_ > 0 && ::waitpid(pid_, &status, WNOHANG) == pid_)
		ended(status);
	if (pid_ <= 0) {
		begin(now);
		return;
	}
	if (stop_at_ && now >= stop_at_) {
		stop_at_ = 0;
		board_.stopped++;
		::kill(pid_, SIGSTOP);
	}
	if (go_on_at_ && now >= go_on_at_) {
		go_on_at_ = 0;
		::kill(pid_, SIGCONT);
	}
	if (looks_) {
		looks_++;
	} else if (now >= kill_at_) {
		looks_ = 1;
		board_.killed++;
		::kill(pid_, SIGKILL);
	}
}

class Manager {
public:
	Manager(Board &board, const ClientOptions &options, unsigned places);

	// Returns when the operations are made, or something is wrong.
	void run();
	void run_for_ever();
	void end_all();

private:
	void step();

	Board &board_;
	std::vector<Place> places_;
};

Manager::Manager(Board &board, const ClientOptions &options, unsigned places) : board_(board)
{
	for (unsigned i = 0; i < places; i++)
		places_.emplace_back(board, options, i);
}

void Manager::step()
{
	for (auto &p : places_)
		p.step(now_ms());
	::usleep(20000);
}

void Manager::run()
{
	std::int64_t told = now_ms();

	while (!board_.over()) {
		step();
		const std::int64_t now = now_ms();
		for (const auto &p : places_) {
			const std::string wrong = p.wrong();
			if (wrong.empty())
				continue;
			std::snprintf(board_.wrong, sizeof(board_.wrong), "%s", wrong.c_str());
			return;
		}
		if (now - told >= kTellMs) {
			told = now;
			std::printf("# %llu operations\n", static_cast<unsigned long long>(board_.done()));
			std::fflush(stdout);
		}
	}
}

void Manager::run_for_ever()
{
	for (;;)
		step();
}

void Manager::end_all()
{
	for (auto &p : places_)
		p.kill();
	while (::waitpid(-1, nullptr, 0) > 0)
		;
}

void manage(Board &board, const ClientOptions &options, unsigned places, bool stay)
{
	Manager manager(board, options, places);

	manager.run();
	if (!stay && !board.wrong[0])
		manager.end_all();
	board.finished = true;
	if (stay)
		manager.run_for_ever();
}

void run(Context &ctx)
{
	Report &r = ctx.report;
	ClientOptions o;
	const std::uint64_t ops = ctx.args.number("ops", 20000, 1, 1000000000);
	const auto places = static_cast<unsigned>(ctx.args.number("devices", 3, 1, 16));
	const std::string containers = ctx.args.get("containers", "several");

	if (containers != "one" && containers != "several")
		throw usage_error("--containers is one or several");
	o.seed = ctx.args.number("seed", static_cast<std::uint64_t>(::time(nullptr)), 0, ~0ull >> 1);
	o.backend = ctx.session.backend == "auto" ? "type1" : ctx.session.backend;
	o.deadlock = ctx.args.has("deadlock");
	o.all_devices = containers == "one";
	std::printf("# seed %llu\n", static_cast<unsigned long long>(o.seed));
	std::fflush(stdout);

	Board *const board = Board::create(ops);
	const std::int64_t begun = now_ms();
	const pid_t manager = ::fork();
	if (manager == 0) {
		::setpgid(0, 0);
		manage(*board, o, o.all_devices ? 1 : places, ctx.args.has("stay"));
		::_exit(0);
	}
	while (!board->finished && !(::waitpid(manager, nullptr, WNOHANG) == manager))
		::usleep(50000);
	board->tell(r);
	r.expect(board->finished, "the manager of the clients to stay", "it died");
	r.expect(!board->wrong[0], "each client can be killed", board->wrong);
	r.expect(board->took_part(), "devices opened, programs, HALT or CLEAR and resets accepted", "see above");
	r.say("hostile: " + std::to_string(board->done()) + " operations in " + std::to_string((now_ms() - begun) / 1000) +
	      " s, seed " + std::to_string(o.seed) + ", " + (r.failures() ? "something is wrong" : "nothing wrong"));
}

} // namespace

std::vector<HostileCase> random_cases()
{
	return {{"run", "everything at random, from many clients", run}};
}

} // namespace client
