package dataframe

import (
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// texts returns how to read an array of any text or binary type, nil for other types.
func (in *arrowInput) texts(a arrow.Array) func(i int) string {
	switch a := a.(type) {
	case *array.String:
		return a.Value
	case *array.LargeString:
		return a.Value
	case *array.StringView:
		return a.Value
	case *array.Binary:
		return in.bytes(a.Value)
	case *array.LargeBinary:
		return in.bytes(a.Value)
	case *array.BinaryView:
		return in.bytes(a.Value)
	case *array.FixedSizeBinary:
		return in.bytes(a.Value)
	}
	return nil
}

// bytes writes what is not UTF-8 in hexadecimal digits.
func (in *arrowInput) bytes(value func(int) []byte) func(int) string {
	return func(i int) string {
		v := value(i)
		if utf8.Valid(v) {
			return string(v)
		}
		in.note = "bytes that are not text are shown in hexadecimal"
		return hex.EncodeToString(v)
	}
}

// word returns the code of a text, which it copies: Arrow's text goes with its buffer.
func (in *arrowInput) word(s string) int32 {
	if c, ok := in.b.words[s]; ok {
		return c
	}
	return in.b.code(strings.Clone(s))
}

// appendText adds a text as AppendString does.
func (in *arrowInput) appendText(s string) {
	in.b.arrive(String)
	in.b.codes = append(in.b.codes, in.word(s))
}

// dictionary appends coded values. Only the values that occur are read: record batches share
// a dictionary that may be far larger than each of them.
func (in *arrowInput) dictionary(a *array.Dictionary) {
	words := a.Dictionary()
	text := in.texts(words)
	if text == nil {
		in.indirect(words, a.Len(), func(i int) int {
			if a.IsNull(i) {
				return -1
			}
			return a.GetValueIndex(i)
		})
		return
	}
	if in.b.kind != String {
		in.b.become(String)
	}
	known := make([]int32, words.Len()) // code+1 of each word, 0 while unknown
	for i := range a.Len() {
		if a.IsNull(i) {
			in.b.AppendNull()
			continue
		}
		w := a.GetValueIndex(i)
		switch {
		case words.IsNull(w):
			in.b.AppendNull()
			continue
		case known[w] == 0:
			known[w] = in.word(text(w)) + 1
		}
		in.b.seen[String]++
		in.b.codes = append(in.b.codes, known[w]-1)
	}
}

func (in *arrowInput) runs(a *array.RunEndEncoded) {
	in.indirect(a.Values(), a.Len(), a.GetPhysicalIndex)
}

// indirect appends n rows whose values stand at other places of an array; -1 is null.
func (in *arrowInput) indirect(values arrow.Array, n int, place func(int) int) {
	inner := arrowInput{b: NewBuilder("")}
	inner.b.become(kindOfArrow(values.DataType()))
	inner.append(values)
	if inner.note != "" {
		in.note = inner.note
	}
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(place(i))
	}
	in.b.appendColumn(inner.b.Column().Take(rows))
}
