// SPDX-License-Identifier: GPL-2.0-only
#include "../base/bytes.hpp"
#include "../base/fd.hpp"
#include "../base/number.hpp"
#include "../base/value.hpp"
#include "check.hpp"

namespace client::test {

// A folder can be opened and not read, as a file of sysfs whose device has gone since.
static void files()
{
	CHECK(read_text("/", "otherwise") == "otherwise");
	CHECK(read_text("/none", "otherwise") == "otherwise");
	CHECK(read_text("/proc/self/comm") != "");
	CHECK(read_text("/dev/null", "otherwise") == "");
}

static void numbers()
{
	CHECK(parse_number("10", "x") == 10);
	CHECK(parse_number("010", "x") == 10);
	CHECK(parse_number("0x10", "x") == 16);
	CHECK(parse_number("e4", "x", 16) == 0xe4);
	for (const char *bad : {"", "-1", " 1", "1x", "0x", "99999999999999999999"})
		CHECK(usage_of([&] { parse_number(bad, "x"); }) != "");
}

static void values()
{
	Value v = Value::object();

	v.set("a", 1).set("b", "x\"\n").set("c", Value::words({"p", "q"})).set("d", Value()).set("e", true);
	CHECK(v.json() == "{\"a\": 1, \"b\": \"x\\\"\\u000a\", \"c\": [\"p\", \"q\"], \"d\": null, \"e\": true}");
	v = Value::object().set("n", 1).set("n", 2);
	CHECK(v.json() == "{\"n\": 2}");
	v = Value::object().set("cpa", Value::hex(0x10008, 8)).set("w", Value::words({}));
	CHECK(v.json() == "{\"cpa\": 65544, \"w\": []}");
	CHECK(v.text() == "cpa: 0x00010008\nw:   -");
}

static void bytes()
{
	std::uint8_t b[8];

	store64(b, 0x0102030405060708ull);
	CHECK(b[0] == 1 && b[7] == 8);
	CHECK(load32(b + 2) == 0x03040506 && load16(b + 1) == 0x0203);
	CHECK(load64(b) == 0x0102030405060708ull);
}

void test_base()
{
	files();
	numbers();
	values();
	bytes();
	CHECK(errno_name(-EBUSY) == "EBUSY" && errno_name(0) == "0");
}

} // namespace client::test
