// SPDX-License-Identifier: GPL-2.0-only
// A tree of named values that prints as JSON or as indented text.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace client {

class Value {
public:
	Value() = default;	// null
	Value(bool b) : kind_(Kind::kBool), number_(b) {}
	Value(int n) : kind_(Kind::kInt), number_(n) {}
	Value(unsigned n) : kind_(Kind::kInt), number_(n) {}
	Value(long n) : kind_(Kind::kInt), number_(n) {}
	Value(unsigned long n) : kind_(Kind::kInt), number_(static_cast<std::int64_t>(n)) {}
	Value(const char *s) : kind_(Kind::kString), text_(s) {}
	Value(std::string s) : kind_(Kind::kString), text_(std::move(s)) {}

	// A number that people read in hexadecimal; a plain number in JSON.
	static Value hex(std::uint64_t n, int digits);
	static Value real(double d);
	static Value object();
	static Value array();
	static Value words(const std::vector<std::string> &w);

	Value &set(const std::string &key, Value v);	// replaces an equal key
	Value &push(Value v);

	std::string json() const;
	// Lines without a trailing newline; nested values are indented.
	std::string text(int indent = 0) const;

private:
	enum class Kind { kNull, kBool, kInt, kReal, kString, kArray, kObject };

	bool scalar() const { return kind_ != Kind::kArray && kind_ != Kind::kObject; }
	bool flat() const;
	std::string inline_text() const;

	Kind kind_ = Kind::kNull;
	std::int64_t number_ = 0;
	double real_ = 0;
	int digits_ = 0;
	std::string text_;
	std::vector<std::pair<std::string, Value>> items_;
};

std::string to_hex(std::uint64_t n, int digits);	// with 0x
std::string hex_bytes(const std::uint8_t *p, std::size_t n);	// "ff 38 32"
std::string join(const std::vector<std::string> &w, const char *with);

} // namespace client
