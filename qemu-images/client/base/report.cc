// SPDX-License-Identifier: GPL-2.0-only
#include "report.hpp"

#include <cstdio>

namespace client {

void Report::say(const std::string &text)
{
	if (json_)
		return;
	std::printf("%s%s\n", in_step_ ? "   " : "", text.c_str());
	std::fflush(stdout);
}

void Report::close_step()
{
	if (in_step_)
		steps_.push(step_);
	step_ = Value::object();
	in_step_ = false;
}

void Report::step(const std::string &title)
{
	close_step();
	in_step_ = true;
	have_steps_ = true;
	step_.set("title", title);
	if (!json_) {
		std::printf("\n== %s\n", title.c_str());
		std::fflush(stdout);
	}
}

void Report::add(const std::string &key, Value v, const std::string &human)
{
	if (json_)
		target().set(key, std::move(v));
	else if (!human.empty())
		say(human);
}

void Report::add(const std::string &key, Value v)
{
	const std::string text = v.text(in_step_ ? 5 : 2);

	if (json_)
		target().set(key, std::move(v));
	else if (text.find('\n') == std::string::npos)
		say(key + ": " + v.text());
	else
		say(key + ":\n" + text);
}

void Report::irb(const std::string &key, const Irb &irb)
{
	if (json_) {
		target().set(key, irb.value(device_));
		return;
	}
	std::printf("%s", irb.text(in_step_ ? 3 : 0, device_).c_str());
	std::fflush(stdout);
}

bool Report::expect(bool ok, const std::string &expected, const std::string &came)
{
	checks_++;
	if (!ok)
		failures_++;
	if (json_)
		checks_list_.push(
			Value::object().set("ok", ok).set("expected", expected).set("came", came));
	else
		say(ok ? "ok    " + expected : "WRONG expected " + expected + "; came " + came);
	return ok;
}

void Report::finish(const std::string &command, int exit_code)
{
	if (!json_)
		return;
	close_step();
	Value all = Value::object();
	all.set("command", command).set("exit", exit_code).set("ok", exit_code == 0);
	if (checks_)
		all.set("checks", checks_list_);
	if (have_steps_)
		all.set("steps", steps_);
	all.set("result", top_);
	std::printf("%s\n", all.json().c_str());
	std::fflush(stdout);
}

void Report::error(const std::string &name, const std::string &what, const std::string &hint)
{
	if (json_) {
		close_step();
		Value e = Value::object().set("name", name).set("what", what);
		if (!hint.empty())
			e.set("do", hint);
		top_.set("error", e);
		return;
	}
	std::fflush(stdout);
	std::fprintf(stderr, "error: %s: %s\n", name.c_str(), what.c_str());
	if (!hint.empty())
		std::fprintf(stderr, "   do: %s\n", hint.c_str());
}

} // namespace client
