// SPDX-License-Identifier: GPL-2.0-only
#include "client.hpp"

#include <algorithm>
#include <thread>
#include <unistd.h>
#include <vector>

#include "../base/error.hpp"
#include "requests.hpp"

namespace client {

namespace {

struct Weight {
	Deed deed;
	std::uint32_t of_1000;
};

constexpr Weight kWeights[] = {
	{Deed::kProgram, 240}, {Deed::kHeld, 60}, {Deed::kJunk, 60},	{Deed::kAsync, 180},	 {Deed::kRead, 190},
	{Deed::kInfo, 40},     {Deed::kIrqs, 70},  {Deed::kBad, 30},	{Deed::kReset, 8},	 {Deed::kMap, 40},
	{Deed::kUnmap, 30},    {Deed::kSpace, 12}, {Deed::kReopen, 10}, {Deed::kHostMemory, 10}, {Deed::kMisc, 20},
};

Deed choose(Random &random)
{
	std::uint32_t n = random.below(1000);

	for (const auto &w : kWeights) {
		if (n < w.of_1000)
			return w.deed;
		n -= w.of_1000;
	}
	return Deed::kProgram;
}

// A container's requests meet the removal of its last device without a lock in
// vfio, which frees what they are at work on: no driver can help that.  So a
// device is kept open meanwhile, which the removal waits for.
bool is_of_space(Deed deed)
{
	return deed == Deed::kMap || deed == Deed::kUnmap || deed == Deed::kSpace;
}

class HostileClient {
public:
	HostileClient(Board &board, const ClientOptions &options);

	bool open_some();
	void attack();

private:
	static constexpr unsigned kEventfds = 5, kRequest = 4;	// the last one is for the driver's request

	void thread(unsigned number);
	void besiege();
	Deed choose_deed(Random &random) const;
	void obey();
	int reopen(Handle &h);
	bool use(Handle &h, Deed deed, Weapons &w);

	Board &board_;
	const ClientOptions &options_;
	Random random_;
	Space space_;
	// Without it, descriptors are closed while they are in use, but no memory is
	// unmapped then: see Space::order.
	const bool orderly_;
	const bool obedient_;
	// Its threads but one do nothing but start programs, whose memory that one
	// takes away and gives back.
	const bool siege_;
	const std::uint64_t ops_;	// of each thread
	const unsigned threads_;
	EventFd eventfds_[kEventfds];
	std::vector<Scratch> scratches_;
	std::vector<std::unique_ptr<Handle>> handles_;
	std::atomic<bool> stop_{false};
};

HostileClient::HostileClient(Board &board, const ClientOptions &options)
	: board_(board), options_(options), random_(options.seed, options.stream * 64),
	  space_(options.backend, options.backend == "iommufd" || options.deadlock || random_.chance(70)),
	  orderly_(options.backend != "iommufd" && !options.deadlock && space_.unmaps()), obedient_(random_.chance(50)),
	  siege_(space_.unmaps() && random_.chance(15)), ops_(100 + random_.below(random_.chance(20) ? 3000 : 600)), threads_(2 + random_.below(6))
{
	if (options.deadlock)
		space_.allow_deadlock();
}

// False: there is nothing to be had now.
bool HostileClient::open_some()
{
	auto mdevs = find_mdevs();
	const std::size_t wanted = options_.all_devices ? mdevs.size() : 1 + random_.below(2);

	for (std::size_t i = mdevs.size(); i > 1; i--)
		std::swap(mdevs[i - 1], mdevs[random_.below(static_cast<std::uint32_t>(i))]);
	for (const auto &m : mdevs) {
		if (handles_.size() == wanted)
			break;
		auto h = std::make_unique<Handle>(space_, m, orderly_);
		const int err = h->open();
		board_.add(Deed::kOpen, err);
		if (err)
			continue;
		if (handles_.empty())
			space_.map_all();
		arm_request(Handle::Use(*h).fd(), eventfds_[kRequest]);
		handles_.push_back(std::move(h));
	}
	for (unsigned i = 0; i < threads_ && !handles_.empty(); i++)
		scratches_.push_back({space_.memory().alloc(Scratch::kSize, 4096)});
	return !handles_.empty();
}

int HostileClient::reopen(Handle &h)
{
	h.close();
	return h.open();
}

void HostileClient::thread(unsigned number)
{
	Weapons w{space_,    Random(options_.seed, options_.stream * 64 + 1 + number), scratches_[number],
		  eventfds_, kRequest, obedient_ ? 2u : 3u, siege_};

	for (std::uint64_t i = 0; i < ops_ && !stop_; i++) {
		const Deed deed = choose_deed(w.random);
		Handle &h = *handles_[w.random.below(static_cast<std::uint32_t>(handles_.size()))];
		if (deed == Deed::kReopen) {
			board_.add(deed, reopen(h));
			continue;
		}
		if (!use(h, deed, w) && h.open())
			break;
	}
}

void HostileClient::besiege()
{
	for (std::uint64_t i = 0; i < ops_ / 10 && !stop_; i++) {
		const Handle::Hold hold(*handles_[0]);
		if (hold.fd() < 0)
			continue;
		board_.add(Deed::kUnmap, space_.unmap_main());
		board_.add(Deed::kMap, space_.map_main());
	}
}

Deed HostileClient::choose_deed(Random &random) const
{
	return !siege_ ? choose(random) : random.chance(90) ? Deed::kHeld : Deed::kAsync;
}

// False: the device is closed.
bool HostileClient::use(Handle &h, Deed deed, Weapons &w)
{
	if (is_of_space(deed)) {
		const Handle::Hold hold(h);
		if (hold.fd() >= 0)
			board_.add(deed, request(deed, -1, w));
		return hold.fd() >= 0;
	}
	const Handle::Use use(h);
	if (use.fd() < 0)
		return false;
	// Programs in a row are what unmapping has to get through with.
	const std::uint32_t times = deed == Deed::kHeld && (siege_ || w.random.chance(15)) ? 40 : 1;
	for (std::uint32_t i = 0; i < times && !stop_; i++) {
		const long result = request(deed, use.fd(), w);
		board_.add(deed, result);
		if (times > 1 && result == -EBUSY)
			board_.add(Deed::kRead, request(Deed::kRead, use.fd(), w));
	}
	return true;
}

// Gives everything back when the driver asks for one of the devices.
void HostileClient::obey()
{
	while (!stop_) {
		if (eventfds_[kRequest].wait(50) && obedient_)
			stop_ = true;
		else if (eventfds_[kRequest].take())
			::usleep(1000);
	}
}

void HostileClient::attack()
{
	std::vector<std::thread> threads;
	std::thread listener([this] { obey(); });

	for (unsigned i = 0; i < threads_; i++)
		threads.emplace_back([this, i] { siege_ && i == 0 ? besiege() : thread(i); });
	for (auto &t : threads)
		t.join();
	stop_ = true;
	listener.join();
}

} // namespace

void be_hostile(Board &board, const ClientOptions &options)
{
	try {
		HostileClient c(board, options);
		if (c.open_some())
			c.attack();
		else
			::usleep(20000);
	} catch (const Error &e) {
		std::printf("# client %llu: %s: %s\n", static_cast<unsigned long long>(options.stream), e.name().c_str(),
			    e.what());
		std::fflush(stdout);
	}
}

} // namespace client
