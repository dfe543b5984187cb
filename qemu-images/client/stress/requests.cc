// SPDX-License-Identifier: GPL-2.0-only
// What clients ask of a device, at random, and what may be answered.
#include <algorithm>
#include <cstring>
#include <linux/vfio.h>
#include <linux/vfio_ccw.h>
#include <unistd.h>

#include "../base/error.hpp"
#include "world.hpp"

namespace client {

namespace {

struct Weight {
	Op op;
	unsigned percent;
};

constexpr Weight kWeights[] = {
	{Op::kStart, 30}, {Op::kNoPath, 4}, {Op::kHostile, 14}, {Op::kHalt, 11},
	{Op::kClear, 12}, {Op::kProbe, 2},  {Op::kPeek, 10},	{Op::kSchib, 6},
	{Op::kBad, 4},    {Op::kEventfd, 4}, {Op::kMap, 2},	{Op::kReset, 1},
};

constexpr unsigned kNoPath = 0x40; // the devices have one path, 80

Op choose(Random &random)
{
	std::uint32_t n = random.below(100);

	for (const auto &w : kWeights) {
		if (n < w.percent)
			return w.op;
		n -= w.percent;
	}
	return Op::kStart;
}

} // namespace

void World::must_be(Op op, int result, std::initializer_list<int> allowed)
{
	// Another request may have been inside for as long as the client tried.
	if (!result || result == -EAGAIN)
		return;
	if (options_.own_path && (result == -ENODEV || result == -EACCES))
		return;
	if (result == -ENODEV && left_behind())
		return;
	if (std::find(allowed.begin(), allowed.end(), result) == allowed.end())
		wrong(std::string(op_name(op)) + ": " + errno_name(result));
}

// `may_stay`: its program may be suspended.
int World::start(Opened &o, const Orb &orb, bool may_stay)
{
	const std::uint64_t begun = o.last_start().begin();

	o.account().start.begun++;
	const int err = o.session().device().start(orb);
	if (err)
		o.account().start.refused++;
	else
		o.last_start().accepted(begun, may_stay);
	return err;
}

int World::start_legal(Random &random, Opened &o, bool by_no_path)
{
	const std::lock_guard hold(o.starting);
	std::string bad;
	Slot &slot = o.slots().next(bad);
	Orb orb = legal_program(random, o.session().memory(), slot);

	if (by_no_path) {
		orb.lpm = kNoPath;
		slot.buffers.clear();
	}
	o.slots().begin(slot);
	const int err = start(o, orb, orb.spnd && !by_no_path);
	if (err)
		o.slots().refused(slot, bad);
	else
		o.slots().accepted(slot, bad);
	if (!bad.empty())
		wrong(bad);
	if (by_no_path)
		must_be(Op::kNoPath, err, {-EBUSY, -ENODEV, -EACCES});
	else
		must_be(Op::kStart, err, {-EBUSY});
	return err;
}

int World::start_hostile(Random &random, Opened &o, unsigned thread)
{
	const Orb orb =
		hostile_program(random, o.session().memory(), o.scratch(thread), !options_.keep);
	const int err = start(o, orb, orb.spnd);

	must_be(Op::kHostile, err, {-EBUSY, -EINVAL, -EOPNOTSUPP, -ENODEV, -EACCES, -EIO});
	return err;
}

int World::async(Opened &o, Async which)
{
	Function &f = which == Async::kHalt ? o.account().halt : o.account().clear;

	f.begun++;
	const int err = o.session().device().async(which);
	if (err)
		f.refused++;
	if (which == Async::kHalt)
		must_be(Op::kHalt, err, {-EBUSY});
	else
		must_be(Op::kClear, err, {});
	return err;
}

// Parts of regions; no status is taken away, as only the whole IRB counts, which is 64 bytes of
// the area.
int World::peek(Random &random, Opened &o)
{
	Device &device = o.session().device();
	const Region &io = device.io_region(),
		     &async = device.need(VFIO_REGION_SUBTYPE_CCW_ASYNC_CMD);
	std::uint8_t bytes[sizeof(ccw_io_region)];
	const bool first = random.chance(50);
	const std::uint64_t size = first ? offsetof(ccw_io_region, ret_code) : async.size;
	const std::uint32_t from = random.below(static_cast<std::uint32_t>(size));
	std::uint32_t length = 1 + random.below(static_cast<std::uint32_t>(size) - from);

	if (first && from <= offsetof(ccw_io_region, irb_area))
		length = std::min<std::uint32_t>(length, offsetof(ccw_io_region, irb_area) + 63 - from);
	const long got = device.read_at((first ? io : async).offset + from, bytes, length);
	if (got != static_cast<long>(length))
		wrong("a read of " + std::to_string(length) + " bytes gave " + std::to_string(got));
	return 0;
}

// Refused without a trace.
int World::bad(Random &random, Opened &o)
{
	Device &device = o.session().device();
	const Region &async = device.need(VFIO_REGION_SUBTYPE_CCW_ASYNC_CMD);
	std::uint8_t bytes[512];
	ccw_cmd_region command{};
	long result;

	std::memset(bytes, 0xff, sizeof(bytes));
	switch (random.below(5)) {
	case 0:
		command.command = 4 << random.below(28);
		result = device.write_at(async.offset, &command, sizeof(command));
		break;
	case 1:
		result = device.write_at(device.io_region().offset, bytes,
					 sizeof(ccw_io_region) + 1 + random.below(64));
		break;
	case 2:
		result = device.read_at(random.next() >> random.below(60) | 1 << 20, bytes,
					1 + random.below(512));
		break;
	case 3:
		result = device.write_at(device.need(VFIO_REGION_SUBTYPE_CCW_SCHIB).offset, bytes,
					 4);
		break;
	default:
		result = device.set_eventfd(3 + random.word() % 1000, -1);
		break;
	}
	if (result != -EINVAL && result != -EAGAIN)
		wrong("a bad request was answered with " + std::to_string(result));
	return static_cast<int>(std::min(result, 0L));
}

int World::request(Random &random, Op op, Opened &o, unsigned thread)
{
	int err = 0;

	switch (op) {
	case Op::kStart:
		return start_legal(random, o, false);
	case Op::kNoPath:
		return start_legal(random, o, true);
	case Op::kHostile:
		return start_hostile(random, o, thread);
	case Op::kHalt:
		return async(o, Async::kHalt);
	case Op::kClear:
		return async(o, Async::kClear);
	case Op::kPeek:
		return peek(random, o);
	case Op::kBad:
		return bad(random, o);
	case Op::kSchib: {
		ccw_schib_region schib{};
		err = o.session().device().read_schib(schib);
		break;
	}
	case Op::kEventfd:
		// None for a moment only, or nothing would be read.
		err = o.swap_eventfd(random.below(3));
		if (!err)
			err = o.swap_eventfd(random.below(2));
		break;
	case Op::kMap:
		err = o.flip();
		break;
	case Op::kReset: {
		const std::uint64_t before = o.slots().returned();
		o.account().resets++;
		err = o.session().device().reset();
		if (!err)
			o.slots().bury(before);
		break;
	}
	default:
		break;
	}
	must_be(op, err, {});
	return err;
}

// A probe waits until nobody else is inside, and nobody goes in before it.
int World::alone_or_not(Beat &beat, Random &random, Op op, Opened &o, unsigned thread)
{
	std::unique_lock turn(turn_);

	mark(beat, op_name(op));
	if (op == Op::kProbe) {
		const std::lock_guard alone(requests_lock_);
		return probe(o);
	}
	const std::shared_lock hold(requests_lock_);
	turn.unlock();
	return request(random, op, o, thread);
}

void World::requester(Beat &beat, unsigned thread)
{
	Random random(run_.seed(), number_ * 100 + 1 + thread);

	for (;;) {
		mark(beat, "waiting for the device to be open");
		const auto o = opened();
		if (!o) {
			if (run_.over())
				return;
			::usleep(5000);
			continue;
		}
		if (!run_.take())
			return;
		Op op = choose(random);
		if (op == Op::kNoPath && options_.keep)
			op = Op::kStart;
		run_.done(op, alone_or_not(beat, random, op, *o, thread));
		requests_++;
		if (random.chance(5))
			::usleep(random.below(500));
	}
}

} // namespace client
