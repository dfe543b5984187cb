// SPDX-License-Identifier: GPL-2.0-only
#include "console.hpp"

#include "insn.hpp"
#include "interrupts.hpp"

namespace guest {

namespace {

constexpr u32 kReadInfo = 0x00020001, kWriteEventMask = 0x00780005, kWriteEvent = 0x00760005,
	      kReadEvent = 0x00770005;
constexpr u8 kAsciiConsole = 0x1a, kSignalQuiesce = 0x1d;
constexpr u16 kEventRead = 0x0020;
constexpr u32 mask_of(u8 event)
{
	return 1u << (32 - event);
}

// Service-call control block; what follows the header depends on the command.
struct Block {
	u16 length;
	u8 function;
	u8 control[3];
	u16 response;
	u8 body[4088];
};
alignas(4096) Block block;
static_assert(sizeof(Block) == 4096);

void call(u32 command, u16 body_length)
{
	block.length = static_cast<u16>(8 + body_length);
	block.function = 0;
	block.response = 0;
	while (servc(command, &block) == 2)
		wait_service();
	wait_service();
}

void store(unsigned at, u64 value, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		block.body[at + i] = static_cast<u8>(value >> (8 * (bytes - 1 - i)));
}

} // namespace

void console_open()
{
	for (u8 &b : block.body)
		b = 0;
	store(2, 4, 2);
	store(4, mask_of(kSignalQuiesce), 4);
	store(8, mask_of(kAsciiConsole), 4);
	call(kWriteEventMask, 2 + 2 + 4 * 4);
}

bool shutdown_asked()
{
	call(kReadEvent, sizeof(Block::body));
	return block.response == kEventRead && block.body[2] == kSignalQuiesce;
}

u64 storage_size()
{
	call(kReadInfo, sizeof(Block::body));
	const u64 increments = static_cast<u64>(block.body[0]) << 8 | block.body[1];
	const u64 mib = block.body[2] ? block.body[2] : 256;
	return increments * mib << 20;
}

void line_out(const char *line, unsigned length)
{
	store(0, 6 + length, 2);
	store(2, u64{kAsciiConsole} << 24, 4);
	for (unsigned i = 0; i < length; i++)
		block.body[6 + i] = static_cast<u8>(line[i]);
	call(kWriteEvent, static_cast<u16>(6 + length));
}

} // namespace guest
