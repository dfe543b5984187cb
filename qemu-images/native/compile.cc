// SPDX-License-Identifier: GPL-2.0-only
// Lays the programs of `vccw vectors` out on the machine that builds, by the client's own code,
// for a program that runs them without a driver.
//
//	compile OUT SET[:PLACE]...
//
// PLACE: the scratch cylinder or block of sets that write on a disk.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "../client/base/bytes.hpp"
#include "../client/base/error.hpp"
#include "../client/base/number.hpp"
#include "../client/vectors/vectors.hpp"
#include "../client/vfio/no_backend.hpp"
#include "image.hpp"

namespace {

using namespace client;

static_assert(native::kActRun == unsigned(Act::kRun) && native::kActBegin == unsigned(Act::kBegin) &&
	      native::kActFinish == unsigned(Act::kFinish) && native::kActStatus == unsigned(Act::kStatus) &&
	      native::kActCross == unsigned(Act::kCross) && native::kActHalt == unsigned(Act::kHalt) && native::kActClear == unsigned(Act::kClear));
static_assert(native::kFirst == GuestMemory::kFirst);

class Image {
public:
	template <class T> void add(const T &part) { bytes_.append(reinterpret_cast<const char *>(&part), sizeof(part)); }
	void add(const std::uint8_t *from, std::size_t n)
	{
		bytes_.append(reinterpret_cast<const char *>(from), n);
		bytes_.append(-n & 3, '\0');
	}
	void finish(std::size_t sets)
	{
		native::Header h{};
		std::memcpy(h.magic, native::kMagic, sizeof(h.magic));
		h.length = native::Word::of(sizeof(h) + bytes_.size());
		h.sets = native::Word::of(sets);
		bytes_.insert(0, reinterpret_cast<const char *>(&h), sizeof(h));
	}
	const std::string &bytes() const { return bytes_; }

private:
	std::string bytes_;
};

template <std::size_t n> void put_name(char (&to)[n], const std::string &name)
{
	if (name.size() >= n)
		throw usage_error("the name '" + name + "' is too long for an image");
	std::memcpy(to, name.c_str(), name.size() + 1);
}

struct Run {
	std::uint32_t at, length;
};

// What is not 0 in [first, end), in runs that have no long gaps.
std::vector<Run> runs(GuestMemory &memory, std::uint32_t first, std::uint32_t end)
{
	constexpr std::uint32_t kStep = 64;
	std::vector<Run> out;

	for (std::uint32_t at = first; at < end; at += kStep) {
		const std::uint8_t *const p = memory.at(at, kStep);
		if (std::all_of(p, p + kStep, [](std::uint8_t b) { return b == 0; }))
			continue;
		if (!out.empty() && out.back().at + out.back().length == at)
			out.back().length += kStep;
		else
			out.push_back({at, kStep});
	}
	return out;
}

// The end of what was placed, also at fixed addresses.
std::uint32_t end_of_use(GuestMemory &memory)
{
	std::uint32_t end = static_cast<std::uint32_t>((memory.used() + 0xfff) & ~std::uint64_t{0xfff});

	for (const auto &r : runs(memory, native::kFirst, native::kEnd))
		end = std::max(end, r.at + r.length);
	return end;
}

void add_program(Image &image, native::Vector &head, const std::string &text, bool peer)
{
	NoBackend none;
	GuestMemory memory(none);

	memory.add(0, native::kEnd, true);
	if (peer)
		memory.reserve(native::kFirst, kPeerPlace - native::kFirst);
	const Assembled a = assemble(parse_script(text), memory, native::kEnd);
	const auto orb = a.orb.encode();
	const std::uint32_t first = peer ? kPeerPlace : native::kFirst, end = end_of_use(memory);
	const auto pieces = runs(memory, first, end);
	std::memcpy(&head.control, &orb[4], 4);
	std::memcpy(&head.cpa, &orb[8], 4);
	head.has_program = native::Word::of(1);
	head.first = native::Word::of(first);
	head.end = native::Word::of(end);
	head.buffers = native::Word::of(a.buffers.size());
	head.pieces = native::Word::of(pieces.size());
	image.add(head);
	for (const auto &b : a.buffers) {
		native::Buffer out{};
		put_name(out.name, b.name);
		out.address = native::Word::of(b.gpa);
		out.length = native::Word::of(b.length);
		image.add(out);
	}
	for (const auto &p : pieces) {
		image.add(native::Piece{native::Word::of(p.at), native::Word::of(p.length)});
		image.add(memory.at(p.at, p.length), p.length);
	}
}

void add_set(Image &image, const std::string &spec)
{
	const std::size_t colon = spec.find(':');
	const std::string name = spec.substr(0, colon);
	const VectorSet *const set = find_vector_set(name);
	const auto place = colon == std::string::npos ? 0 : static_cast<unsigned>(parse_number(spec.substr(colon + 1), "PLACE"));

	if (!set)
		throw usage_error("there is no set '" + name + "'");
	native::Set head{};
	put_name(head.name, name);
	head.vectors = native::Word::of(set->vectors.size());
	image.add(head);
	for (const auto &v : set->vectors) {
		native::Vector vector{};
		put_name(vector.name, v.name);
		vector.act = native::Word::of(static_cast<unsigned>(v.act));
		vector.peer = native::Word::of(v.peer);
		if (v.act == Act::kFinish || v.act == Act::kStatus)
			image.add(vector);
		else
			add_program(image, vector, vector_text(v, place, place), v.peer);
	}
}

} // namespace

int main(int argc, char **argv)
{
	if (argc < 3) {
		std::fprintf(stderr, "usage: compile OUT SET[:PLACE]...\n");
		return 2;
	}
	try {
		Image image;
		for (int i = 2; i < argc; i++)
			add_set(image, argv[i]);
		image.finish(static_cast<std::size_t>(argc - 2));
		std::ofstream out(argv[1], std::ios::binary);
		out << image.bytes();
		out.flush();
		if (!out)
			throw environment_error("no-file", failed(std::string("writing ") + argv[1], errno), "choose another place");
	} catch (const Error &e) {
		std::fprintf(stderr, "error: %s\n   do: %s\n", e.what(), e.hint().c_str());
		return e.code();
	}
}
