// SPDX-License-Identifier: GPL-2.0-only
// One passed-through subchannel: the operations behind vccw_core.h.
//
// Everything that more than one context touches is in Shared, which can only
// be reached with a proof that the subchannel lock is held.  The program's body
// belongs to whoever holds the Program handle, and needs no lock.
#pragma once

#include "../program/translate.hpp"
#include "crw_queue.hpp"
#include "fsm.hpp"
#include "irb_queue.hpp"
#include "status.hpp"

namespace vccw {

// What the I/O region looks like to the client: linux/vfio_ccw.h.
struct IoRegion {
	Orb orb;
	Scsw scsw;
	u8 irb[VCCW_IRB_AREA_SIZE];
	u32 ret_code;
};
static_assert(sizeof(IoRegion) == VCCW_IO_REGION_SIZE);
constexpr u32 kIrbFrom = __builtin_offsetof(IoRegion, irb);
constexpr u32 kIrbTo = kIrbFrom + VCCW_IRB_AREA_SIZE;

struct AsyncRegion {
	u32 command;
	u32 ret_code;
};
static_assert(sizeof(AsyncRegion) == VCCW_ASYNC_REGION_SIZE);

class Device {
public:
	Device(const vccw_port &port, void *ctx, const vccw_limits &limits)
		: port_(port, ctx), limits_(limits)
	{
	}
	void identify(u16 control_unit)
	{
		body_.plan.device = class_of_control_unit(control_unit);
	}
	const Port &port() const { return port_; }

	Status open();
	void close();
	Status reset();
	void unmap(u64 gpa, u64 len);
	void shut();

	Status write_io(u32 off, const u8 *bytes, u32 len);
	u64 read_io(IoRegion &out);
	void ack_io(u64 token, u32 off, u32 len);
	Status write_async(u32 off, const u8 *bytes, u32 len);
	void read_async(AsyncRegion &out);
	Status read_schib(u8 *schib);
	u64 read_crw(u32 *crw);
	void ack_crw(u64 token);
	void trigger(vccw_trigger which, bool present);
	void stats(vccw_stats &out);

	// The caller holds the subchannel lock.
	void irq(const Irb &irb)
	{
		const CallerHoldsLock lk(port_);

		irq(irb, lk);
	}
	void not_oper()
	{
		const CallerHoldsLock lk(port_);

		not_oper(lk);
	}
	void not_enabled()
	{
		const CallerHoldsLock lk(port_);

		not_enabled(lk);
	}
	void crw(u32 word)
	{
		const CallerHoldsLock lk(port_);

		crw(word, lk);
	}

	void todo();

private:
	struct Shared {
		State state = State::kStandby;
		bool quiescing = false;        // quiescing: nothing is published
		bool releasing = false;        // the ended program is being released
		bool signalled = false;        // the published IRB was signalled
		Matter just_read{};            // the guest may not have taken that yet
		bool read_lately = false;      // ... since the work item ran
		bool held_back = false;        // the next IRB waits for the work item
		bool unproven = false;         // shut, and not known to be inactive
		bool enabled_by_guest = false; // the client has asked something of the subchannel
		bool has_client = false;       // from open to close
		bool present[VCCW_TRIGGERS]{};
		Program in_flight; // started, not ended
		Program ended;     // its storage is not released yet; see release.cc
		IrbQueue irbs;
		CrwQueue crws;
		IoRegion io{};
		AsyncRegion async{};
		vccw_stats stats{};
		u64 irb_number = 0; // of the published IRB
	};

	const Port port_;
	const vccw_limits limits_;
	Guarded<Shared> shared_;
	ProgramBody body_{};  // has storage while the device is open
	bool parked_ = false; // the channel may use that for ever
	bool said_prefetch_ VCCW_GUARDED_BY(port_.request) = false;
	bool said_extension_ VCCW_GUARDED_BY(port_.request) = false;

	Action fire(Event event, const Locked &lk) VCCW_REQUIRES(port_.sch);
	static Status answer(Action refusal);

