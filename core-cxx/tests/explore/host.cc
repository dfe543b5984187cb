// SPDX-License-Identifier: GPL-2.0-only
// The port: instructions go to the channel model, memory comes from the arena,
// and whatever the kernel would not forgive is a broken promise.
#include "report.hpp"
#include "world.hpp"

#include "../../fsm.hpp"

#include <cstring>
#include <initializer_list>

namespace explore {
namespace {

constexpr u64 kDmaAbs = 0x10000000;
constexpr u64 kHosts = 0x900000000;

void may_sleep(const char *what)
{
	if (holds_lock())
		fail("P10", "%s may sleep, and the subchannel lock is held", what);
}

void locked(const char *what)
{
	if (!holds_lock())
		fail("P1", "%s without the subchannel lock", what);
}

// The channel may go on between any two instructions.
void instruction(const char *what)
{
	locked(what);
	point();
}

// --- memory ---------------------------------------------------------------------

template <std::size_t N> Span *take_span(Span (&spans)[N], u32 bytes, u32 most, u32 *top)
{
	u32 at = 0;
	Span *free = nullptr;

	for (bool moved = true; moved;) {
		moved = false;
		for (const Span &s : spans)
			if (s.bytes && s.at < at + bytes && at < s.at + s.bytes) {
				at = s.at + s.bytes;
				moved = true;
			}
	}
	for (Span &s : spans)
		if (!s.bytes && !free)
			free = &s;
	if (!free || at + bytes > most)
		return nullptr;
	*free = {at, bytes, false};
	*top = at + bytes > *top ? at + bytes : *top;
	return free;
}

template <std::size_t N> void give_span(Span (&spans)[N], char *base, void *p, vccw_size bytes)
{
	for (Span &s : spans) {
		if (!s.bytes || base + s.at != p)
			continue;
		if (s.frozen)
			fail("P2", "storage is freed that the channel uses");
		std::memset(p, 0xdb, s.bytes);
		s = {};
		return;
	}
	fail("P2", "free of %llu bytes that are not there", u64(bytes));
}

u32 rounded(vccw_size bytes)
{
	return u32((bytes + 63) & ~vccw_size{63});
}

void *alloc(void *, vccw_size bytes)
{
	if (holds_lock())
		fail("P10", "alloc may sleep, and the subchannel lock is held");

	Span *const s = take_span(world().heap, rounded(bytes), kHeapBytes, &world().heap_top);

	return s ? std::memset(arena->heap + s->at, 0, s->bytes) : nullptr;
}

void *alloc_dma(void *, vccw_size bytes, vccw_u64 *abs)
{
	if (holds_lock())
		fail("P10", "alloc_dma may sleep, and the subchannel lock is held");

	Span *const s = take_span(world().dma, u32(bytes), kDmaBytes, &world().dma_top);

	if (!s)
		return nullptr;
	*abs = kDmaAbs + s->at;
	return std::memset(arena->dma + s->at, 0, s->bytes);
}

u64 sum_of_program()
{
	return identity(arena->dma, used_dma());
}

Pin *find_pin(u64 page)
{
	for (Pin &p : world().pins)
		if (p.page == page)
			return &p;
	return nullptr;
}

// The channel has accepted the program: from now on it may access it.
void freeze(u8 program, u32 cpa)
{
	World &w = world();
	const Pin *const page = find_pin(page_of(program));

	if (w.unmapped != page_of(program)) {
		u8 ccw[8];
		u64 idaw = 0;

		if (!page)
			fail("P9", "program %u runs, and its page is not pinned", program);
		std::memcpy(ccw, arena->dma + (cpa - kDmaAbs), 8);
		const u32 list = u32{ccw[4]} << 24 | u32{ccw[5]} << 16 | u32{ccw[6]} << 8 | ccw[7];
		for (u32 i = 0; i < 8; i++)
			idaw = idaw << 8 | static_cast<u8>(arena->dma[list - kDmaAbs + i]);
		if (ccw[0] != 2 || idaw != page->host)
			fail("P2", "program %u does not run what the guest gave", program);
	}
	for (Pin &p : w.pins)
		p.frozen = p.page != 0;
	for (Span &s : w.dma)
		s.frozen = s.bytes != 0;
	w.program_sum = sum_of_program();
}

// --- instructions -------------------------------------------------------------------

int start(void *, vccw_u8 *orb)
{
	World &w = world();
	Actor &a = me();

	instruction("START SUBCHANNEL");
	if (w.unseen && !inline_work)
		fail("P3", "START with an interrupt captured and not processed");

	const u32 cpa = u32{orb[8]} << 24 | u32{orb[9]} << 16 | u32{orb[10]} << 8 | orb[11];

	a.cc = w.channel.start(a.program, cpa, w.left);
	note("START SUBCHANNEL: cc %d", a.cc);
	if (a.cc == 0) {
		freeze(a.program, cpa);
		w.owed_end = a.program;
	}
	return a.cc;
}

int halt(void *)
{
	instruction("HALT SUBCHANNEL");
	me().cc = world().channel.halt();
	note("HALT SUBCHANNEL: cc %d", me().cc);
	return me().cc;
}

int clear(void *)
{
	World &w = world();

	instruction("CLEAR SUBCHANNEL");
	me().cc = w.channel.clear();
	note("CLEAR SUBCHANNEL: cc %d", me().cc);
	if (me().cc == 0) {
		w.ledger.void_unpublished();
		w.unseen = false;
		w.owed_end = 0;
	}
	return me().cc;
}

int enable(void *)
{
	World &w = world();

	instruction("enable");
	const int rc = w.channel.enable();
	if (me().resetting) {
		w.ledger.void_unpublished();
		w.unseen = false;
		w.owed_end = 0;
	}
	return rc;
}

int disable(void *)
{
	bool ate;
	Status eaten;

	instruction("disable");
	const int rc = world().channel.disable(&ate, &eaten);
	check_storage();
	if (ate)
		note("disable: takes a pending status away");
	note("disable: %d", rc);
	if (rc == 0 && me().unmapping && world().owed_end) {
		world().ledger.made_up();
		world().owed_end = 0;
	}
	if (world().in_irq)
		world().irq_silenced = true;
	return rc;
}

int cancel(void *, int *retry)
{
	bool cancelled;

	instruction("cancel");
	const int rc = world().channel.cancel(retry, &cancelled, world().left);
	check_storage();
	note("cancel/halt/clear: %d%s", rc, cancelled ? ", cancelled" : "");
	return rc;
}

int store(void *, vccw_u8 *schib)
{
	instruction("STORE SUBCHANNEL");
	std::memset(schib, 0, VCCW_SCHIB_SIZE);
	return world().channel.gone() ? -VCCW_ENODEV : 0;
}

// --- telling and waiting ------------------------------------------------------------

void queue_work(void *)
{
	World &w = world();

	locked("queue_work");
	fine_point();
	if (w.in_irq)
		w.irq_took = true;
	if (!w.queued)
		note("queue the work item");
	w.queued_css = self() == kCss && (w.queued_css || !w.queued);
	w.queued = true;
}

void wait_irq(void *, unsigned int)
{
	Actor &a = me();

	may_sleep("wait_irq");
	fine_point();
	if (self() == kExplorer) {
		World &w = world();

		for (const auto e : {Channel::kHalted, Channel::kCleared})
			if (w.channel.can(e, w.left))
				w.channel.happen(e, w.left);
		check_storage();
		if (w.channel.interrupts()) {
			take_lock();
			deliver_interrupt();
			drop_lock();
		}
		return;
	}
	wait_for(Wait::kWake);
	if (a.timed_out)
		note("waited in vain");
	else
		world().woken = false;
	a.timed_out = false;
}

void flush_work(void *)
{
	World &w = world();

	may_sleep("flush_work");
	point();
	if (self() == kExplorer) {
		while (w.queued)
			run_work();
		return;
	}
	if (self() == kWork)
		fail("P11", "the work item waits for itself");
	me().flushes = u8(w.queued) + u8(w.running);
	if (me().flushes)
		wait_for(Wait::kFlush);
}

void signal(void *, vccw_trigger which)
{
	World &w = world();

	holds_lock() ? fine_point() : point();
	if (which == VCCW_TRIGGER_CRW) {
		note("signal channel report");
		w.report_count++;
		return;
	}
	if (!w.eventfd) {
		note("signal: there is no eventfd");
		return;
	}
	note("signal");
	w.ledger.signalled();
	w.counts[w.eventfd]++;
}

void trace(void *, vccw_trace_kind kind, vccw_u64 a, vccw_u64 b)
{
	World &w = world();
	const auto state = vccw::State(a);
	const auto event = vccw::Event(b);

	if (kind == VCCW_TRACE_PUBLISH)
		w.ledger.published(b);
	if (kind == VCCW_TRACE_RELEASE)
		note("release program");
	if (kind != VCCW_TRACE_EVENT)
		return;
	if (!holds_lock())
		fail("P1", "the state is changed without the lock");
	if (w.inside == kNobody) {
		if (state == vccw::State::kIdle &&
		    (event == vccw::Event::kStart || event == vccw::Event::kHalt ||
		     event == vccw::Event::kClear || event == vccw::Event::kQuiesce))
			w.inside = self();
	} else if (state != vccw::State::kProcessing && state != vccw::State::kNotOper) {
		fail("P3", "PROCESSING was left by somebody else's event");
	} else if (w.inside == self() && event != vccw::Event::kGone) {
		w.inside = kNobody;
	}
}

void log(void *, vccw_msg msg, vccw_u64 a, vccw_u64 b)
{
	if (msg == VCCW_MSG_BROKEN_RULE)
		fail("rules", "the core reports a broken rule (%llu, %llu)", a, b);
	if (msg == VCCW_MSG_IRB_DROPPED) {
		note("IRB dropped");
		world().irq_dropped = true;
	}
}

// --- guest storage ---------------------------------------------------------------------

int read_guest(void *, vccw_u64 gpa, void *to, vccw_u32 len)
{
	may_sleep("read_guest");
	point();
	std::memset(to, 0, len);
	for (u8 n = 1; n <= 4; n++)
		if (gpa == program_at(n) && len >= 8) {
			// READ, 8 bytes, the program's page
			const u32 cda = page_of(n) << 12;
			const u8 ccw[8] = {2, 0, 0, 8, 0, static_cast<u8>(cda >> 16),
					   static_cast<u8>(cda >> 8), 0};

			std::memcpy(to, ccw, sizeof(ccw));
		}
	return 0;
}

int pin(void *, vccw_u64 gpa, vccw_u32 n, int, vccw_u64 *host)
{
	may_sleep("pin");
	point();
	for (u32 i = 0; i < n; i++) {
		const u64 page = (gpa >> 12) + i;
		Pin *const free = find_pin(0);

		if (page == world().unmapped)
			return -VCCW_EINVAL;
		if (find_pin(page))
			fail("P9", "page %#llx is pinned twice", page);
		if (!free)
			return -VCCW_ENOMEM;
		*free = {page, kHosts + page * 0x3000, false, false};
		host[i] = free->host;
		note("pin page %#llx", page);
	}
	return 0;
}

void unpin(void *, vccw_u64 gpa, vccw_u32 n)
{
	may_sleep("unpin");
	point();
	for (u32 i = 0; i < n; i++) {
		const u64 page = (gpa >> 12) + i;
		Pin *const p = find_pin(page);

		if (!p)
			fail("P2", "page %#llx is unpinned and was not pinned", page);
		if (p->frozen && !p->kept)
			fail("P2", "page %#llx is unpinned while the channel may store into it", page);
		*p = {};
		note("unpin page %#llx", page);
	}
}

void keep(void *, vccw_u64 host)
{
	may_sleep("keep");
	point();
	for (Pin &p : world().pins)
		if (p.page && p.host == host)
			p.kept = true;
}

} // namespace

bool holds_lock()
{
	return world().lock == self();
}

void take_lock()
{
	if (self() == kExplorer) {
		if (world().lock != kNobody)
			fail("P11", "the lock is taken twice");
	} else if (holds_lock()) {
		fail("P11", "deadlock: the lock is taken twice");
	} else {
		wait_for(Wait::kLock);
	}
	world().lock = self();
	if (self() == kWork || self() == kExplorer)
		world().unseen = false;
}

void drop_lock()
{
	fine_point();
	if (!holds_lock())
		fail("P1", "unlock by somebody who does not hold the lock");
	world().lock = kNobody;
}

void check_storage()
{
	World &w = world();

	if (!w.channel.uses()) {
		for (Pin &p : w.pins)
			p.frozen = false;
		for (Span &s : w.dma)
			s.frozen = false;
		w.program_sum = 0;
	} else if (w.program_sum != sum_of_program()) {
		fail("P2", "storage of the running program is changed");
	}
}

const vccw_port port_table = {
	.lock = [](void *) -> unsigned long { return take_lock(), 0; },
	.unlock = [](void *, unsigned long) { drop_lock(); },
	.assert_locked =
		[](void *) {
			if (!holds_lock())
				fail("P1", "an entry for holders of the lock, without it");
		},
	.request_lock =
		[](void *) {
			may_sleep("request_lock");
			fine_point();
			if (self() != kExplorer)
				wait_for(Wait::kRequest);
			world().request = self();
		},
	.request_unlock =
		[](void *) {
			may_sleep("request_unlock");
			fine_point();
			world().request = kNobody;
		},
	.start = start,
	.halt = halt,
	.clear = clear,
	.paths_left = [](void *, vccw_u8) -> int { return locked("paths_left"), fine_point(), 1; },
	.enable = enable,
	.disable = disable,
	.cancel = cancel,
	.store = store,
	.gone = [](void *) { locked("gone"), fine_point(); },
	.queue_work = queue_work,
	.wake = [](void *) { locked("wake"), fine_point(), world().woken = true; },
	.wait_irq = wait_irq,
	.flush_work = flush_work,
	.alloc_dma = alloc_dma,
	.free_dma =
		[](void *, void *p, vccw_size bytes) {
			may_sleep("free_dma");
			point();
			give_span(world().dma, arena->dma, p, bytes);
		},
	.alloc = alloc,
	.free =
		[](void *, void *p, vccw_size bytes) {
			if (holds_lock())
				fail("P10", "free may sleep, and the subchannel lock is held");
			give_span(world().heap, arena->heap, p, bytes);
		},
	.zero_page = [](void *) -> vccw_u64 { return 0x700000000; },
	.read_guest = read_guest,
	.pin = pin,
	.unpin = unpin,
	.keep = keep,
	.signal = signal,
	.log = log,
	.trace = trace,
};

} // namespace explore
