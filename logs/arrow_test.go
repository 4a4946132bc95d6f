package logs

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/gophertrees/gopherwood/dataframe"
)

// everyKind is a frame with a column of every kind, with nulls.
func everyKind() dataframe.DataFrame {
	valid := []bool{true, false, true}
	return dataframe.New(
		dataframe.Strings("text", []string{"a\"b", "", "é\n"}, valid),
		dataframe.Ints("int", []int64{1, 0, -1 << 62}, valid),
		dataframe.Floats("float", []float64{1.5, 0, 2}, valid),
		dataframe.Bools("bool", []bool{true, false, false}, valid),
		dataframe.Times("zoned", []time.Time{time.Unix(1, 5), {}, time.Unix(2, 0)}, valid),
		dataframe.Nanos("naive", []int64{1e18, 0, 1e18 + 1}, false, valid),
	)
}

// arrowStream writes a frame as an Arrow stream.
func arrowStream(t testing.TB, df dataframe.DataFrame) []byte {
	t.Helper()
	var b bytes.Buffer
	table := df.Arrow()
	w := ipc.NewWriter(&b, ipc.WithSchema(table.Schema()))
	parts := array.NewTableReader(table, 0)
	for parts.Next() {
		if err := w.Write(parts.RecordBatch()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func written(t testing.TB, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRoundTrip writes every kind of column in every format and reads it back.
func TestRoundTrip(t *testing.T) {
	df := everyKind()
	for name, data := range map[string][]byte{
		"arrow stream": arrowStream(t, df),
		"arrow":        written(t, df.ToArrow),
		"parquet":      written(t, df.ToParquet),
		"csv":          written(t, df.ToCSV),
		"jsonl":        written(t, df.ToJSONL),
	} {
		got, err := Read(bytes.NewReader(data))
		if err != nil {
			t.Errorf("Read(%s) = %v", name, err)
			continue
		}
		if shown(got) != shown(df) {
			t.Errorf("Read(%s) = %s, want %s", name, shown(got), shown(df))
		}
		// text says of every time that it is UTC
		if name == "csv" || name == "jsonl" {
			continue
		}
		if !got.Col("zoned").Zoned() || got.Col("naive").Zoned() {
			t.Errorf("Read(%s): Zoned() = %v, %v, want true, false", name, got.Col("zoned").Zoned(), got.Col("naive").Zoned())
		}
	}
}

// TestBinaryTruncated cuts Parquet and Arrow files anywhere: it is an error, never a panic.
func TestBinaryTruncated(t *testing.T) {
	df := everyKind()
	for name, data := range map[string][]byte{
		"arrow stream": arrowStream(t, df), "arrow": written(t, df.ToArrow), "parquet": written(t, df.ToParquet),
	} {
		whole := 0
		for n := 8; n < len(data); n++ {
			if got, err := Read(bytes.NewReader(data[:n])); err == nil && shown(got) == shown(df) {
				whole++ // a stream may lack its end marker
			}
		}
		if whole > 8 {
			t.Errorf("Read(%s) of %d lengths out of %d is whole", name, whole, len(data))
		}
	}
}

func TestFeather1(t *testing.T) {
	if _, err := Read(strings.NewReader("FEA1\x00\x00\x00\x00")); err == nil || !strings.Contains(err.Error(), "version 1") {
		t.Errorf("Read(FEA1) = %v, want an error about version 1", err)
	}
}