	// start.cc
	bool store_io(u32 off, const u8 *bytes, u32 len, Orb *orb, Status *rc, const Locked &lk)
		VCCW_REQUIRES(port_.sch);
	bool nothing_in_progress(u32 *word0, const Locked &lk) VCCW_REQUIRES(port_.sch);
	bool prove_inactive(const Locked &lk) VCCW_REQUIRES(port_.sch);
	Status begin_start(const Locked &lk) VCCW_REQUIRES(port_.sch);
	Status issue_start(Program &program, const Locked &lk) VCCW_REQUIRES(port_.sch);
	Status start(const Orb &orb) VCCW_REQUIRES(port_.request) VCCW_EXCLUDES(port_.sch);
	void note_departures(const Orb &orb) VCCW_REQUIRES(port_.request) VCCW_EXCLUDES(port_.sch);

	// async.cc
	Status halt(const Locked &lk) VCCW_REQUIRES(port_.sch);
	Status clear(const Locked &lk) VCCW_REQUIRES(port_.sch);

	// interrupt.cc
	static void hide_host_addresses(Irb &irb, const Program &program);
	void irq(const Irb &irb, const Locked &lk) VCCW_REQUIRES(port_.sch);
	bool merge(const Irb &irb, const Meaning &meaning, const Locked &lk)
		VCCW_REQUIRES(port_.sch);
	void capture(const Irb &irb, const Meaning &meaning, const Locked &lk)
		VCCW_REQUIRES(port_.sch);
	bool hold_back(u32 next, const Locked &lk) VCCW_REQUIRES(port_.sch);
	static void hold_nothing_back(Shared &s)
	{
		s.held_back = s.read_lately = false;
		s.just_read = Matter::kNone;
	}
	void publish(const Locked &lk) VCCW_REQUIRES(port_.sch);

	// release.cc
	static bool unprocessed(const Shared &s) { return s.ended || s.releasing; }
	void end_in_flight(const Locked &lk) VCCW_REQUIRES(port_.sch);
	bool take_ended(Program &program, const Locked &lk) VCCW_REQUIRES(port_.sch);
	void ended_released(const Locked &lk) VCCW_REQUIRES(port_.sch);

	// regions.cc
	u64 copy_io(IoRegion &out, const Locked &lk) VCCW_REQUIRES(port_.sch);
	void crw(u32 word, const Locked &lk) VCCW_REQUIRES(port_.sch);
	void tell_crw(const Locked &lk) VCCW_REQUIRES(port_.sch);

	// session.cc
	bool take_storage() VCCW_REQUIRES(port_.request) VCCW_EXCLUDES(port_.sch);
	void give_storage_back() VCCW_REQUIRES(port_.request) VCCW_EXCLUDES(port_.sch);
	void forget_client(const Locked &lk) VCCW_REQUIRES(port_.sch);
	Status enable(const Locked &lk) VCCW_REQUIRES(port_.sch);

	// quiesce.cc
	enum class Status_of_client { kKept, kDropped };
	Status quiesce(Status_of_client status) VCCW_REQUIRES(port_.request)
		VCCW_EXCLUDES(port_.sch);
	Status disable(const Locked &lk) VCCW_REQUIRES(port_.sch);
	Status break_off(int &ladder, bool &halted, const Locked &lk) VCCW_REQUIRES(port_.sch);
	Status stop(u32 ms) VCCW_EXCLUDES(port_.sch);
	void park(Status why, Program &lost) VCCW_REQUIRES(port_.request) VCCW_EXCLUDES(port_.sch);
	void finish(Status_of_client status, Program &left) VCCW_REQUIRES(port_.request)
		VCCW_EXCLUDES(port_.sch);
	u32 last_path(const Locked &lk) VCCW_REQUIRES(port_.sch);
	bool end_without_interrupt(u32 over, const Locked &lk) VCCW_REQUIRES(port_.sch);

	// gone.cc
	void not_oper(const Locked &lk) VCCW_REQUIRES(port_.sch);
	void not_enabled(const Locked &lk) VCCW_REQUIRES(port_.sch);
};

} // namespace vccw
