package pages

import (
	"encoding/binary"
	"slices"
)

// appendPacked appends values of so many bits each, the lowest bits first, as the sections
// "RLE/Bit-Packing Hybrid" and "Delta Encoding" have them. The last byte is filled with zeros.
func appendPacked[T uint8 | int32 | uint64](out []byte, values []T, width int) []byte {
	if width == 0 {
		return out
	}
	const word = 8 // bytes that are written at once: the last word may go beyond the end
	start, size := len(out), (len(values)*width+7)/8
	out = slices.Grow(out, size+word)
	to := out[start : start+size+word]
	at, filled, bits := 0, 0, uint64(0)
	for _, v := range values {
		bits |= uint64(v) << filled
		if filled += width; filled >= 64 {
			binary.LittleEndian.PutUint64(to[at:], bits)
			at += word
			filled -= 64
			bits = uint64(v) >> (width - filled)
		}
	}
	binary.LittleEndian.PutUint64(to[at:], bits)
	return out[:start+size]
}
