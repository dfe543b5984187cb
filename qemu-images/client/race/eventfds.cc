// SPDX-License-Identifier: GPL-2.0-only
#include <atomic>
#include <poll.h>
#include <thread>

#include "../base/error.hpp"
#include "scenario.hpp"

namespace client {

static bool any_signal(EventFd &a, EventFd &b, int ms, std::uint64_t &signals)
{
	pollfd p[2] = {{a.fd(), POLLIN, 0}, {b.fd(), POLLIN, 0}};

	if (::poll(p, 2, ms) <= 0)
		return false;
	signals += a.take() + b.take();
	return true;
}

// One thread does I/O; the other swaps the eventfd below it, and now and then
// takes it away for a moment.
static void replace(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	EventFd other;
	const std::uint64_t times = ctx.times(10000);
	std::atomic<std::uint64_t> swaps{0};
	std::atomic<int> error{0};
	std::atomic<bool> stop{false};
	std::atomic<std::uint64_t> ios{0};
	std::uint64_t signals = 0;
	std::string failure;

	std::thread swapper([&] {
		for (std::uint64_t i = 0; i < times && !stop && !error; i++) {
			while (ios < i / 8 && !stop)	// neither may run away
				std::this_thread::yield();
			if (i % 4 == 3)
				error = s.device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX, -1);
			if (!error)
				error = s.device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX, i % 2 ? s.io().fd() : other.fd());
			swaps++;
		}
		stop = true;
	});
	const Chain chain = nop_program(s);
	while (!stop && failure.empty()) {
		const int err = s.device().start(Session::orb_for(chain));
		if (err) {
			failure = failed("START", err);
		} else if (!any_signal(s.io(), other, s.timeout_ms(), signals)) {
			failure = "no signal on either eventfd";
		} else {
			ccw_io_region region{};
			s.device().read_io(region);
			const Scsw w = Scsw::decode(region.irb_area);
			if (w.cpa != chain.next())
				failure = "status of something else: " + w.line();
			ios++;
		}
	}
	stop = true;
	swapper.join();
	r.expect(error == 0, "every replacement accepted", errno_name(error));
	r.expect(failure.empty(), "every I/O signalled on one eventfd or the other", failure);
	r.expect(signals == ios, "as many signals as I/Os", std::to_string(signals) + " and " + std::to_string(ios));
	r.add("replacements", swaps.load(), std::to_string(swaps) + " replacements under " + std::to_string(ios) + " I/Os");
	ccw_io_region left{};	// a status whose signal was lost must not block the next
	s.device().read_io(left);
	s.device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX, s.io().fd());
	s.io().take();
	still_works(r, s);
}

// Status that became readable with nobody to tell is told to the next eventfd.
static void late(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);

	for (std::uint64_t i = 0; i < ctx.times(1); i++) {
		s.memory().release_all();
		const Chain chain = nop_program(s);
		int err = s.device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX, -1);
		r.expect(err == 0, "the eventfd taken away", errno_name(err));
		err = s.device().start(Session::orb_for(chain));
		r.expect(err == 0, "START accepted", errno_name(err));
		r.expect(!s.io().wait(100), "no signal on the old eventfd", "one");
		err = s.device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX, s.io().fd());
		r.expect(err == 0, "an eventfd set again", errno_name(err));
		const auto irb = s.wait_irb(1000);
		r.expect(irb && ended_normally(*irb, chain), "the program's status, signalled now",
			 irb ? (*irb)->line() : "no signal");
		if (!irb) {	// leave nothing unread behind
			ccw_io_region region{};
			s.device().read_io(region);
		}
	}
	still_works(r, s);
}

static int trigger(Session &s, std::uint32_t kind, std::uint32_t index, std::uint32_t count, std::uint8_t value = 0)
{
	alignas(vfio_irq_set) std::uint8_t bytes[sizeof(vfio_irq_set) + 4] = {};
	auto *h = reinterpret_cast<vfio_irq_set *>(bytes);

	h->argsz = sizeof(bytes);
	h->flags = kind | VFIO_IRQ_SET_ACTION_TRIGGER;
	h->index = index;
	h->count = count;
	bytes[sizeof(vfio_irq_set)] = value;
	return s.device().ioctl(VFIO_DEVICE_SET_IRQS, bytes);
}

// The ways to trigger an interrupt by hand.
static void by_hand(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);

	EventFd *fds[] = {&s.io(), &s.crw(), &s.request()};
	for (std::uint32_t i = 0; i < 3 && i < s.device().info().num_irqs; i++) {
		const std::string name = s.device().interrupts()[i].name();
		int err = trigger(s, VFIO_IRQ_SET_DATA_NONE, i, 1, 0);
		std::uint64_t n = fds[i]->take();
		r.expect(!err && n == 1, name + ": NONE signals once", errno_name(err) + ", " + std::to_string(n));
		err = trigger(s, VFIO_IRQ_SET_DATA_BOOL, i, 1, 1);
		n = fds[i]->take();
		r.expect(!err && n == 1, name + ": BOOL 1 signals once", errno_name(err) + ", " + std::to_string(n));
		err = trigger(s, VFIO_IRQ_SET_DATA_BOOL, i, 1, 0);
		n = fds[i]->take();
		r.expect(!err && n == 0, name + ": BOOL 0 does not signal", errno_name(err) + ", " + std::to_string(n));
	}
	still_works(r, s);
}

// An index is disabled as a whole by NONE with count 0 (linux/vfio.h), which is not
// the same as NONE with count 1: that one fires it.
static void disable(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	EventFd *fds[] = {&s.io(), &s.crw(), &s.request()};

	for (std::uint32_t i = 0; i < 3 && i < s.device().info().num_irqs; i++) {
		const std::string name = s.device().interrupts()[i].name();
		const auto expect = [&](const char *what, int err, std::uint64_t signals) {
			const std::uint64_t n = fds[i]->take();
			r.expect(!err && n == signals, name + ": " + what, errno_name(err) + ", " + std::to_string(n) + " signals");
		};
		expect("NONE, count 1 fires", trigger(s, VFIO_IRQ_SET_DATA_NONE, i, 1), 1);
		expect("NONE, count 0 does not fire", trigger(s, VFIO_IRQ_SET_DATA_NONE, i, 0), 0);
		expect("after that NONE, count 1 reaches nobody", trigger(s, VFIO_IRQ_SET_DATA_NONE, i, 1), 0);
		expect("a second NONE, count 0 changes nothing", trigger(s, VFIO_IRQ_SET_DATA_NONE, i, 0), 0);
	}
	const Chain chain = nop_program(s);
	int err = s.device().start(Session::orb_for(chain));
	r.expect(err == 0, "START accepted", errno_name(err));
	r.expect(!s.io().wait(100), "no signal on the removed eventfd", "one");
	err = s.device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX, s.io().fd());
	r.expect(err == 0, "an eventfd set again", errno_name(err));
	const auto irb = s.wait_irb(1000);
	r.expect(irb && ended_normally(*irb, chain), "the program's status, signalled now", irb ? (*irb)->line() : "no signal");
	still_works(r, s);
}

std::vector<Scenario> eventfd_scenarios()
{
	return {
		{"eventfd-replace", "the eventfd is replaced 10000 times (--count) under I/O", replace},
		{"eventfd-late", "an interrupt without an eventfd is told to the next one", late},
		{"irq-by-hand", "SET_IRQS with NONE and BOOL signals the eventfds", by_hand},
		{"irq-disable", "SET_IRQS with NONE and count 0 takes the eventfd away", disable},
	};
}

} // namespace client
