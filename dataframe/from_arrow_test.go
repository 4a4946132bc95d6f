package dataframe_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/gophertrees/gopherwood/dataframe"
)

// arrowTable makes a table of one column from Arrow's own JSON notation.
func arrowTable(t *testing.T, typ arrow.DataType, json string) arrow.Table {
	t.Helper()
	b := array.NewBuilder(memory.DefaultAllocator, typ)
	if err := b.UnmarshalJSON([]byte(json)); err != nil {
		t.Fatalf("%s %s: %v", typ, json, err)
	}
	schema := arrow.NewSchema([]arrow.Field{{Name: "x", Type: typ, Nullable: true}}, nil)
	return array.NewTableFromSlice(schema, [][]arrow.Array{{b.NewArray()}})
}

func TestFromArrowTypes(t *testing.T) {
	noon := time.Date(2020, 1, 2, 12, 0, 0, 0, time.UTC)
	text := arrow.BinaryTypes.String
	for _, c := range []struct {
		typ   arrow.DataType
		json  string
		want  []any
		notes int
	}{
		{arrow.PrimitiveTypes.Int8, `[-1, null]`, []any{int64(-1), nil}, 0},
		{arrow.PrimitiveTypes.Int16, `[-300]`, []any{int64(-300)}, 0},
		{arrow.PrimitiveTypes.Int32, `[70000]`, []any{int64(70000)}, 0},
		{arrow.PrimitiveTypes.Int64, `[9223372036854775807]`, []any{int64(math.MaxInt64)}, 0},
		{arrow.PrimitiveTypes.Uint8, `[255]`, []any{int64(255)}, 0},
		{arrow.PrimitiveTypes.Uint16, `[65535]`, []any{int64(65535)}, 0},
		{arrow.PrimitiveTypes.Uint32, `[4294967295]`, []any{int64(4294967295)}, 0},
		{arrow.PrimitiveTypes.Uint64, `[1]`, []any{int64(1)}, 0},
		{arrow.PrimitiveTypes.Uint64, `[1, 18446744073709551615]`, []any{"1", "18446744073709551615"}, 1},
		{arrow.FixedWidthTypes.Float16, `[1.5]`, []any{1.5}, 0},
		{arrow.PrimitiveTypes.Float32, `[0.5, null]`, []any{0.5, nil}, 0},
		{arrow.PrimitiveTypes.Float64, `[0.1]`, []any{0.1}, 0},
		{arrow.FixedWidthTypes.Boolean, `[true, null, false]`, []any{true, nil, false}, 0},
		{text, `["a", null, "", "NaN"]`, []any{"a", nil, "", "NaN"}, 0},
		{arrow.BinaryTypes.LargeString, `["a", "a"]`, []any{"a", "a"}, 0},
		{arrow.BinaryTypes.StringView, `["a view that is long", null]`, []any{"a view that is long", nil}, 0},
		{arrow.BinaryTypes.Binary, `["YWI="]`, []any{"ab"}, 0},
		{arrow.BinaryTypes.LargeBinary, `["/w=="]`, []any{"ff"}, 1},
		{&arrow.FixedSizeBinaryType{ByteWidth: 2}, `["YWI="]`, []any{"ab"}, 0},
		{arrow.FixedWidthTypes.Date32, `["2020-01-02", null]`, []any{noon.Truncate(24 * time.Hour), nil}, 0},
		{arrow.FixedWidthTypes.Date64, `["2020-01-02"]`, []any{noon.Truncate(24 * time.Hour)}, 0},
		{arrow.FixedWidthTypes.Date32, `["1970-01-01", "9999-12-31"]`, []any{"1970-01-01T00:00:00Z", "9999-12-31T00:00:00Z"}, 1},
		{&arrow.TimestampType{Unit: arrow.Second}, `["2020-01-02 12:00:00"]`, []any{noon}, 0},
		{&arrow.TimestampType{Unit: arrow.Millisecond, TimeZone: "UTC"}, `["2020-01-02T12:00:00.001Z"]`, []any{noon.Add(time.Millisecond)}, 0},
		{&arrow.TimestampType{Unit: arrow.Microsecond}, `["2020-01-02T12:00:00.000001"]`, []any{noon.Add(time.Microsecond)}, 0},
		{&arrow.TimestampType{Unit: arrow.Nanosecond}, `["2020-01-02T12:00:00.000000001"]`, []any{noon.Add(1)}, 0},
		{&arrow.TimestampType{Unit: arrow.Second}, `["0001-01-01 00:00:00"]`, []any{"0001-01-01T00:00:00Z"}, 1},
		{&arrow.TimestampType{Unit: arrow.Microsecond}, `["0001-01-01 00:00:00.5"]`, []any{"0001-01-01T00:00:00.5Z"}, 1},
		{arrow.FixedWidthTypes.Duration_ms, `["2ms"]`, []any{int64(2e6)}, 1},
		{arrow.FixedWidthTypes.Time32s, `["12:00:01"]`, []any{"12:00:01"}, 1},
		{&arrow.Decimal128Type{Precision: 20, Scale: 2}, `["123456789012345678.25"]`, []any{"123456789012345678.25"}, 1},
		{arrow.ListOf(arrow.PrimitiveTypes.Int8), `[[1, 2], null]`, []any{"[1,2]", nil}, 1},
		{arrow.StructOf(arrow.Field{Name: "a", Type: text}), `[{"a": "<x>"}]`, []any{`{"a":"\u003cx\u003e"}`}, 1},
		{arrow.Null, `[null, null]`, []any{nil, nil}, 0},
		{&arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Uint8, ValueType: text}, `["a", "b", null, "a"]`, []any{"a", "b", nil, "a"}, 0},
		{&arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int64, ValueType: arrow.PrimitiveTypes.Int16}, `[7, 8, null, 7]`, []any{int64(7), int64(8), nil, int64(7)}, 0},
		{arrow.RunEndEncodedOf(arrow.PrimitiveTypes.Int32, arrow.PrimitiveTypes.Int32), `[5, 5, 6]`, []any{int64(5), int64(5), int64(6)}, 0},
	} {
		df, err := dataframe.FromArrow(arrowTable(t, c.typ, c.json))
		if err != nil {
			t.Errorf("FromArrow(%s %s): %v", c.typ, c.json, err)
			continue
		}
		got := make([]any, df.Nrow())
		for i := range got {
			got[i] = df.Col("x").Value(i)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("FromArrow(%s %s) = %#v, want %#v", c.typ, c.json, got, c.want)
		}
		if len(df.Notes()) != c.notes {
			t.Errorf("FromArrow(%s %s).Notes() = %q, want %d", c.typ, c.json, df.Notes(), c.notes)
		}
	}
}

