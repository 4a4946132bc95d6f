package pages

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// The section "Delta Encoding (DELTA_BINARY_PACKED)" leaves the sizes of a block and of its
// miniblocks to the writer, in multiples of these.
const (
	blockValues     = 128
	miniblockValues = 32
	miniblocks      = blockValues / miniblockValues
)

// appendDelta appends integers by their differences. Those wrap around, as the section wants it, so
// that every pair of values has one.
func appendDelta[T int32 | int64](out []byte, values []T) []byte {
	out = binary.AppendUvarint(out, blockValues)
	out = binary.AppendUvarint(out, miniblocks)
	out = binary.AppendUvarint(out, uint64(len(values)))
	if len(values) == 0 {
		return binary.AppendVarint(out, 0)
	}
	out = binary.AppendVarint(out, int64(values[0]))
	for len(values) > 1 {
		n := min(blockValues, len(values)-1)
		out = appendBlock(out, values[:n+1])
		values = values[n:]
	}
	return out
}

// appendBlock appends what follows the first value, which the block before has.
func appendBlock[T int32 | int64](out []byte, values []T) []byte {
	var deltas [blockValues]T
	n := len(values) - 1
	least := values[1] - values[0]
	for i, v := range values[1:] {
		deltas[i] = v - values[i]
		least = min(least, deltas[i])
	}
	var above [blockValues]uint64 // the least
	mask := ^uint64(0) >> (64 - 8*unsafe.Sizeof(least))
	for i, d := range deltas[:n] {
		above[i] = uint64(d-least) & mask
	}
	out = binary.AppendVarint(out, int64(least))
	widths := len(out)
	out = append(out, make([]byte, miniblocks)...)
	for m := 0; m*miniblockValues < n; m++ { // those without any value have no bytes either
		mini := above[m*miniblockValues : (m+1)*miniblockValues]
		all := uint64(0)
		for _, v := range mini {
			all |= v
		}
		out[widths+m] = byte(bits.Len64(all))
		out = appendPacked(out, mini, bits.Len64(all))
	}
	return out
}
