package pages

import "encoding/binary"

// appendHybrid appends small numbers as the section "RLE/Bit-Packing Hybrid" has them, without the
// length before them: what repeats is a run, what does not is packed in groups of eight. A run
// begins where a group would, which costs at most seven values of it and saves looking for more.
func appendHybrid[T uint8 | int32](out []byte, values []T, width int) []byte {
	const group = 8
	packed := 0 // values from here on are not written yet
	for at := 0; at < len(values); {
		n := repeats(values[at:])
		if n < group {
			at = min(at+group, len(values))
			continue
		}
		out = appendGroups(out, values[packed:at], width)
		out = binary.AppendUvarint(out, uint64(n)<<1)
		for bits := 0; bits < width; bits += 8 {
			out = append(out, byte(values[at]>>bits))
		}
		at += n
		packed = at
	}
	return appendGroups(out, values[packed:], width)
}

// repeats is how often the first value stands there in succession.
func repeats[T comparable](values []T) int {
	n := 1
	for n < len(values) && values[n] == values[0] {
		n++
	}
	return n
}

func appendGroups[T uint8 | int32](out []byte, values []T, width int) []byte {
	if len(values) == 0 {
		return out
	}
	groups := (len(values) + 7) / 8
	out = binary.AppendUvarint(out, uint64(groups)<<1|1)
	end := len(out) + groups*width
	for out = appendPacked(out, values, width); len(out) < end; {
		out = append(out, 0) // the last group is whole
	}
	return out
}
