package pages

import (
	"encoding/binary"
	"math"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/metadata"
)

// Statistics are as the struct Statistics of parquet.thrift says: least and greatest value in the
// plain encoding without lengths, in the order that the column's type has.

// integerStatistics take numbers of so many bytes, and flags, which have one.
func integerStatistics[T uint8 | int32 | int64](values []T, size int) (s metadata.EncodedStatistics) {
	s.Signed = true
	if len(values) == 0 {
		return s
	}
	least, most := values[0], values[0]
	for _, v := range values {
		least, most = min(least, v), max(most, v)
	}
	encoded := func(v T) []byte { return binary.LittleEndian.AppendUint64(nil, uint64(v))[:size] }
	s.SetMin(encoded(least)).SetMax(encoded(most))
	return s
}

// floatStatistics pass over what is no number, and do not tell the two zeros apart: a reader that
// does must find both.
func floatStatistics(values []float64) (s metadata.EncodedStatistics) {
	s.Signed = true
	least, most := math.Inf(1), math.Inf(-1)
	any := false
	for _, v := range values {
		if !math.IsNaN(v) {
			least, most, any = min(least, v), max(most, v), true
		}
	}
	if !any {
		return s
	}
	if least == 0 {
		least = math.Copysign(0, -1)
	}
	if most == 0 {
		most = 0
	}
	s.SetMin(appendFloats(nil, []float64{least})).SetMax(appendFloats(nil, []float64{most}))
	return s
}

// bound gives texts their bounds. It leaves a long word out, and does not cut it: some readers take these
// for values that are there.
func bound(s *metadata.EncodedStatistics, least, most string) {
	s.SetMin([]byte(least)).SetMax([]byte(most))
	s.ApplyStatSizeLimits(int(parquet.DefaultMaxStatsSize))
}
