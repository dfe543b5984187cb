// SPDX-License-Identifier: GPL-2.0-only
// Layouts: z/OS DFSMSdfp Advanced Services (volume label, "VOL1"), Using Magnetic Tapes
// (SC26-7412: VOL1, HDR1, EOF1); the kernel's asm/vtoc.h (VOL1 and LNX1 of its disks) and
// fs/partitions/ibm.h (CMS1).
#include "label.hpp"

#include "../base/bytes.hpp"
#include "ebcdic.hpp"

namespace client {

namespace {

struct Kind {
	const char *name;
	const char *meaning;
};

constexpr Kind kKinds[] = {
	{"VOL1", "standard volume label"},	 {"LNX1", "Linux disk layout"},
	{"CMS1", "CMS formatted disk"},		 {"HDR1", "first label before a file"},
	{"HDR2", "second label before a file"},	 {"EOF1", "first label behind a file"},
	{"EOF2", "second label behind a file"},	 {"EOV1", "first label at the end of the volume"},
	{"EOV2", "second label at the end of the volume"},
};

constexpr std::size_t kTapeLabel = 80;

std::string part(std::span<const std::uint8_t> b, std::size_t at, std::size_t n)
{
	return at + n <= b.size() ? trimmed(ebcdic_text(b.subspan(at, n))) : "";
}

} // namespace

Label decode_label(std::span<const std::uint8_t> b)
{
	Label l;

	if (b.size() < 10)
		return l;
	const std::string name = ebcdic_text(b.first(4));
	for (const auto &k : kKinds) {
		if (name == k.name) {
			l.kind = name;
			l.meaning = k.meaning;
		}
	}
	if (name == "VOL1" || name == "LNX1" || name == "CMS1")
		l.volume = part(b, 4, 6);
	if (name == "VOL1" && b.size() >= kTapeLabel) {
		l.owner = part(b, 37, 14);
		l.vtoc_cylinder = load16(&b[11]);
		l.vtoc_head = load16(&b[13]);
		l.vtoc_record = b[15];
		// A tape's label has blanks there, an unused pointer zeros.
		l.has_vtoc = l.vtoc_record != 0 && b[15] != 0x40;
	}
	if (name == "HDR1" || name == "EOF1" || name == "EOV1") {
		l.dataset = part(b, 4, 17);
		l.volume = part(b, 21, 6);
	}
	return l;
}

std::string Label::text() const
{
	if (!valid())
		return "no label";
	std::string s = kind + " (" + meaning + ")";
	if (!volume.empty())
		s += ", volume " + volume;
	if (!dataset.empty())
		s += ", data set " + dataset;
	if (!owner.empty())
		s += ", owner " + owner;
	if (has_vtoc)
		s += ", VTOC at cylinder " + std::to_string(vtoc_cylinder) + " head " + std::to_string(vtoc_head) +
		     " record " + std::to_string(vtoc_record);
	return s;
}

Value Label::value() const
{
	Value v = Value::object();

	v.set("valid", valid());
	if (!valid())
		return v;
	v.set("kind", kind).set("meaning", meaning);
	if (!volume.empty())
		v.set("volume", volume);
	if (!dataset.empty())
		v.set("dataset", dataset);
	if (!owner.empty())
		v.set("owner", owner);
	if (has_vtoc)
		v.set("vtoc", Value::object().set("cylinder", vtoc_cylinder).set("head", vtoc_head).set("record", vtoc_record));
	return v;
}

} // namespace client
