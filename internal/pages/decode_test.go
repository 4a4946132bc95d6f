package pages_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/gophertrees/gopherwood/internal/pages"
)

// sample makes a record of rows that repeat, run and are null, of a hundred so many.
func sample(r *rand.Rand, rows, nulls, words int, nullable bool) arrow.RecordBatch {
	texts, wide, narrow := array.NewStringBuilder(memory.DefaultAllocator), array.NewInt64Builder(memory.DefaultAllocator), array.NewInt32Builder(memory.DefaultAllocator)
	word := 0
	for range rows {
		if nullable && r.IntN(100) < nulls {
			texts.AppendNull()
			wide.AppendNull()
			narrow.AppendNull()
			continue
		}
		if r.IntN(20) > 0 {
			word = r.IntN(words)
		}
		texts.Append(strings.Repeat("é", word%5) + fmt.Sprint(word))
		wide.Append(int64(word) << (word % 50))
		narrow.Append(int32(word) - 100)
	}
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "texts", Type: arrow.BinaryTypes.String, Nullable: nullable}, {Name: "wide", Type: arrow.PrimitiveTypes.Int64, Nullable: nullable},
		{Name: "narrow", Type: arrow.PrimitiveTypes.Int32, Nullable: nullable}}, nil)
	return array.NewRecordBatch(schema, []arrow.Array{texts.NewArray(), wide.NewArray(), narrow.NewArray()}, int64(rows))
}

func written(t testing.TB, record arrow.RecordBatch, options ...parquet.WriterProperty) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := pqarrow.NewFileWriter(record.Schema(), &out, parquet.NewWriterProperties(options...), pqarrow.DefaultWriterProps())
	if err == nil {
		err = errors.Join(w.Write(record), w.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestDecode holds what is read against what a general writer was given, in all forms that it has for it.
func TestDecode(t *testing.T) {
	coded := parquet.WithDictionaryDefault(true)
	forms := map[string][]parquet.WriterProperty{
		"by a dictionary":                {coded},
		"plain":                          {parquet.WithDictionaryDefault(false)},
		"a dictionary that is full soon": {coded, parquet.WithDictionaryPageSizeLimit(300), parquet.WithDataPageSize(200), parquet.WithBatchSize(50)},
		"version 2":                      {coded, parquet.WithDataPageVersion(parquet.DataPageV2), parquet.WithDataPageSize(500), parquet.WithBatchSize(64)},
		"version 2, plain":               {parquet.WithDictionaryDefault(false), parquet.WithDataPageVersion(parquet.DataPageV2)},
		"compressed":                     {coded, parquet.WithCompression(compress.Codecs.Snappy), parquet.WithDataPageSize(1000)},
	}
	kinds := map[string]string{} // which encodings each form has really
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			for _, rows := range []int{1, 7, 8, 9, 1000, 20_000} {
				for _, nulls := range []int{-1, 0, 3, 60, 100} {
					for _, words := range []int{1, 2, 300, 5000} {
						record := sample(r, rows, nulls, words, nulls >= 0)
						data := written(t, record, form...)
						if rows == 20_000 && nulls == 3 && words == 300 {
							kinds[name] = encodings(t, data)
						}
						decodeAll(t, record, data, 1+r.IntN(2*rows))
					}
				}
			}
		})
	}
	const first, second = "DICTIONARY_PAGE PLAIN, DATA_PAGE RLE_DICTIONARY", "DICTIONARY_PAGE PLAIN, DATA_PAGE_V2 RLE_DICTIONARY"
	for name, want := range map[string]string{"by a dictionary": first, "compressed": first, "plain": "DATA_PAGE PLAIN", "version 2, plain": "DATA_PAGE_V2 PLAIN",
		"a dictionary that is full soon": first + ", DATA_PAGE PLAIN", "version 2": second} {
		if kinds[name] != want {
			t.Errorf("%s: its pages are %s, want %s", name, kinds[name], want)
		}
	}
}

// encodings are those of the pages of texts, without repetition.
func encodings(t *testing.T, data []byte) string {
	t.Helper()
	f := must(file.NewParquetReader(bytes.NewReader(data)))
	defer f.Close()
	r := must(f.RowGroup(0).GetColumnPageReader(0))
	var out []string
	for r.Next() {
		out = append(out, fmt.Sprintf("%s %s", r.Page().Type(), r.Page().Encoding()))
	}
	return strings.Join(slices.Compact(out), ", ")
}

