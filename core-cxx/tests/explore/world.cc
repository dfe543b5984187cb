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
		return !a.flushes;
	case Wait::kWake:
		return w.woken;
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
bool inline_work;

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
		if (w.actors[i].wait == Wait::kWake && !w.woken && (!n || w.left.timeouts))
			out[n++] = Choice(kTimeout + i);
	return n;
}

bool step(Choice c)
{
	World &w = world();

	record.promise = nullptr;
	if (c >= kEvent) {
		const auto e = Channel::Event(c - kEvent);

		w.channel.happen(e, w.left);
		if (tracing)
			tracing->line(kChannel, Channel::name(e));
		if (_setjmp(explorer) == 0)
			check_storage();
		return !record.promise;
	}

	const Who who = Who(c >= kTimeout ? c - kTimeout : c);

	if (c >= kTimeout) {
		w.actors[who].timed_out = true;
		w.left.timeouts -= w.left.timeouts ? 1 : 0;
	}
	running = who;
	fiber_resume(w.actors[who].fiber);
	running = kExplorer;
	if (!record.promise && _setjmp(explorer) == 0)
		check_storage();
	return !record.promise;
}

void build(const Scenario &s)
{
	static const vccw_limits limits{16, 4, 8, 1u << 14};
	static void (*const mains[kFibers])(int) = {client_main, client_main, irq_main, work_main,
						    css_main};
	static bool catching;
	World &w = world();

	if (!catching)
		catch_crashes();
	catching = true;
	std::memset(static_cast<void *>(arena), 0, sizeof(*arena));
	current = &s;
	w.lock = w.request = w.life = w.inside = kNobody;
	w.left = s.budget;
	w.left.unsolicited = s.unread;
	record.promise = nullptr;
	if (_setjmp(explorer) != 0)
		return;
	if (vccw_core_create(&port_table, nullptr, &limits, &w.core))
		fail("set-up", "cannot create a core");
	request('+', 0);
	request('O', 0);
	for (u8 i = 0; i < s.unread; i++) {
		w.channel.happen(Channel::kUnsolicited, w.left);
		take_lock();
		deliver_interrupt();
		drop_lock();
		run_work();
	}
	w.left = s.budget;
	for (int i = 0; i < kFibers; i++)
		fiber_make(w.actors[i].fiber, arena->stacks[i], kStackBytes, mains[i], i);
}

// --- copies --------------------------------------------------------------------

// How much of the storage below 2 GiB is not zero: most of it never is.
u32 used_dma()
{
	u32 top = world().dma_top;
	u64 words[8] = {};

	static_assert(kDmaBytes % sizeof(words) == 0);
	while (top) {
		u64 any = 0;

		std::memcpy(words, arena->dma + top - sizeof(words), sizeof(words));
		for (const u64 w : words)
			any |= w;
		if (any)
			break;
		top -= u32(sizeof(words));
	}
	return top;
}

std::size_t save(char *to)
{
	world().dma_used = used_dma();

	char *at = to;
	const auto put = [&](const void *from, std::size_t n) {
		std::memcpy(at, from, n);
		at += n;
	};

	put(&arena->world, sizeof(World));
	put(arena->heap, world().heap_top);
	put(arena->dma, world().dma_used);
	for (int i = 0; i < kFibers; i++) {
		char *const end = arena->stacks[i] + kStackBytes;

		put(world().actors[i].fiber.live, std::size_t(end - world().actors[i].fiber.live));
	}
	while ((at - to) % 64)
		*at++ = 0;
	return std::size_t(at - to);
}

void restore(const char *from)
{
	const auto get = [&](void *to, std::size_t n) {
		std::memcpy(to, from, n);
		from += n;
	};

	get(&arena->world, sizeof(World));
	get(arena->heap, world().heap_top);
	get(arena->dma, world().dma_used);
	std::memset(arena->dma + world().dma_used, 0, kDmaBytes - world().dma_used);
	for (int i = 0; i < kFibers; i++) {
		char *const end = arena->stacks[i] + kStackBytes;

		get(world().actors[i].fiber.live, std::size_t(end - world().actors[i].fiber.live));
	}
}

