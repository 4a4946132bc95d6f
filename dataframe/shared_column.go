package dataframe

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// SharedInts makes an integer column without nulls that keeps the memory of values, which must not be
// changed any more. [Ints] copies them.
func SharedInts(name string, values []int64) Column {
	return Column{name, array.NewInt64Data(shared(arrow.PrimitiveTypes.Int64, len(values), arrow.Int64Traits.CastToBytes(values)))}
}

// SharedNanos makes a column of times in UTC, see [Nanos], that keeps the memory of values, too.
func SharedNanos(name string, values []int64) Column {
	return SharedInts(name, values).UTC()
}

// SharedCodes makes a text column, see [Coded], that keeps the memory of codes where none is null.
func SharedCodes(name string, codes []int32, texts []string) Column {
	for _, c := range codes {
		if c < 0 || int(c) >= len(texts) {
			return Coded(name, codes, texts)
		}
	}
	index := array.NewInt32Data(shared(arrow.PrimitiveTypes.Int32, len(codes), arrow.Int32Traits.CastToBytes(codes)))
	return textColumn(name, index, wordArray(texts))
}

// shared is an array's data without nulls.
func shared(t arrow.DataType, n int, values []byte) *array.Data {
	return array.NewData(t, n, []*memory.Buffer{nil, memory.NewBufferBytes(values)}, nil, 0, 0)
}
