// SPDX-License-Identifier: GPL-2.0-only
// The port: locks, waiting and telling.  Whatever the kernel would not forgive
// is a broken promise.
#include "host.hpp"
#include "report.hpp"

#include "../../device/fsm.hpp"

#include <initializer_list>

namespace explore {
namespace {

void request_lock(void *)
{
	may_sleep("request_lock");
	if (me().host)
		fail("P11", "the host waits for a client's request");
	fine_point();
	if (self() != kExplorer)
		wait_for(Wait::kRequest);
	world().request = self();
}

void request_unlock(void *)
{
	may_sleep("request_unlock");
	fine_point();
	world().request = kNobody;
}

void queue_work(void *)
{
	World &w = world();

	locked("queue_work");
	fine_point();
	if (w.cancelling) {
		note("queue the work item: in vain");
		return;
	}
	if (!w.queued)
		note("queue the work item");
	w.queued_css = self() == kCss && (w.queued_css || !w.queued);
	w.queued = true;
}

void wake(void *)
{
	locked("wake");
	fine_point();
	for (Actor &a : world().actors)
		a.woken = true;
}

u32 wakes(void *)
{
	locked("wakes");
	me().woken = false;
	return 0;
}

u32 wait_irq(void *, u32 ms, u32)
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
		return ms;
	}
	wait_for(Wait::kWake);
	const u32 left = a.timed_out ? 0 : ms;
	if (a.timed_out)
		note("waited in vain");
	if (a.in_vain && ms >= 1000 && !world().left.stuck)
		fail("P11", "waits %u ms for a wake-up that nothing will cause", ms);
	a.timed_out = a.in_vain = false;
	return left;
}

void flush_work(void *)
{
	World &w = world();

	may_sleep("flush_work");
	if (me().host)
		fail("P11", "the host waits for memory that a client may hold");
	point();
	if (self() == kExplorer) {
		while (w.queued)
			run_work();
		return;
	}
	if (self() == kWork)
		fail("P11", "the work item waits for itself");
	// As cancel_delayed_work_sync(): what is queued meanwhile is lost.
	w.queued = w.queued_css = false;
	if (w.running) {
		w.cancelling++;
		wait_for(Wait::kFlush);
		w.cancelling--;
	}
	vccw_core_todo(w.core);
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
	if (kind == VCCW_TRACE_IRQ) {
		w.irq_took = true;
		w.unseen = w.unseen || b;
	}
	if (kind == VCCW_TRACE_RELEASE) {
		note("release program");
		w.unseen = false;
	}
	if (kind != VCCW_TRACE_EVENT)
		return;
	if (!holds_lock())
		fail("P1", "the state is changed without the lock");
	if (w.inside == kNobody) {
		if (state == vccw::State::kIdle &&
		    (event == vccw::Event::kStart || event == vccw::Event::kHalt ||
		     event == vccw::Event::kClear || event == vccw::Event::kQuiesce))
			w.inside = self();
	} else if (state != vccw::State::kProcessing && state != vccw::State::kNotOper &&
		   state != vccw::State::kShut) {
		fail("P3", "PROCESSING was left by somebody else's event");
	} else if (w.inside == self() && event != vccw::Event::kGone &&
		   event != vccw::Event::kShutDown) {
		w.inside = kNobody;
	}
}

void log(void *, vccw_msg msg, vccw_u64 a, vccw_u64 b)
{
	if (msg == VCCW_MSG_BROKEN_RULE)
		fail("rules", "the core reports a broken rule (%llu, %llu)", a, b);
	if (msg == VCCW_MSG_STUCK && me().unmapping)
		lost_for_the_client(0);
	if (msg == VCCW_MSG_IRB_DROPPED) {
		note("IRB dropped");
		world().irq_dropped = true;
	}
}

} // namespace

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
}

void drop_lock()
{
	fine_point();
	if (!holds_lock())
		fail("P1", "unlock by somebody who does not hold the lock");
	world().lock = kNobody;
}

const vccw_port &port_table()
{
	static vccw_port port{};

	port.lock = [](void *) -> unsigned long { return take_lock(), 0; };
	port.unlock = [](void *, unsigned long) { drop_lock(); };
	port.assert_locked = [](void *) {
		if (!holds_lock())
			fail("P1", "an entry for holders of the lock, without it");
	};
	port.request_lock = request_lock;
	port.request_unlock = request_unlock;
	port.queue_work = queue_work;
	port.queue_work_later = queue_work; // when it runs is open in any case
	port.put_work_off = queue_work;
	port.wake = wake;
	port.wakes = wakes;
	port.wait_irq = wait_irq;
	port.flush_work = flush_work;
	port.signal = signal;
	port.log = log;
	port.trace = trace;
	add_instructions(port);
	add_memory(port);
	return port;
}

} // namespace explore