// Eight lanes, each a sum of products of 32-bit halves that depend on the
// place, so that compilers make vector code of it; then folded by 128-bit
// products.  Equal states have equal identities; different ones have equal
// ones with a chance of about 2 to the power of -64 for each pair.
u64 identity(const char *saved, std::size_t bytes)
{
	using Wide = unsigned __int128;
	constexpr u64 odd = 0x9e3779b97f4a7c15;
	u64 lanes[8];
	u64 keys[8];

	for (u64 l = 0; l < 8; l++) {
		lanes[l] = l;
		keys[l] = (l + 1) * 0xbf58476d1ce4e5b9;
	}
	for (std::size_t i = 0; i < bytes; i += sizeof(lanes)) {
		u64 words[8];

		std::memcpy(words, saved + i, sizeof(words));
		for (int l = 0; l < 8; l++) {
			const u64 mixed = words[l] ^ keys[l];

			lanes[l] += (mixed & 0xffffffff) * (mixed >> 32) + (words[l] << 32 | words[l] >> 32);
			lanes[l] ^= lanes[l] >> 29;
			keys[l] += odd;
		}
	}

	u64 all = bytes;

	for (const u64 lane : lanes) {
		const Wide product = Wide{all ^ lane} * odd;

		all = u64(product) ^ u64(product >> 64);
	}
	return all ? all : 1;
}

// --- the end ---------------------------------------------------------------------

namespace {

void check_actors()
{
	static const char *const waits[] = {"-",      "the lock",  "the request lock", "the life lock",
					    "the work item", "a wake-up", "-", "-", "-", "-", "-", "-"};

	for (int i = kA; i <= kB; i++) {
		const Wait wait = world().actors[i].wait;

		if (wait != Wait::kDone && wait != Wait::kEventfd && wait != Wait::kReportEventfd)
			fail("P11", "deadlock: client %c waits for %s for ever", "AB"[i],
			     waits[int(wait)]);
	}
	if (world().lock != kNobody || world().request != kNobody || world().life != kNobody)
		fail("P11", "a lock is left held");
}

void check_pins()
{
	for (const Pin &p : world().pins)
		if (p.page && !world().channel.uses())
			fail("P2", "page %#llx stays pinned, but no program runs", p.page);
}

void drain()
{
	World &w = world();

	me().saw_closed = false;
	while (w.ledger.readable()) {
		u8 woken = 0;

		for (u8 &count : w.counts) {
			woken |= count;
			count = 0;
		}
		if (w.eventfd && !woken)
			fail("P4", "an IRB is readable, but the client is not woken");
		read_once();
	}
	w.ledger.check_all_read(w.channel.gone());
	if (w.reports_got != w.reports && scenario().css[0] == 'c')
		fail("P12", "%u of %u channel reports reached the client", w.reports_got, w.reports);
}

} // namespace

bool finish()
{
	World &w = world();

	record.promise = nullptr;
	if (_setjmp(explorer) != 0)
		return false;
	check_actors();
	check_pins();
	w.ledger.check_told(w.eventfd);
	if (w.open && w.owed_end && !w.channel.uses() && !w.channel.gone())
		fail("P4", "program %u was ended, and the client never learns of it", w.owed_end);
	drain();
	if (w.open && w.channel.quiet() && !w.channel.gone()) {
		w.left.start_cc3 = 0;
		if (request('S', 4))
			fail("P3", "the device is idle, but a START is refused");
	}
	w.left.stuck = false;
	request('Q', 0);
	vccw_core_destroy(w.core);
	for (const Span &s : w.heap)
		if (s.bytes && !scenario().budget.stuck)
			fail("P11", "%u bytes of memory are left", s.bytes);
	for (const Span &s : w.dma)
		if (s.bytes && !scenario().budget.stuck)
			fail("P11", "%u bytes below 2 GiB are left", s.bytes);
	return true;
}

} // namespace explore
