// SPDX-License-Identifier: GPL-2.0-only
// Copies of the state, and what tells one state from another.
#include "world.hpp"

#include <cstring>

namespace explore {

// How much of the storage below 2 GiB is not zero: most of it never is.
u32 used_dma()
{
	u32 top = world().dma_top;
	u64 words[8] = {};

	static_assert(kDmaBytes % sizeof(words) == 0);
	while (top) {
		u64 any = 0;

		std::memcpy(words, arena->dma + top - sizeof(words), sizeof(words));
		for (const u64 w : words)
			any |= w;
		if (any)
			break;
		top -= u32(sizeof(words));
	}
	return top;
}

std::size_t save(char *to)
{
	world().dma_used = used_dma();

	char *at = to;
	const auto put = [&](const void *from, std::size_t n) {
		std::memcpy(at, from, n);
		at += n;
	};

	put(&arena->world, sizeof(World));
	put(arena->heap, world().heap_top);
	put(arena->dma, world().dma_used);
	for (int i = 0; i < kFibers; i++) {
		char *const end = arena->stacks[i] + kStackBytes;

		put(world().actors[i].fiber.live, std::size_t(end - world().actors[i].fiber.live));
	}
	while ((at - to) % 64)
		*at++ = 0;
	return std::size_t(at - to);
}

void restore(const char *from)
{
	const auto get = [&](void *to, std::size_t n) {
		std::memcpy(to, from, n);
		from += n;
	};

	get(&arena->world, sizeof(World));
	get(arena->heap, world().heap_top);
	get(arena->dma, world().dma_used);
	std::memset(arena->dma + world().dma_used, 0, kDmaBytes - world().dma_used);
	for (int i = 0; i < kFibers; i++) {
		char *const end = arena->stacks[i] + kStackBytes;

		get(world().actors[i].fiber.live, std::size_t(end - world().actors[i].fiber.live));
	}
}

// Eight lanes, each a sum of products of 32-bit halves that depend on the
// place, so that compilers make vector code of it; then folded by 128-bit
// products.  Equal states have equal identities; different ones have equal
// ones with a chance of about 2 to the power of -64 for each pair.
u64 identity(const char *saved, std::size_t bytes)
{
	using Wide = unsigned __int128;
	constexpr u64 odd = 0x9e3779b97f4a7c15;
	u64 lanes[8];
	u64 keys[8];

	for (u64 l = 0; l < 8; l++) {
		lanes[l] = l;
		keys[l] = (l + 1) * 0xbf58476d1ce4e5b9;
	}
	for (std::size_t i = 0; i < bytes; i += sizeof(lanes)) {
		u64 words[8];

		std::memcpy(words, saved + i, sizeof(words));
		for (int l = 0; l < 8; l++) {
			const u64 mixed = words[l] ^ keys[l];

			lanes[l] += (mixed & 0xffffffff) * (mixed >> 32) +
				    (words[l] << 32 | words[l] >> 32);
			lanes[l] ^= lanes[l] >> 29;
			keys[l] += odd;
		}
	}

	u64 all = bytes;

	for (const u64 lane : lanes) {
		const Wide product = Wide{all ^ lane} * odd;

		all = u64(product) ^ u64(product >> 64);
	}
	return all ? all : 1;
}

} // namespace explore
