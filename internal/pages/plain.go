package pages

import (
	"encoding/binary"
	"math"
)

// What the section "Plain (PLAIN)" says of each type.

func appendFloats(out []byte, values []float64) []byte {
	for _, v := range values {
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(v))
	}
	return out
}

func appendText(out []byte, text string) []byte {
	return append(binary.LittleEndian.AppendUint32(out, uint32(len(text))), text...)
}
