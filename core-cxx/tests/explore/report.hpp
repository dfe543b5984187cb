// SPDX-License-Identifier: GPL-2.0-only
// Saying what happens, and what must not.
#pragma once

namespace explore {

// A promise is broken: ends the step that is being run.
[[noreturn]] void fail(const char *promise, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

// One line in the column of whoever is running; only while a trace is wanted.
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));

} // namespace explore
