// SPDX-License-Identifier: GPL-2.0-only
#include "value.hpp"

#include <algorithm>
#include <cstdio>

namespace client {

std::string to_hex(std::uint64_t n, int digits)
{
	char buf[24];

	std::snprintf(buf, sizeof(buf), "0x%0*llx", digits, static_cast<unsigned long long>(n));
	return buf;
}

std::string hex_bytes(const std::uint8_t *p, std::size_t n)
{
	std::string out;
	char buf[4];

	for (std::size_t i = 0; i < n; i++) {
		std::snprintf(buf, sizeof(buf), "%02x", p[i]);
		out += (i ? " " : "") + std::string(buf);
	}
	return out;
}

std::string join(const std::vector<std::string> &w, const char *with)
{
	std::string out;

	for (std::size_t i = 0; i < w.size(); i++)
		out += (i ? with : "") + w[i];
	return out;
}

Value Value::hex(std::uint64_t n, int digits)
{
	Value v;
	v.kind_ = Kind::kInt;
	v.number_ = static_cast<std::int64_t>(n);
	v.digits_ = digits;
	return v;
}

Value Value::real(double d)
{
	Value v;
	v.kind_ = Kind::kReal;
	v.real_ = d;
	return v;
}

Value Value::object()
{
	Value v;
	v.kind_ = Kind::kObject;
	return v;
}

Value Value::array()
{
	Value v;
	v.kind_ = Kind::kArray;
	return v;
}

Value Value::words(const std::vector<std::string> &w)
{
	Value v = array();
	for (const auto &s : w)
		v.push(s);
	return v;
}

Value &Value::set(const std::string &key, Value v)
{
	for (auto &[k, old] : items_) {
		if (k == key) {
			old = std::move(v);
			return *this;
		}
	}
	items_.emplace_back(key, std::move(v));
	return *this;
}

Value &Value::push(Value v)
{
	items_.emplace_back(std::string(), std::move(v));
	return *this;
}

static std::string quoted(const std::string &s)
{
	std::string out = "\"";

	for (const char c : s) {
		if (c == '"' || c == '\\') {
			out += '\\';
			out += c;
		} else if (static_cast<unsigned char>(c) < 0x20) {
			char buf[8];
			std::snprintf(buf, sizeof(buf), "\\u%04x", static_cast<unsigned>(c));
			out += buf;
		} else {
			out += c;
		}
	}
	return out + '"';
}

std::string Value::json() const
{
	char buf[40];
	std::string out;

	switch (kind_) {
	case Kind::kNull:
		return "null";
	case Kind::kBool:
		return number_ ? "true" : "false";
	case Kind::kInt:
		return std::to_string(number_);
	case Kind::kReal:
		std::snprintf(buf, sizeof(buf), "%.3f", real_);
		return buf;
	case Kind::kString:
		return quoted(text_);
	case Kind::kArray:
		for (const auto &[k, v] : items_)
			out += (out.empty() ? "" : ", ") + v.json();
		return "[" + out + "]";
	case Kind::kObject:
		for (const auto &[k, v] : items_)
			out += (out.empty() ? "" : ", ") + quoted(k) + ": " + v.json();
		return "{" + out + "}";
	}
	return "null";
}

bool Value::flat() const
{
	return kind_ != Kind::kObject &&
	       std::all_of(items_.begin(), items_.end(), [](const auto &i) { return i.second.scalar(); });
}

std::string Value::inline_text() const
{
	switch (kind_) {
	case Kind::kNull:
		return "-";
	case Kind::kBool:
		return number_ ? "yes" : "no";
	case Kind::kInt:
		return digits_ ? to_hex(static_cast<std::uint64_t>(number_), digits_) : std::to_string(number_);
	case Kind::kString:
		return text_;
	case Kind::kArray: {
		std::vector<std::string> w;
		for (const auto &[k, v] : items_)
			w.push_back(v.inline_text());
		return w.empty() ? "-" : join(w, ", ");
	}
	default:
		return json();
	}
}

std::string Value::text(int indent) const
{
	const std::string pad(static_cast<std::size_t>(indent), ' ');

	if (flat())
		return pad + inline_text();

	std::size_t width = 0;
	for (const auto &[k, v] : items_)
		width = std::max(width, k.size());

	std::string out;
	for (const auto &[k, v] : items_) {
		if (!out.empty())
			out += '\n';
		if (kind_ == Kind::kArray)
			out += v.text(indent) + (v.flat() ? "" : "\n");
		else if (v.flat())
			out += pad + k + ": " + std::string(width - k.size(), ' ') + v.inline_text();
		else
			out += pad + k + ":\n" + v.text(indent + 2);
	}
	while (!out.empty() && out.back() == '\n')
		out.pop_back();
	return out;
}

} // namespace client
