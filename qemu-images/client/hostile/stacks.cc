// SPDX-License-Identifier: GPL-2.0-only
#include "stacks.hpp"

#include <cstdio>
#include <filesystem>

#include "../base/fd.hpp"
#include "threads.hpp"

namespace client {

namespace {

bool has(const std::string &text, const char *what)
{
	return text.find(what) != std::string::npos;
}

// A thread unmaps (and is with a driver, or waits for the lock of the mappings)
// while another one registers or unregisters a device and waits for the list of
// devices: vfio's type1 back end takes these two locks in both orders.
bool is_type1_deadlock(const std::string &stacks)
{
	const bool unmaps = has(stacks, "vfio_iommu_type1_ioctl") && has(stacks, "vfio_iommu_type1_unpin_pages");

	return unmaps && (has(stacks, "vfio_iommu_type1_register_device") || has(stacks, "vfio_iommu_type1_unregister_device"));
}

} // namespace

std::string why_it_stays(pid_t pid)
{
	const std::string folder = "/proc/" + std::to_string(pid) + "/task";
	std::string stacks;
	std::error_code ec;

	for (const auto &task : std::filesystem::directory_iterator(folder, ec)) {
		const std::string tid = task.path().filename().string();
		const std::string stack = read_text(task.path().string() + "/stack");
		std::printf("# thread %s, state %c\n", tid.c_str(), thread_state(pid, std::stoi(tid)));
		for (std::size_t at = 0; at < stack.size();) {
			const std::size_t end = std::min(stack.find('\n', at), stack.size());
			std::printf("#    %s\n", stack.substr(at, end - at).c_str());
			at = end + 1;
		}
		stacks += stack;
	}
	std::fflush(stdout);
	return is_type1_deadlock(stacks) ? "a killed client stays: the kernel's type1 back end is deadlocked with itself"
					 : "a killed client stays: its threads wait as shown above";
}

} // namespace client
