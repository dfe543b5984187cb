// SPDX-License-Identifier: GPL-2.0-only
#include "session.hpp"

#include <algorithm>

#include "../base/error.hpp"

namespace client {

std::string Outcome::text() const
{
	return start ? errno_name(start) : timed_out ? "no status" : irb->line();
}

Session::Session(const SessionOptions &options)
	: options_(options), mdev_(choose_mdev(options.uuid)), backend_(make_backend(options.backend)),
	  memory_(*backend_)
{
	Fd fd = backend_->open_device(mdev_);

	device_.emplace(std::move(fd));
	if (const int err = memory_.add(0, options_.memory_bytes, true))
		throw environment_error("no-dma-map", failed("mapping the guest memory area", err),
					err == -ENOMEM ? "raise the locked-memory limit (ulimit -l), or use less with --memory MIB"
						       : "is vfio_iommu_type1 loaded?");
	for (const auto &i : device_->interrupts()) {
		const EventFd *e = i.index == VFIO_CCW_IO_IRQ_INDEX  ? &io_
				 : i.index == VFIO_CCW_CRW_IRQ_INDEX ? &crw_
				 : i.index == VFIO_CCW_REQ_IRQ_INDEX ? &request_
								     : nullptr;
		if (!e)
			continue;
		if (const int err = device_->set_eventfd(i.index, e->fd()))
			throw unexpected_error("no-eventfd", failed("arming the " + i.name() + " interrupt", err));
	}
}

std::optional<Irb> Session::wait_irb(int ms)
{
	if (!io_.wait(ms))
		return std::nullopt;
	io_.take();
	ccw_io_region r{};
	if (const int err = device_->read_io(r))
		throw unexpected_error("read-failed", failed("reading the I/O region", err));
	Irb::Raw raw{};
	std::copy(std::begin(r.irb_area), std::end(r.irb_area), raw.begin());
	return Irb(raw);
}

Irb Session::need_irb(const std::string &after)
{
	if (auto irb = wait_irb())
		return *irb;
	throw unexpected_error("timeout", "no interrupt within " + std::to_string(options_.timeout_ms) + " ms after " + after,
			       "is the device busy or gone? see `vccw schib`; allow more with --timeout MS");
}

Orb Session::orb_for(const Chain &chain)
{
	Orb orb;

	orb.fmt = chain.format1();
	orb.cpa = chain.first();
	return orb;
}

Outcome Session::run(const Orb &orb)
{
	Outcome out;

	out.start = device_->start(orb);
	if (out.start)
		return out;
	const std::int64_t end = now_ms() + options_.timeout_ms;
	for (;;) {
		const auto irb = wait_irb(static_cast<int>(std::max<std::int64_t>(0, end - now_ms())));
		if (!irb) {
			out.timed_out = true;
			return out;
		}
		if ((*irb)->final() && ((*irb)->fctl() & kFctlStart)) {
			out.irb = *irb;
			return out;
		}
		out.before.push_back(*irb);
	}
}

Irb Session::must_run(const Chain &chain, const std::string &what)
{
	const Outcome o = run(chain);

	if (o.start == -ENODEV || o.start == -EACCES)
		throw unexpected_error("not-operational", failed("starting " + what, o.start),
				       "the device or its path is not there: see `vccw schib`");
	if (o.start)
		throw unexpected_error("refused", failed("starting " + what, o.start),
				       o.start == -EBUSY ? "end what runs: `vccw clear`" : "see dmesg for the reason");
	if (o.timed_out)
		throw unexpected_error("timeout", "no interrupt within " + std::to_string(options_.timeout_ms) + " ms after " + what,
				       "is the device busy? see `vccw schib`; allow more with --timeout MS");
	return o.irb;
}

} // namespace client