// Chunks of one column may each have a dictionary of their own, with a text twice or null in it.
func TestFromArrowDictionaries(t *testing.T) {
	typ := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	chunk := func(words, codes string) arrow.Array {
		w := array.NewStringBuilder(memory.DefaultAllocator)
		c := array.NewInt8Builder(memory.DefaultAllocator)
		if w.UnmarshalJSON([]byte(words)) != nil || c.UnmarshalJSON([]byte(codes)) != nil {
			t.Fatal("bad JSON")
		}
		return array.NewDictionaryArray(typ, c.NewArray(), w.NewArray())
	}
	schema := arrow.NewSchema([]arrow.Field{{Name: "x", Type: typ, Nullable: true}}, nil)
	tbl := array.NewTableFromSlice(schema, [][]arrow.Array{
		{chunk(`["a", "b", "a"]`, `[0, 1, 2]`), chunk(`["b", null]`, `[0, 1, null]`)},
	})
	df, err := dataframe.FromArrow(tbl)
	if err != nil {
		t.Fatal(err)
	}
	codes, texts := df.Col("x").Codes()
	if want := []int32{0, 1, 0, 1, -1, -1}; !slices.Equal(codes, want) || len(texts) != 2 {
		t.Errorf("Codes() = %v %q, want %v of a, b", codes, texts, want)
	}
}

func TestFromArrowDamagedTableIsAnError(t *testing.T) {
	typ := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	c := array.NewInt8Builder(memory.DefaultAllocator)
	c.Append(100) // beyond the dictionary
	w := array.NewStringBuilder(memory.DefaultAllocator)
	w.Append("only")
	schema := arrow.NewSchema([]arrow.Field{{Name: "x", Type: typ}}, nil)
	tbl := array.NewTableFromSlice(schema, [][]arrow.Array{{array.NewDictionaryArray(typ, c.NewArray(), w.NewArray())}})
	if df, err := dataframe.FromArrow(tbl); err == nil {
		t.Errorf("FromArrow(code 100 of 1 word) = %d rows, want an error", df.Nrow())
	}
}

func TestFromArrowNamesAndIndex(t *testing.T) {
	n := arrow.PrimitiveTypes.Int8
	meta := arrow.NewMetadata([]string{"pandas"}, []string{`{"index_columns": ["__index_level_0__"]}`})
	schema := arrow.NewSchema([]arrow.Field{{Name: "a", Type: n}, {Name: "a", Type: n}, {Name: "a.1", Type: n}, {Name: "__index_level_0__", Type: n}}, &meta)
	var columns [][]arrow.Array
	for i := range schema.NumFields() {
		b := array.NewInt8Builder(memory.DefaultAllocator)
		b.Append(int8(i))
		columns = append(columns, []arrow.Array{b.NewArray()})
	}
	df, err := dataframe.FromArrow(array.NewTableFromSlice(schema, columns))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"a", "a.2", "a.1"}; !slices.Equal(df.Names(), want) {
		t.Errorf("Names() = %q, want %q", df.Names(), want)
	}
	if got := df.Loc(3).Int("a.1"); got != 2 {
		t.Errorf(`Loc(3).Int("a.1") = %d, want 2`, got)
	}
}

func TestArrowRoundTrip(t *testing.T) {
	df := mixed().WithIndex(dataframe.Strings("key", []string{"k0", "k1", "k2", "k3"}))
	back, err := dataframe.FromArrow(df.Arrow())
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, back, df.ResetIndex())
}
