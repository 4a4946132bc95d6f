package dataframe

import (
	"math"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// mostText is how many bytes an Arrow array of the usual kind of texts holds: its offsets have 32 bits. What
// has more, such as the paths of a million processes in deep trees, goes into the large kind. Tests
// lower it.
var mostText = math.MaxInt32

// textColumn makes a text column of codes and what they stand for. Columns are read side by side, and
// Arrow makes the array of a dictionary when it is first asked for it: that is now.
func textColumn(name string, codes arrow.Array, words arrow.Array) Column {
	kind := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int32, ValueType: words.DataType()}
	d := array.NewDictionaryArray(kind, codes, words)
	d.Dictionary()
	return Column{name, d}
}

func wordArray(texts []string) arrow.Array {
	bytes := 0
	for _, t := range texts {
		bytes += len(t)
	}
	var b array.StringLikeBuilder = array.NewStringBuilder(memory.DefaultAllocator)
	if bytes > mostText {
		b = array.NewLargeStringBuilder(memory.DefaultAllocator)
	}
	b.AppendValues(texts, nil)
	return b.NewArray()
}

// wordOf reads a dictionary's text.
func wordOf(words arrow.Array, code int) string {
	if usual, ok := words.(*array.String); ok {
		return usual.Value(code)
	}
	return words.(*array.LargeString).Value(code)
}
