// SPDX-License-Identifier: GPL-2.0-only
#include "world.hpp"

#include "report.hpp"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

#include <signal.h>
#include <sys/mman.h>

namespace explore {
namespace {

Who running = kExplorer;
const Scenario *current;
Broken record;
jmp_buf explorer; // where the explorer's own failures go

Arena *map_arena()
{
	void *const at = reinterpret_cast<void *>(0x100000000000);
	void *const p = mmap(at, sizeof(Arena), PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (p != at) {
		std::perror("explore: mmap");
		std::exit(2);
	}
	return static_cast<Arena *>(p);
}

// A crash of the core is a broken promise too.
void crashed(int signal)
{
	fail("crash", "%s", strsignal(signal));
}

void catch_crashes()
{
	static char stack[64 << 10];
	stack_t alternative{};
	struct sigaction action {};

	alternative.ss_sp = stack;
	alternative.ss_size = sizeof(stack);
	sigaltstack(&alternative, nullptr);
	action.sa_handler = crashed;
	action.sa_flags = SA_ONSTACK | SA_NODEFER;
	for (const int s : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP})
		sigaction(s, &action, nullptr);
}

bool can_run(const Actor &a)
{
	const World &w = world();

	switch (a.wait) {
	case Wait::kNothing:
		return true;
	case Wait::kLock:
		return w.lock == kNobody;
	case Wait::kRequest:
		return w.request == kNobody;
	case Wait::kLife:
		return w.life == kNobody;
	case Wait::kFlush:
		return !w.running;
	case Wait::kWake:
		return a.woken;
	case Wait::kEventfd:
		return w.counts[1] || w.counts[2] || w.counts[3];
	case Wait::kReportEventfd:
		return w.report_count;
	case Wait::kInterrupt:
		return w.channel.interrupts() && w.lock == kNobody;
	case Wait::kQueued:
		return w.queued;
	case Wait::kReport:
		return (scenario().css[a.op] != 'n' || w.channel.gone()) && w.lock == kNobody;
	case Wait::kDone:
		break;
	}
	return false;
}

} // namespace

Arena *const arena = map_arena();
Trace *tracing;
bool fine;

Who self()
{
	return running;
}
const Scenario &scenario()
{
	return *current;
}
const Broken &broken()
{
	return record;
}

void fail(const char *promise, const char *format, ...)
{
	va_list args;

	record.promise = promise;
	va_start(args, format);
	std::vsnprintf(record.what, sizeof(record.what), format, args);
	va_end(args);
	if (running != kExplorer)
		fiber_yield(nullptr);
	_longjmp(explorer, 1);
}

static void note_in(Who column, const char *format, va_list args)
{
	char text[160];

	std::vsnprintf(text, sizeof(text), format, args);
	tracing->line(column, text);
}

void note(const char *format, ...)
{
	va_list args;

	if (!tracing || running == kExplorer)
		return;
	va_start(args, format);
	note_in(running, format, args);
	va_end(args);
}

void point()
{
	if (running != kExplorer)
		wait_for(Wait::kNothing);
}

void fine_point()
{
	if (fine)
		point();
}

void wait_for(Wait w)
{
	Actor &a = me();

	a.wait = w;
	fiber_yield(&a.fiber);
	a.wait = Wait::kNothing;
}

char letter(Choice c)
{
	if (c >= kEvent)
		return Channel::letter(Channel::Event(c - kEvent));
	return c >= kTimeout ? "ab"[c - kTimeout] : "ABIWN"[c];
}

bool parse(char l, Choice *c)
{
	for (*c = 0; *c < kEvent + Channel::kEvents; ++*c)
		if ((*c < kFibers || (*c >= kTimeout && *c < kTimeout + 2) || *c >= kEvent) &&
		    letter(*c) == l)
			return true;
	return false;
}

int choices(Choice *out, Who last)
{
	World &w = world();
	int n = 0;

	if (last < kFibers && can_run(w.actors[last]))
		out[n++] = last;
	for (int i = 0; i < kFibers; i++)
		if (i != last && can_run(w.actors[i]))
			out[n++] = Choice(i);
	for (int e = 0; e < Channel::kEvents; e++)
		if (w.channel.can(Channel::Event(e), w.left))
			out[n++] = Choice(kEvent + e);
	for (int i = kA; i <= kB; i++)
		if (w.actors[i].wait == Wait::kWake && !w.actors[i].woken && (!n || w.left.timeouts))
			out[n++] = Choice(kTimeout + i);
	return n;
}

bool attempt(void (*part)())
{
	record.promise = nullptr;
	if (_setjmp(explorer) == 0)
		part();
	return !record.promise;
}

bool step(Choice c)
{
	World &w = world();

	if (c >= kEvent) {
		const auto e = Channel::Event(c - kEvent);

		w.channel.happen(e, w.left);
		if (tracing)
			tracing->line(kChannel, Channel::name(e));
		return attempt(check_storage);
	}

	const Who who = Who(c >= kTimeout ? c - kTimeout : c);

	if (c >= kTimeout) {
		w.actors[who].timed_out = true;
		w.actors[who].in_vain = !w.left.timeouts;
		w.left.timeouts -= w.left.timeouts ? 1 : 0;
	}
	record.promise = nullptr;
	running = who;
	fiber_resume(w.actors[who].fiber);
	running = kExplorer;
	return !record.promise && attempt(check_storage);
}

namespace {

// A device that a client has opened, with some interrupts in the queue.
void set_up()
{
	static const vccw_limits limits{16, 4, 8, 1u << 14};
	World &w = world();

	if (vccw_core_create(&port_table(), nullptr, &limits, &w.core))
		fail("set-up", "cannot create a core");
	request('+', 0);
	request('O', 0);
	request('T', 0);
	w.left.unsolicited = scenario().unread;
	while (w.left.unsolicited) {
		w.channel.happen(Channel::kUnsolicited, w.left);
		take_lock();
		deliver_interrupt();
		drop_lock();
		run_work();
	}
}

} // namespace

bool build(const Scenario &s)
{
	static void (*const mains[kFibers])(int) = {client_main, client_main, irq_main, work_main,
						    css_main};
	static const bool catching = (catch_crashes(), true);
	World &w = world();

	static_cast<void>(catching);
	std::memset(static_cast<void *>(arena), 0, sizeof(*arena));
	current = &s;
	w.lock = w.request = w.life = w.inside = kNobody;
	if (!attempt(set_up))
		return false;
	w.left = s.budget;
	for (int i = 0; i < kFibers; i++)
		fiber_make(w.actors[i].fiber, arena->stacks[i], kStackBytes, mains[i], i);
	return true;
}

} // namespace explore
