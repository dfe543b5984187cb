// SPDX-License-Identifier: GPL-2.0-only
// Types: the device tables of the kernel's drivers (dasd_eckd, dasd_fba, tape_34xx, tape_3590,
// raw3270, con3215, vmur, the channel-to-channel group) and Hercules' type tables.
#include "device_class.hpp"

#include <iterator>

namespace client {

namespace {

struct Type {
	unsigned type;
	DeviceClass kind;
};

constexpr Type kDevices[] = {
	{0x3390, DeviceClass::kEckd},	 {0x3380, DeviceClass::kEckd},	  {0x9345, DeviceClass::kEckd},
	{0x3375, DeviceClass::kEckd},	 {0x3350, DeviceClass::kEckd},	  {0x3340, DeviceClass::kEckd},
	{0x3330, DeviceClass::kEckd},	 {0x2314, DeviceClass::kEckd},	  {0x2311, DeviceClass::kEckd},
	{0x9336, DeviceClass::kFba},	 {0x9335, DeviceClass::kFba},	  {0x9332, DeviceClass::kFba},
	{0x9313, DeviceClass::kFba},	 {0x3370, DeviceClass::kFba},	  {0x3310, DeviceClass::kFba},
	{0x0671, DeviceClass::kFba},	 {0x3592, DeviceClass::kTape},	  {0x3590, DeviceClass::kTape},
	{0x3490, DeviceClass::kTape},	 {0x3480, DeviceClass::kTape},	  {0x3430, DeviceClass::kTape},
	{0x3422, DeviceClass::kTape},	 {0x3420, DeviceClass::kTape},	  {0x3410, DeviceClass::kTape},
	{0x9347, DeviceClass::kTape},	 {0x9348, DeviceClass::kTape},	  {0x8809, DeviceClass::kTape},
	{0x1442, DeviceClass::kReader},	 {0x2501, DeviceClass::kReader},  {0x3505, DeviceClass::kReader},
	{0x2540, DeviceClass::kReader},	 {0x3525, DeviceClass::kPunch},	  {0x1403, DeviceClass::kPrinter},
	{0x3203, DeviceClass::kPrinter}, {0x3211, DeviceClass::kPrinter}, {0x3215, DeviceClass::kConsole},
	{0x1052, DeviceClass::kConsole}, {0x3277, DeviceClass::kTerminal}, {0x3278, DeviceClass::kTerminal},
	{0x3279, DeviceClass::kTerminal}, {0x3088, DeviceClass::kCtca},
};

constexpr Type kControlUnits[] = {
	{0x3990, DeviceClass::kEckd},	  {0x3880, DeviceClass::kEckd},	    {0x2105, DeviceClass::kEckd},
	{0x2107, DeviceClass::kEckd},	  {0x1750, DeviceClass::kEckd},	    {0x9343, DeviceClass::kEckd},
	{0x6310, DeviceClass::kFba},	  {0x3480, DeviceClass::kTape},	    {0x3490, DeviceClass::kTape},
	{0x3590, DeviceClass::kTape},	  {0x3215, DeviceClass::kConsole},  {0x3270, DeviceClass::kTerminal},
	{0x3174, DeviceClass::kTerminal}, {0x3272, DeviceClass::kTerminal}, {0x3274, DeviceClass::kTerminal},
	{0x3276, DeviceClass::kTerminal}, {0x3088, DeviceClass::kCtca},	    {0x3832, DeviceClass::kVirtio},
};

struct Name {
	DeviceClass kind;
	const char *name;
	const char *text;
};

constexpr Name kNames[] = {
	{DeviceClass::kUnknown, "unknown", "device of no known kind"},
	{DeviceClass::kEckd, "eckd", "disk (extended count key data)"},
	{DeviceClass::kFba, "fba", "disk (fixed blocks)"},
	{DeviceClass::kTape, "tape", "tape"},
	{DeviceClass::kReader, "reader", "card reader"},
	{DeviceClass::kPunch, "punch", "card punch"},
	{DeviceClass::kPrinter, "printer", "printer"},
	{DeviceClass::kConsole, "console", "printer-keyboard console"},
	{DeviceClass::kTerminal, "3270", "3270 terminal"},
	{DeviceClass::kCtca, "ctca", "channel-to-channel adapter"},
	{DeviceClass::kVirtio, "virtio", "virtio device"},
};

template <std::size_t N> DeviceClass look_up(const Type (&table)[N], unsigned type)
{
	for (const auto &t : table)
		if (t.type == type)
			return t.kind;
	return DeviceClass::kUnknown;
}

} // namespace

DeviceClass class_of(const SenseId &id)
{
	if (!id.valid)
		return DeviceClass::kUnknown;
	const DeviceClass by_device = id.has_device ? look_up(kDevices, id.dev_type) : DeviceClass::kUnknown;
	if (by_device != DeviceClass::kUnknown)
		return by_device;
	const DeviceClass by_unit = look_up(kControlUnits, id.cu_type);
	return by_unit != DeviceClass::kUnknown ? by_unit : look_up(kDevices, id.cu_type);
}

const char *class_name(DeviceClass c)
{
	return kNames[static_cast<unsigned>(c)].name;
}

const char *class_text(DeviceClass c)
{
	return kNames[static_cast<unsigned>(c)].text;
}

std::optional<DeviceClass> class_named(const std::string &name)
{
	for (const auto &n : kNames)
		if (name == n.name)
			return n.kind;
	return std::nullopt;
}

std::vector<DeviceClass> known_classes()
{
	std::vector<DeviceClass> out;

	for (std::size_t i = 1; i < std::size(kNames); i++)
		if (kNames[i].kind != DeviceClass::kVirtio)
			out.push_back(kNames[i].kind);
	return out;
}

} // namespace client
