# SPDX-License-Identifier: GPL-2.0-only
"""Compares a 3390's image of Hercules' with a ledger (vccw ledger --file), record by record.

The image (uncompressed): 512 bytes of header, with the number of heads and the length of a
track in its bytes 8 to 15, little-endian; then the tracks in order.  A track: 5 bytes of
home address (0, cylinder, head), then records: count (cylinder, head, record, key length,
data length: 8 bytes), key, data; eight bytes of ff end it.
"""
import argparse
import struct
import sys
import zlib

HEADER = 512
END = b"\xff" * 8


class Image:
    def __init__(self, path):
        with open(path, "rb") as f:
            self.bytes = f.read()
        if self.bytes[:8] != b"CKD_P370":
            raise ValueError(f"{path} is no uncompressed image of a count-key-data disk")
        self.heads, self.track_bytes = struct.unpack_from("<II", self.bytes, 8)
        self.tracks = (len(self.bytes) - HEADER) // self.track_bytes

    def records(self, track):
        """[(cylinder, head, record, key, data)] of one track; ValueError where it has no form."""
        at = HEADER + track * self.track_bytes
        end = at + self.track_bytes
        _, cylinder, head = struct.unpack_from(">BHH", self.bytes, at)
        if (cylinder, head) != divmod(track, self.heads):
            raise ValueError(f"track {track} says that it is cylinder {cylinder} head {head}")
        at, found = at + 5, []
        while self.bytes[at:at + 8] != END:
            c, h, r, keys, length = struct.unpack_from(">HHBBH", self.bytes, at)
            at += 8
            if at + keys + length > end:
                raise ValueError(f"track {track}: record {r} goes on behind its end")
            found.append((c, h, r, self.bytes[at:at + keys], self.bytes[at + keys:at + keys + length]))
            at += keys + length
        return found


def ledger(path, device):
    """{(cylinder, head, record): ({(length, crc)}, state)} and (first, last) cylinder."""
    held, span = {}, None
    with open(path) as f:
        for words in map(str.split, f):
            if words[:1] == ["cylinders"]:
                span = int(words[1]), int(words[2])
            if words[:2] != ["record", str(device)]:
                continue
            place, (length, state, _, crc) = tuple(map(int, words[2:5])), words[5:9]
            held.setdefault(place, (set(), state))[0].add((int(length), int(crc, 16)))
    return held, span


def wrong_of(image, held, span, before):
    """What is not as the ledger has it, and outside of its cylinders not as it was before."""
    for track in range(image.tracks):
        cylinder, head = divmod(track, image.heads)
        try:
            records = [r for r in image.records(track) if r[2]]
        except ValueError as e:
            yield str(e)
            continue
        if not span[0] <= cylinder <= span[1]:
            if before and image.records(track) != before.records(track):
                yield f"cylinder {cylinder} head {head}, where nothing was to be written, has changed"
            continue
        if {(c, h, r) for c, h, r, _, _ in records} != {p for p in held if p[:2] == (cylinder, head)}:
            yield f"cylinder {cylinder} head {head}: other records than the ledger's"
            continue
        for c, h, r, _, data in records:
            if (len(data), zlib.crc32(data)) not in held[c, h, r][0]:
                yield f"cylinder {c} head {h} record {r} ({held[c, h, r][1]}): other data"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("image")
    p.add_argument("ledger")
    p.add_argument("device", type=int, help="number in the ledger")
    p.add_argument("--before", metavar="IMAGE", help="as it was before: nothing else may have changed")
    args = p.parse_args()
    held, span = ledger(args.ledger, args.device)
    if not held:
        sys.exit(f"ckd: {args.ledger} has no device {args.device}")
    image = Image(args.image)
    wrong = list(wrong_of(image, held, span, args.before and Image(args.before)))
    for line in wrong[:20]:
        print(line)
    print(f"{len(held)} records of the ledger, {image.tracks} tracks, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
