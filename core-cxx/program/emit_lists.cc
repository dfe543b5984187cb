// SPDX-License-Identifier: GPL-2.0-only
// Takes one CCW with its data address, IDAL or MIDAL in guest storage; gives a list of
// tokens in the program's storage, and points the CCW to it:
//
//	WRITE IDA 5000 bytes, list of the guest's: 21800, 30000, 24000
//	WRITE IDA 5000 bytes, list of ours: page 21, 800; page 30, 0; page 24, 0
#include "emit.hpp"

namespace vccw {

u32 Emitter::words_for(u64 first, u32 count, bool backward) const
{
	const u32 offset = u32(first) & (block_ - 1);
	const u32 lead = backward ? block_ - 1 - offset : offset;

	return (lead + count + block_ - 1) / block_;
}

bool Emitter::right_boundary(u64 addr, bool backward) const
{
	const u64 rest = addr & (block_ - 1);

	return rest == (backward ? block_ - 1 : 0);
}

// No operation: a device takes no data, but a channel may look at the address.
Status Emitter::zeros(u32 slot)
{
	const u32 n = words_for(0, at(slot).count, false);
	const Storage::List list = body_.storage.idal(port_, n, limits_.bytes);

	if (!list.words)
		return out_of_storage();
	for (u32 i = 0; i < n; i++)
		static_cast<Be64 *>(list.words)[i] = PageSet::zero_token(0);
	pacer_.spend(n);
	point_to(slot, ccw::kIda, list);
	return kOk;
}

// A data address in the CCW itself becomes an IDAL: guest pages are neither
// contiguous nor below 2 GiB here.
Status Emitter::direct(u32 slot, Flow flow)
{
	const bool store = stores(flow);
	const u64 first = at(slot).cda;
	const bool backward = flow == Flow::kStoreBackward;
	const u32 n = words_for(first, at(slot).count, backward);
	const Storage::List list = body_.storage.idal(port_, n, limits_.bytes);
	const u64 step = backward ? -u64{block_} : u64{block_};
	const u64 end = address_end();
	u64 addr = first;

	if (!list.words)
		return out_of_storage();
	for (u32 i = 0; i < n; i++) {
		u64 token = PageSet::bad_token();

		// Wraps to far beyond the end where it descends below 0.
		if (addr < end)
			token = body_.pages.token(port_, addr, store, limits_.pages);
		if (!token)
			return out_of_pages(slot);
		static_cast<Be64 *>(list.words)[i] = token;
		addr = ((addr & ~u64{block_ - 1}) | (backward ? block_ - 1 : 0)) + step;
	}
	pacer_.spend(n);
	point_to(slot, ccw::kIda, list);
	return kOk;
}

// Reads `n` IDAWs from guest address `list` into `words`, each widened to 8
// bytes; false, and nothing read, where some of them can't be.  A format-0 CCW's
// list ends where its own address does (QEMU css.c, ida_read_next_idaw).
bool Emitter::read_all(u64 list, Be64 *words, u32 n)
{
	if (format2_ida())
		return list + u64{n} * sizeof(Be64) <= address_end() &&
		       body_.fetched.read(port_, list, words, n * u32(sizeof(Be64)));

	// Into the upper half, so that widening from the front is safe.
	Be32 *const narrow = reinterpret_cast<Be32 *>(words) + n;

	if (list + u64{n} * sizeof(Be32) > address_end() ||
	    !body_.fetched.read(port_, list, narrow, n * u32(sizeof(Be32))))
		return false;
	for (u32 i = 0; i < n; i++) {
		const u32 word = narrow[i];
		words[i] = word;
	}
	return true;
}

// As read_all; where the list runs into storage that is not there, reads the
// words before.  Returns how many; a list of one CCW meets one page boundary.
u32 Emitter::read_words(u64 list, Be64 *words, u32 n)
{
	const u32 size = format2_ida() ? sizeof(Be64) : sizeof(Be32);
	const u32 on_page = (kPage - (u32(list) & (kPage - 1))) / size;

	if (read_all(list, words, n))
		return n;
	return on_page < n && read_all(list, words, on_page) ? on_page : 0;
}

Status Emitter::indirect(u32 slot, Flow flow)
{
	const bool store = stores(flow);
	const bool backward = flow == Flow::kStoreBackward;
	const u64 from = at(slot).cda;
	const u32 count = at(slot).count;
	const u32 size = format2_ida() ? sizeof(Be64) : sizeof(Be32);
	const u64 end = format2_ida() ? ~0ull : kEnd31;

	if (from & (size - 1)) {
		make_invalid(at(slot));
		return kOk;
	}

	// The first word decides whether one more is needed than the count
	// alone says; only words that are needed are read.
	const u32 least = (count + block_ - 1) / block_;
	const Storage::List list = body_.storage.idal(port_, least + 1, limits_.bytes);
	Be64 *const words = static_cast<Be64 *>(list.words);

	if (!words)
		return out_of_storage();

	u32 got = read_words(from, words, least);
	const u32 n = got ? words_for(words[0], count, backward) : least;

	if (n == least)
		body_.storage.trim_idal(1);
	else if (got == least)
		got += read_words(from + u64{least} * size, words + least, 1);

	for (u32 i = 0; i < n; i++) {
		const u64 addr = words[i];
		u64 token = PageSet::bad_token();

		if (i < got && addr < end && (!i || right_boundary(addr, backward)))
			token = body_.pages.token(port_, addr, store, limits_.pages);
		if (!token)
			return out_of_pages(slot);
		words[i] = token;
	}
	pacer_.spend(n);
	point_to(slot, ccw::kIda, list);
	return kOk;
}

// Whether the channel would accept `m` with `left` bytes of the CCW's count to
// go.
bool Emitter::accepted(const Midaw &m, bool backward, u32 left)
{
	const u64 head = m.head;
	const u32 offset = u32(m.addr) & (kPage - 1);
	const u32 count = head & midaw::kCount;
	const bool last = head & midaw::kLast;

	return !(head & midaw::kReserved) && count &&
	       count <= (backward ? offset + 1 : kPage - offset) &&
	       (last ? count == left : count < left);
}

// MIDAWs keep their counts and flags; only addresses change.  The list may not
// cross a page, and the entry that the channel refuses ends it.
Status Emitter::modified(u32 slot, Flow flow)
{
	const bool store = stores(flow);
	const u64 from = at(slot).cda;
	const u32 most = (kPage - (u32(from) & (kPage - 1))) / u32(sizeof(Midaw));
	Vec<Midaw> &scratch = body_.midaws;
	u32 left = at(slot).count;
	u32 n = 0;
	bool more = true;

	if (from & (sizeof(Midaw) - 1)) {
		make_invalid(at(slot));
		return kOk;
	}
	if (!scratch.reserve(port_, kMidawsPerPage))
		return out_of_storage();
	while (more && n < most) {
		// As many as are needed whatever is in them.
		const u32 some = min_u32((left + kPage - 1) / kPage, most - n);

		if (!body_.fetched.read(port_, from + u64{n} * sizeof(Midaw), &scratch[n],
					some * u32(sizeof(Midaw))))
			break;
		for (const u32 end = n + some; more && n < end; n++) {
			u64 head = scratch[n].head;

			if (!accepted(scratch[n], flow == Flow::kStoreBackward, left))
				scratch[n].head = head &= ~midaw::kCount;
			left -= head & midaw::kCount;
			more = (head & midaw::kCount) && !(head & midaw::kLast);
		}
	}
	pacer_.spend(n);
	if (more) {
		// Not readable, or at the page's end without a last entry.
		make_invalid(at(slot));
		return kOk;
	}

	const Storage::List list = body_.storage.midal(port_, n, limits_.bytes);
	Midaw *const out = static_cast<Midaw *>(list.words);

	if (!out)
		return out_of_storage();
	for (u32 i = 0; i < n; i++) {
		const u64 head = scratch[i].head;
		const u64 addr = scratch[i].addr;
		// What is skipped keeps its place in the page, which is checked.
		u64 token = PageSet::bad_token(u32(addr) & (kPage - 1));

		if ((head & midaw::kCount) && !(head & midaw::kSkip && store))
			token = body_.pages.token(port_, addr, store, limits_.pages);
		if (!token)
			return out_of_pages(slot);
		out[i].head = head;
		out[i].addr = token;
	}
	point_to(slot, ccw::kMida, list);
	return kOk;
}

} // namespace vccw