// decodeAll reads all columns, so many rows at a time.
func decodeAll(t *testing.T, record arrow.RecordBatch, data []byte, batch int) {
	t.Helper()
	f, err := file.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := range int(record.NumCols()) {
		column, chunk := f.MetaData().Schema.Column(i), must(f.MetaData().RowGroup(0).ColumnChunk(i))
		if !pages.Readable(column, chunk) {
			t.Fatalf("column %s cannot be read: %v", column.Name(), chunk.Encodings())
		}
		r := must(f.RowGroup(0).GetColumnPageReader(i))
		optional := column.MaxDefinitionLevel() > 0
		var got []string
		var end func() error
		switch column.PhysicalType() {
		case parquet.Types.ByteArray:
			c := pages.ReadTexts(r, optional)
			got, end = rowsOf(t, int(record.NumRows()), batch, func(n int) ([]string, error) { return textsOf(c, n) }), c.End
		case parquet.Types.Int64:
			c := pages.ReadIntegers(r, 64, optional)
			got, end = rowsOf(t, int(record.NumRows()), batch, func(n int) ([]string, error) { return integersOf(c, n) }), c.End
		default:
			c := pages.ReadIntegers(r, 32, optional)
			got, end = rowsOf(t, int(record.NumRows()), batch, func(n int) ([]string, error) { return integersOf(c, n) }), c.End
		}
		if err := end(); err != nil {
			t.Errorf("column %s: %v at its end", column.Name(), err)
		}
		for k := range got {
			if want := record.Column(i).ValueStr(k); got[k] != want {
				t.Fatalf("column %s: row %d is %q, want %q", column.Name(), k, got[k], want)
			}
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func rowsOf(t *testing.T, rows, batch int, next func(n int) ([]string, error)) (out []string) {
	t.Helper()
	for len(out) < rows {
		some, err := next(min(batch, rows-len(out)))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, some...)
	}
	if _, err := next(1); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("beyond the last row: %v", err)
	}
	return out
}

func textsOf(c *pages.Texts, n int) ([]string, error) {
	codes := make([]int32, n)
	words, err := c.Next(codes)
	if err != nil {
		return nil, err
	}
	out := make([]string, n)
	for i, code := range codes {
		if out[i] = "(null)"; code >= 0 {
			out[i] = words[code]
		}
	}
	return out, nil
}

func integersOf(c *pages.Integers, n int) ([]string, error) {
	values := make([]int64, n)
	valid, err := c.Next(values)
	if err != nil {
		return nil, err
	}
	out := make([]string, n)
	for i, v := range values {
		if out[i] = fmt.Sprint(v); valid != nil && !valid[i] {
			if v != 0 {
				return nil, errors.New("a null is not 0")
			}
			out[i] = "(null)"
		}
	}
	return out, nil
}

// TestWordsRemain: what was returned once does not change when more is read.
func TestWordsRemain(t *testing.T) {
	record := sample(rand.New(rand.NewPCG(3, 4)), 4000, 5, 2000, true)
	data := written(t, record, parquet.WithDictionaryDefault(true), parquet.WithDictionaryPageSizeLimit(1000), parquet.WithDataPageSize(500), parquet.WithBatchSize(50))
	f := must(file.NewParquetReader(bytes.NewReader(data)))
	c := pages.ReadTexts(must(f.RowGroup(0).GetColumnPageReader(0)), true)
	var words [][]string
	var codes [][]int32
	for range 8 {
		some := make([]int32, 500)
		words, codes = append(words, must(c.Next(some))), append(codes, some)
	}
	for k := range codes {
		for i, code := range codes[k] {
			if code >= 0 && words[k][code] != record.Column(0).ValueStr(500*k+i) {
				t.Fatalf("row %d reads otherwise later", 500*k+i)
			}
		}
	}
}

// forged are pages that somebody made up.
type forged struct {
	all []file.Page
	at  file.Page
}

func (f *forged) Next() bool {
	if len(f.all) == 0 {
		return false
	}
	f.at, f.all = f.all[0], f.all[1:]
	return true
}
func (f *forged) Page() file.Page                                                                { return f.at }
func (f *forged) Err() error                                                                     { return nil }
func (f *forged) SetMaxPageHeaderSize(int)                                                       {}
func (f *forged) Reset(parquet.BufferedReader, int64, compress.Compression, *file.CryptoContext) {}
func (f *forged) GetDictionaryPage() (*file.DictionaryPage, error)                               { return nil, nil }
func (f *forged) SeekToPageWithRow(int64) error                                                  { return nil }
func (f *forged) Close() error                                                                   { return nil }

func forge(dictionary, data []byte, entries, rows int32, second bool, levels int32) *forged {
	d := file.NewDictionaryPage(memory.NewBufferBytes(dictionary), entries, parquet.Encodings.Plain)
	var encoding = []parquet.Encoding{parquet.Encodings.RLEDict, parquet.Encodings.Plain}[rows&1]
	if second {
		return &forged{all: []file.Page{d, file.NewDataPageV2(memory.NewBufferBytes(data), rows, rows/2, rows, encoding, levels, 0, int32(len(data)), false)}}
	}
	return &forged{all: []file.Page{d, file.NewDataPageV1(memory.NewBufferBytes(data), rows, encoding, parquet.Encodings.RLE, parquet.Encodings.RLE, int32(len(data)))}}
}

// FuzzDecode: whatever pages say, they are read or are an error; codes are of words that are there.
func FuzzDecode(f *testing.F) {
	f.Add([]byte{1, 0, 0, 0, 'x'}, []byte{2, 0, 0, 0, 8, 1, 1, 8, 0}, int32(1), int32(4), false, int32(0))
	f.Add([]byte{}, []byte{2, 0, 0, 0, 0x10, 1, 32, 0xff, 0xff, 0xff, 0xff, 0x1f}, int32(0), int32(8), true, int32(2))
	f.Add([]byte{0, 0, 0, 0}, []byte{200, 0, 0, 0, 0, 0, 0, 0}, int32(1), int32(7), false, int32(0))
	f.Fuzz(func(t *testing.T, dictionary, data []byte, entries, rows int32, second bool, levels int32) {
		if rows < 0 || entries < 0 || rows > 1<<16 || entries > 1<<16 { // negative ones are refused before
			return
		}
		for _, optional := range []bool{false, true} {
			texts := pages.ReadTexts(forge(dictionary, data, entries, rows, second, levels), optional)
			codes := make([]int32, rows)
			if words, err := texts.Next(codes); err == nil {
				for _, code := range codes {
					if code < -1 || int(code) >= len(words) {
						t.Fatalf("code %d of %d words", code, len(words))
					}
				}
			}
			for _, bits := range []int{32, 64} {
				integers := pages.ReadIntegers(forge(dictionary, data, entries, rows, second, levels), bits, optional)
				_, _ = integers.Next(make([]int64, rows))
			}
		}
	})
}

// TestDamage: what is wrong with a page is said.
func TestDamage(t *testing.T) {
	for want, pagesOf := range map[string]*forged{
		"levels of a page go beyond":     forge([]byte{1, 0, 0, 0, 'x'}, []byte{99, 0, 0, 0, 8, 1}, 1, 4, false, 0),
		"number 5 of a dictionary of 1":  forge([]byte{1, 0, 0, 0, 'x'}, []byte{2, 0, 0, 0, 8, 1, 3, 8, 5}, 1, 4, false, 0),
		"more than 32 bits":              forge([]byte{1, 0, 0, 0, 'x'}, []byte{2, 0, 0, 0, 8, 1, 33, 8, 0}, 1, 4, false, 0),
		"a run of numbers goes beyond":   forge([]byte{1, 0, 0, 0, 'x'}, []byte{2, 0, 0, 0, 8, 1, 1, 8}, 1, 4, false, 0),
		"dictionary: a text goes beyond": forge([]byte{9, 0, 0, 0, 'x'}, []byte{2, 0, 0, 0, 8, 1, 1, 8, 0}, 1, 4, false, 0),
		"unexpected EOF":                 forge([]byte{1, 0, 0, 0, 'x'}, []byte{2, 0, 0, 0, 8, 1, 1, 8, 0}, 1, 2, false, 0),
	} {
		_, err := pages.ReadTexts(pagesOf, true).Next(make([]int32, 4))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// BenchmarkDecode reads codes and integers beside the general reader, a million rows.
func BenchmarkDecode(b *testing.B) {
	record := sample(rand.New(rand.NewPCG(1, 2)), 1_000_000, 0, 300, true)
	data := written(b, record, parquet.WithDictionaryDefault(true))
	b.Run("pages", func(b *testing.B) {
		codes, values := make([]int32, record.NumRows()), make([]int64, record.NumRows())
		for b.Loop() {
			f := must(file.NewParquetReader(bytes.NewReader(data)))
			for g := range f.NumRowGroups() {
				n := f.RowGroup(g).NumRows()
				must(pages.ReadTexts(must(f.RowGroup(g).GetColumnPageReader(0)), true).Next(codes[:n]))
				must(pages.ReadIntegers(must(f.RowGroup(g).GetColumnPageReader(1)), 64, true).Next(values[:n]))
			}
		}
	})
	b.Run("arrow", func(b *testing.B) {
		for b.Loop() {
			properties := pqarrow.ArrowReadProperties{BatchSize: 1 << 17}
			properties.SetReadDict(0, true)
			f := must(file.NewParquetReader(bytes.NewReader(data)))
			r := must(must(pqarrow.NewFileReader(f, properties, memory.DefaultAllocator)).GetRecordReader(context.Background(), []int{0, 1}, nil))
			for r.Next() {
			}
			r.Release()
		}
	})
}
