// SPDX-License-Identifier: GPL-2.0-only
#include "indirect.hpp"

#include "../base/bytes.hpp"

namespace client {

std::vector<std::uint64_t> idaws_for(IdaKind kind, std::uint64_t data, std::uint32_t length)
{
	const std::uint64_t block = ida_block(kind);
	const std::uint64_t end = data + length;
	std::vector<std::uint64_t> words;

	for (std::uint64_t at = data; at < end || words.empty(); at = (at / block + 1) * block)
		words.push_back(at);
	return words;
}

void store_idaws(GuestMemory &memory, std::uint32_t list, IdaKind kind, const std::vector<std::uint64_t> &words)
{
	const std::uint32_t size = ida_word_size(kind);

	for (std::size_t i = 0; i < words.size(); i++) {
		std::uint8_t *p = memory.at(list + i * size, size);
		if (size == 4)
			store32(p, static_cast<std::uint32_t>(words[i]));
		else
			store64(p, words[i]);
	}
}

std::uint32_t make_idal(GuestMemory &memory, IdaKind kind, std::uint64_t data, std::uint32_t length)
{
	const auto words = idaws_for(kind, data, length);
	const std::uint32_t list = memory.alloc(words.size() * ida_word_size(kind), 8);

	store_idaws(memory, list, kind, words);
	return list;
}

std::uint32_t make_midal(GuestMemory &memory, std::vector<Midaw> list)
{
	const std::uint32_t at = memory.alloc(list.size() * 16, 16);

	if (!list.empty())
		list.back().flags |= Midaw::kLast;
	for (std::size_t i = 0; i < list.size(); i++) {
		std::uint8_t *p = memory.at(at + i * 16, 16);
		store32(p, 0);
		store8(p + 4, 0);
		store8(p + 5, list[i].flags);
		store16(p + 6, list[i].count);
		store64(p + 8, list[i].data);
	}
	return at;
}

} // namespace client
