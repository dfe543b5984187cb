// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <functional>
#include <string>

#include "../base/error.hpp"

namespace client::test {

void check(bool ok, const char *what, const char *file, int line);
// The usage error's text, or "" when there was none.
std::string usage_of(const std::function<void()> &f);

void test_base();
void test_decode();
void test_devices();
void test_guest();
void test_script();
void test_explain();
void test_vectors();
void test_ledger();

} // namespace client::test

#define CHECK(x) ::client::test::check((x), #x, __FILE__, __LINE__)
