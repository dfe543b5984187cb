// SPDX-License-Identifier: GPL-2.0-only
// Everything that a state consists of: the channel, the locks, the actors and
// their stacks, and the core's own memory.  It lies at one fixed address, so
// that copying bytes saves and restores it.
#pragma once

#include "channel.hpp"
#include "fiber.hpp"
#include "ledger.hpp"

#include <cstddef>
#include <cstdint>

namespace explore {

// --- what is tried ------------------------------------------------------------

struct Scenario {
	const char *name;
	const char *what;
	const char *a; // the clients' requests, see client.cc
	const char *b;
	const char *css; // events that cio reports: n(ot operational), c(hannel report),
			 // v(aried off is the path that is in use)
	Budget budget;
	u8 unread; // interrupts that are in the queue at the beginning
};

const Scenario *scenarios(bool deep, std::size_t *count);

// --- who acts -----------------------------------------------------------------

enum Who : u8 {
	kA,
	kB,
	kIrq,
	kWork,
	kCss,
	kExplorer, // sets up and winds up, without being interrupted
	kChannel,  // only as a column of traces
	kNobody,
};
constexpr int kFibers = kExplorer;

// What an actor waits for.
enum class Wait : u8 {
	kNothing, // runs as soon as it is chosen
	kLock,
	kRequest,
	kLife,
	kFlush,
	kWake, // wait_irq: a wake-up or the time limit
	kEventfd,
	kReportEventfd,
	kInterrupt, // the interrupt handler: status and a free lock
	kQueued,    // the work item
	kReport,    // cio's machine-check handling
	kDone,
};

struct Actor {
	Fiber fiber;
	Wait wait;
	bool timed_out;
	bool in_vain;    // and nothing else could have happened
	bool woken;      // since it has last counted the wakes
	bool saw_closed; // the device was closed at some time of its request
	bool renewing;
	bool unmapping;
	bool closing;
	bool host;    // acts for the host: waits for no client
	u8 op;        // position in the script
	u8 program;   // that its START is about
	int cc;       // of the instruction of its request; -1: none was issued
	u8 last_read; // newest IRB that it has got
};

// --- the core's memory ---------------------------------------------------------

struct Span {
	u32 at;
	u32 bytes;   // 0: free
	bool frozen; // part of the program that the channel uses
};

struct Pin {
	u64 page; // guest page number; 0: free
	u64 host;
	bool frozen;
	bool kept;
};

// --- the state -------------------------------------------------------------------

struct World {
	Channel channel;
	Ledger ledger;
	Budget left;
	Actor actors[kExplorer + 1];

	Who lock;
	Who request;
	Who life;
	bool queued; // work item
	bool running;
	u8 cancelling; // how many wait in flush_work
	bool unseen; // an interrupt ended a program, which is not released
	bool in_irq; // inside vccw_core_irq()
	bool irq_took;
	bool irq_silenced;
	bool irq_dropped;

	bool open;             // as the client sees it
	bool enabled_by_guest; // and it has asked for the SCHIB or a function since
	bool opened;           // as the shim does
	bool shut;             // the host needs the subchannel
	bool queued_css;       // only by an event that cio reports
	bool running_css;
	Who inside;   // whose request is in PROCESSING
	u8 eventfd;   // number of the installed one, 0: none
	u8 eventfds;  // how many there have been
	u8 counts[4]; // of each, by number
	u8 reports;   // channel reports sent
	u8 reports_got;
	u8 report_count; // of the eventfd for them
	u64 unmapped;    // guest page number that the client took away; 0: none
	u8 owed;         // functions, as in the SCSW, whose end the client has to learn of;
			 // 8: device end that is to come after their end

	u64 program_sum; // of the frozen storage
	vccw_core *core;
	Pin pins[8];
	Span heap[24];
	Span dma[4];
	u32 heap_top;
	u32 dma_top;
	u32 dma_used; // up to here it is not all zero, at the last save
};

constexpr std::size_t kHeapBytes = 24 << 10;
constexpr std::size_t kDmaBytes = 16 << 10;
constexpr std::size_t kStackBytes = 24 << 10;

struct Arena {
	World world;
	alignas(64) char heap[kHeapBytes];
	alignas(4096) char dma[kDmaBytes];
	alignas(64) char stacks[kFibers][kStackBytes];
};

extern Arena *const arena;
inline World &world()
{
	return arena->world;
}

// --- how it moves (world.cc) -----------------------------------------------------

// A choice: an actor to run, an actor's time limit, or an event of the channel.
using Choice = u8;
constexpr Choice kTimeout = 16; // + Who
constexpr Choice kEvent = 32;   // + Channel::Event
char letter(Choice c);
bool parse(char letter, Choice *c);

// The beginning; false: it broke a promise already.
bool build(const Scenario &s);
const Scenario &scenario();
// All choices of this state, the running actor first; returns how many.
int choices(Choice *out, Who last);
// Takes one; false: it broke a promise, see broken().
bool step(Choice c);
// The checks of a state in which nothing can move any more, then close and
// destroy; as step().
bool finish();

struct Broken {
	const char *promise;
	char what[200];
};
const Broken &broken();

// Runs the explorer's own part; false if it broke a promise.
bool attempt(void (*part)());

// Who runs now.
Who self();
inline Actor &me()
{
	return world().actors[self()];
}
// A scheduling point: others may go first.
void point();
// One that adds nothing but states: what comes next only gives something up
// (unlock), or can only be seen by those who wait for the lock that is held.
// `fine` has them all, to prove that.
void fine_point();
extern bool fine;
void wait_for(Wait w);
bool holds_lock();

// A copy of the state: size, save, restore, and its identity.
std::size_t save(char *to);
u32 used_dma();
void restore(const char *from);
u64 identity(const char *saved, std::size_t bytes);

// --- the actors (actors.cc, client.cc) and the port (host.cc) ------------------------------------------------

void client_main(int who);
void irq_main(int who);
void work_main(int who);
void css_main(int who);
// The lock is held by whoever calls.
void deliver_interrupt();
void take_lock();
void drop_lock();
// The explorer's own request, as a client's.
int request(char op, u8 argument);
void read_once();
void wait_and_read();
void read_reports(bool all);
void run_work();

const vccw_port &port_table();
// Ends the use of a program's storage where the channel has ended it, and
// checks what it still uses.
void check_storage();

// Programs: one CCW each, reading into a page of its own.
constexpr u32 program_at(u8 n)
{
	return 0x10000u + n * 0x1000u;
}
constexpr u32 page_of(u8 n)
{
	return 0x20u + n;
}

// A big-endian word of an architected area.
inline void put32(u8 *p, u32 v)
{
	for (int i = 0; i < 4; i++)
		p[i] = static_cast<u8>(v >> (24 - 8 * i));
}

// The trace of a replay; null: none is wanted.
struct Trace {
	virtual void line(Who column, const char *text) = 0;
};
extern Trace *tracing;

} // namespace explore
