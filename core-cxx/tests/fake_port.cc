// SPDX-License-Identifier: GPL-2.0-only
#include "fake_port.hpp"

namespace vccw_test {

// An instruction's condition code; with 0 the SCHIB shows its function from now on.
int FakePort::accept(int cc, u32 word0, u32 without)
{
	if (cc == 0)
		put32(schib + 28, (get32(schib + 28) & ~without) | word0);
	return cc;
}

// As QEMU's css_do_tsch_update_subch() and Hercules' test_subchan() leave the SCSW behind;
// status without a function changes nothing of one in progress.
void FakePort::test_subchannel(u32 word0)
{
	const bool intermediate = (word0 & 0x1f) == 9;
	const bool halted_suspended = (word0 & 0x2020) == 0x2020;

	if (!(word0 & 1) || !(word0 & 0x7000))
		return;
	if (!intermediate)
		put32(schib + 28, word0 & 0xc0); // what stays is subchannel and device active
	else if (halted_suspended)
		put32(schib + 28, 0);
	else
		put32(schib + 28, word0 & 0x7fe0);
}

int FakePort::pin(u64 gpa, u32 n, bool write, unsigned long long *host)
{
	may_sleep("pin");
	pin_calls++;
	EXPECT_EQ(gpa % kPage, 0u);
	if (pin_rc)
		return pin_rc;
	for (u32 i = 0; i < n; i++) {
		const u64 a = gpa + u64{i} * kPage;
		if (!guest.mapped(a))
			return -VCCW_EINVAL;
		if (write && !guest.writable(a))
			return -VCCW_EPERM;
		if (pins_before_enomem >= 0 && int(i) >= pins_before_enomem)
			return -VCCW_ENOMEM;
	}
	if (pins_before_enomem >= 0)
		pins_before_enomem -= int(n);
	for (u32 i = 0; i < n; i++) {
		const u64 page = gpa / kPage + i;
		EXPECT_EQ(pins.count(page), 0u) << "page pinned twice: " << std::hex << page;
		next_host_ += 3 * kPage; // neighbours are not neighbours here
		pins[page] = {next_host_, write, i ? 0 : n};
		host[i] = next_host_;
	}
	return 0;
}

void FakePort::unpin(u64 gpa, u32 n)
{
	may_sleep("unpin");
	// iommufd knows a pin by the range that it was made with.
	EXPECT_TRUE(pins.count(gpa / kPage) && pins[gpa / kPage].call == n) << "another range";
	for (u32 i = 0; i < n; i++)
		EXPECT_EQ(pins.erase(gpa / kPage + i), 1u) << "unpinned, but not pinned";
	events.push_back("unpin");
	if (in_unpin)
		in_unpin();
}

vccw_port FakePort::table()
{
	vccw_port t{};

	t.lock = [](void *c) -> unsigned long { return of(c).take(), 0; };
	t.unlock = [](void *c, unsigned long) { of(c).drop(); };
	t.assert_locked = [](void *c) { of(c).atomic("entry"); };
	t.request_lock = [](void *c) {
		of(c).may_sleep("request_lock");
		EXPECT_EQ(of(c).request_++, 0);
	};
	t.request_unlock = [](void *c) { EXPECT_EQ(--of(c).request_, 0); };
	t.start = [](void *c, vccw_u8 *orb) {
		FakePort &p = of(c);
		p.atomic("start");
		std::array<u8, 12> copy{};
		std::memcpy(copy.data(), orb, 12);
		p.orbs.push_back(copy);
		for (const auto &[abs, dma] : p.dma_)
			EXPECT_TRUE(dma.any_key || !(orb[4] >> 4))
				<< "not to be fetched by that key";
		p.events.push_back("start");
		if (p.in_start)
			p.in_start();
		return p.accept(next(p.start_cc), 0x4400, 0);
	};
	t.halt = [](void *c) {
		FakePort &p = of(c);
		return p.atomic("halt"), p.halts++, p.accept(next(p.halt_cc), 0x2200, 0);
	};
	t.clear = [](void *c) {
		FakePort &p = of(c);
		return p.atomic("clear"), p.clears++, p.accept(next(p.clear_cc), 0x1100, ~0u);
	};
	t.paths_left = [](void *c, vccw_u8) -> int { return of(c).other_path; };
	t.enable = [](void *c) {
		of(c).atomic("enable");
		const int rc = next(of(c).enable_rc);
		of(c).enabled = rc == 0;
		return rc;
	};
	t.disable = [](void *c) {
		of(c).atomic("disable");
		const int rc = next(of(c).disable_rc);
		if (!rc)
			of(c).enabled = false;
		of(c).events.push_back("disable");
		return rc;
	};
	t.cancel = [](void *c, int *retry) {
		FakePort &p = of(c);
		p.atomic("cancel");
		const int rc = next(p.cancel_rc);
		if (rc == -VCCW_EBUSY && !p.cancel_meets_status)
			--*retry; // HALT or CLEAR
		return rc;
	};
	t.store = [](void *c, vccw_u8 *schib) {
		of(c).atomic("store");
		std::memcpy(schib, of(c).schib, VCCW_SCHIB_SIZE);
		return 0;
	};
	t.gone = [](void *c) { of(c).atomic("gone"), of(c).gone++; };
	t.queue_work = [](void *c) { of(c).work_queued = of(c).work_urgent = true; };
	t.queue_work_later = [](void *c) { of(c).work_queued = true; };
	t.put_work_off = [](void *c) { of(c).work_queued = true, of(c).work_urgent = false; };
	t.wake = [](void *c) { of(c).atomic("wake"), of(c).wakes++; };
	t.wakes = [](void *c) { return of(c).atomic("wakes"), of(c).wakes; };
	t.wait_irq = [](void *c, u32 ms, u32 wakes) -> u32 {
		FakePort &p = of(c);
		p.may_sleep("wait_irq");
		if (p.in_wait)
			p.in_wait();
		if (p.wakes != wakes || !p.wait_in_vain)
			return ms;
		p.waited_ms += ms;
		return 0;
	};
	t.flush_work = [](void *c) {
		of(c).may_sleep("flush_work");
		of(c).run_work(); // as port.c, which cancels it and then does what it does
	};
	t.alloc_dma = [](void *c, vccw_size bytes, vccw_u64 *abs) -> void * {
		FakePort &p = of(c);
		p.may_sleep("alloc_dma");
		if (p.out_of_memory())
			return nullptr;
		EXPECT_EQ(bytes & (bytes - 1), 0u);
		EXPECT_GE(bytes, kPage);
		*abs = p.next_abs_;
		p.next_abs_ += bytes + kPage;
		Dma &d = p.dma_[*abs];
		d.memory = std::make_unique<u8[]>(bytes);
		d.bytes = bytes;
		return d.memory.get();
	};
	t.clear_keys = [](void *c, void *mem, vccw_size bytes) {
		of(c).may_sleep("clear_keys");
		for (auto &[abs, dma] : of(c).dma_)
			if (dma.memory.get() == mem) {
				EXPECT_EQ(dma.bytes, bytes);
				dma.any_key = true;
			}
	};
	t.free_dma = [](void *c, void *mem, vccw_size bytes) {
		FakePort &p = of(c);
		p.may_sleep("free_dma");
		for (auto it = p.dma_.begin(); it != p.dma_.end(); ++it) {
			if (it->second.memory.get() != mem)
				continue;
			EXPECT_EQ(it->second.bytes, bytes);
			p.dma_.erase(it);
			return;
		}
		ADD_FAILURE() << "free_dma of what is not there";
	};
	t.alloc = [](void *c, vccw_size bytes) -> void * {
		FakePort &p = of(c);
		p.may_sleep("alloc");
		if (p.out_of_memory())
			return nullptr;
		void *mem = std::calloc(1, bytes);
		p.heap_[mem] = bytes;
		return mem;
	};
	t.free = [](void *c, void *mem, vccw_size bytes) {
		FakePort &p = of(c);
		p.may_sleep("free");
		const auto it = p.heap_.find(mem);
		ASSERT_NE(it, p.heap_.end()) << "free of what is not there";
		EXPECT_EQ(it->second, bytes);
		p.heap_.erase(it);
		std::free(mem);
	};
	t.zero_page = [](void *) -> vccw_u64 { return kZeroPage; };
	t.read_guest = [](void *c, vccw_u64 gpa, void *to, vccw_u32 len) {
		FakePort &p = of(c);
		p.may_sleep("read_guest");
		if (p.reads_before_enomem >= 0 && !p.reads_before_enomem--)
			return -VCCW_ENOMEM;
		if (!p.guest.read(gpa, to, len))
			return -VCCW_EINVAL;
		p.bytes_read += len;
		if (p.count_reads)
			for (u32 i = 0; i < len; i += 4)
				p.word_reads[gpa + i]++;
		if (p.on_read)
			p.on_read(gpa, static_cast<u8 *>(to), len);
		if (p.in_read_guest)
			p.in_read_guest();
		return 0;
	};
	t.pin = [](void *c, vccw_u64 gpa, vccw_u32 n, int write, vccw_u64 *host) {
		return of(c).pin(gpa, n, write != 0, host);
	};
	t.unpin = [](void *c, vccw_u64 gpa, vccw_u32 n) { of(c).unpin(gpa, n); };
	t.keep = [](void *c, vccw_u64 host) {
		EXPECT_NE(of(c).guest_of(host), ~0ull);
		of(c).kept.push_back(host);
	};
	t.random = [](void *c) -> vccw_u64 {
		FakePort &p = of(c);
		p.may_sleep("random");
		p.next_random_ = p.next_random_ * 6364136223846793005 + 1442695040888963407;
		return p.random ? p.random() : p.next_random_ ^ p.next_random_ >> 32;
	};
	t.relax = [](void *c) {
		of(c).may_sleep("relax");
		of(c).relaxes++;
		if (of(c).in_relax)
			of(c).in_relax();
	};
	t.signal = [](void *c, vccw_trigger which) {
		of(c).signals[which]++;
		of(c).events.push_back("signal");
	};
	t.log = [](void *c, vccw_msg msg, vccw_u64 a, vccw_u64 b) {
		of(c).logged.push_back({msg, a, b});
	};
	t.trace = [](void *c, vccw_trace_kind kind, vccw_u64, vccw_u64) {
		if (kind == VCCW_TRACE_PUBLISH)
			of(c).events.push_back("publish");
		if (kind == VCCW_TRACE_RELEASE)
			of(c).events.push_back("release");
	};
	return t;
}

Bench::Bench(bool open, vccw_limits limits)
{
	const vccw_port t = FakePort::table();

	EXPECT_EQ(vccw_core_create(&t, &port, &limits, &core), 0);
	port.core = core;
	port.guest.map(0x10000, 0x40000);
	if (open) {
		vccw_core_trigger(core, VCCW_TRIGGER_IO, 1);
		EXPECT_EQ(vccw_core_open(core), 0);
		look();
	}
}

void Bench::look()
{
	u8 schib[VCCW_SCHIB_SIZE];

	EXPECT_EQ(vccw_core_read_schib(core, schib), 0);
}

Bench::~Bench()
{
	vccw_core_close(core);
	vccw_core_destroy(core);
}

int Bench::start(u32 cpa, u32 word1)
{
	u8 region[VCCW_IO_REGION_SIZE] = {};

	put32(region, 0x1234);
	put32(region + 4, word1);
	put32(region + 8, cpa);
	put32(region + 12, 4u << 12);
	return vccw_core_write_io(core, 0, region, sizeof(region));
}

int Bench::async(u32 command)
{
	u32 words[2] = {command, 0};

	return vccw_core_write_async(core, 0, words, sizeof(words));
}

void Bench::interrupt(u32 word0, u32 cpa, u32 word2)
{
	u8 irb[VCCW_IRB_SIZE] = {};

	put32(irb, word0);
	put32(irb + 4, cpa);
	put32(irb + 8, word2);
	port.interrupt(irb);
}

std::array<u8, VCCW_IO_REGION_SIZE> Bench::read()
{
	std::array<u8, VCCW_IO_REGION_SIZE> region{};
	u64 token = vccw_core_read_io(core, region.data());

	for (int run = 0; !token && port.work_queued && run < 2; run++) { // it may be held back
		port.run_work();
		token = vccw_core_read_io(core, region.data());
	}
	vccw_core_ack_io(core, token, 0, VCCW_IO_REGION_SIZE);
	return region;
}

u32 Bench::read_cpa()
{
	return get32(read().data() + 24 + 4);
}

u32 Bench::read_word0()
{
	return get32(read().data() + 24);
}

vccw_stats Bench::stats()
{
	vccw_stats s{};

	vccw_core_stats(core, &s);
	return s;
}

void Bench::ccw(u32 at, u8 cmd, u8 flags, u16 count, u32 cda)
{
	u8 c[8] = {cmd, flags};

	put16(c + 2, count);
	put32(c + 4, cda);
	port.guest.write(at, c, 8);
}

void Bench::ccw0(u32 at, u8 cmd, u8 flags, u16 count, u32 cda)
{
	u8 c[8] = {};

	put32(c, u32(cmd) << 24 | cda);
	c[4] = flags;
	put16(c + 6, count);
	port.guest.write(at, c, 8);
}

void Bench::simple(u32 cpa, u8 cmd, u32 data, u8 flags, u16 count)
{
	ccw(cpa, cmd, flags, count, data);
}

u32 Bench::host_cpa(std::size_t nth_from_last) const
{
	return get32(port.orbs.at(port.orbs.size() - 1 - nth_from_last).data() + 8);
}

} // namespace vccw_test
