package dataframe_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/gophertrees/gopherwood/dataframe"
)

func readParquet(t *testing.T, data []byte) dataframe.DataFrame {
	t.Helper()
	r, err := file.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	in, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	tbl, err := in.ReadTable(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return fromArrow(t, tbl)
}

func readArrow(t *testing.T, data []byte) dataframe.DataFrame {
	t.Helper()
	r, err := ipc.NewFileReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var batches []arrow.RecordBatch
	for i := range r.NumRecords() {
		b, err := r.RecordBatch(i)
		if err != nil {
			t.Fatal(err)
		}
		b.Retain()
		batches = append(batches, b)
	}
	return fromArrow(t, array.NewTableFromRecords(r.Schema(), batches))
}

func fromArrow(t *testing.T, tbl arrow.Table) dataframe.DataFrame {
	t.Helper()
	d, err := dataframe.FromArrow(tbl)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func keyed() dataframe.DataFrame {
	return mixed().WithIndex(dataframe.Strings("key", []string{"k0", "k1", "k2", "k3"}))
}

func TestParquetAndArrowRoundTrip(t *testing.T) {
	many := make([]string, 70_000)
	for i := range many {
		many[i] = fmt.Sprint("text ", i)
	}
	for name, d := range map[string]dataframe.DataFrame{
		"mixed":        mixed(),
		"keyed":        keyed(),
		"sliced":       keyed().Slice(1, 3),
		"naive":        dataframe.New(dataframe.Nanos("t", []int64{1, 0, math.MaxInt64}, false, []bool{true, false, true})),
		"no rows":      mixed().Head(0),
		"one column":   mixed().Select("text"),
		"all null":     dataframe.New(dataframe.FromSlice("x", nil, 3)),
		"many texts":   dataframe.New(dataframe.Strings("x", many)),
		"few of many":  dataframe.New(dataframe.Strings("x", many)).Slice(7, 9),
		"not a number": dataframe.New(dataframe.Floats("x", []float64{math.NaN(), math.Inf(1), 5e-324})),
	} {
		t.Run(name, func(t *testing.T) {
			want := d.ResetIndex()
			if d.Index().Name() == "" {
				want = dataframe.New(d.Columns()...)
			}
			var p, a bytes.Buffer
			if err := errors.Join(d.ToParquet(&p), d.ToArrow(&a)); err != nil {
				t.Fatal(err)
			}
			wantSame(t, readParquet(t, p.Bytes()), want)
			wantSame(t, readArrow(t, a.Bytes()), want)
			if name == "few of many" && p.Len()+a.Len() > 5000 {
				t.Errorf("2 rows take %d bytes of Parquet and %d of Arrow: the whole dictionary?", p.Len(), a.Len())
			}
		})
	}
}

func TestParquetRowGroups(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows")
	}
	const n = 1<<20 + 7
	codes, ints := make([]int32, n), make([]int64, n)
	for i := range n {
		codes[i], ints[i] = int32(i%3)-1, int64(i)
	}
	d := dataframe.New(dataframe.Coded("s", codes, []string{"a", "b"}), dataframe.Ints("i", ints))
	var p bytes.Buffer
	if err := d.ToParquet(&p); err != nil {
		t.Fatal(err)
	}
	back := readParquet(t, p.Bytes())
	got, texts := back.Col("s").Codes()
	for i, code := range got {
		if (code < 0) != (codes[i] < 0) || code >= 0 && texts[code] != []string{"a", "b"}[codes[i]] {
			t.Fatalf("s[%d] = %d of %q, want %d", i, code, texts, codes[i])
		}
	}
	if !slices.Equal(back.Col("i").Ints(), ints) {
		t.Errorf("integers differ after Parquet")
	}
}

func TestWriteInvalidUTF8(t *testing.T) {
	d := dataframe.New(dataframe.Strings("a\xff", []string{"x\xff", "x\xfe", "ok"}))
	want := dataframe.New(dataframe.Strings("a\ufffd", []string{"x\ufffd", "x\ufffd", "ok"}))
	var p, a, j bytes.Buffer
	if err := errors.Join(d.ToParquet(&p), d.ToArrow(&a), d.ToJSONL(&j)); err != nil {
		t.Fatal(err)
	}
	wantSame(t, readParquet(t, p.Bytes()), want)
	wantSame(t, readArrow(t, a.Bytes()), want)
	if !json.Valid(bytes.Split(j.Bytes(), []byte("\n"))[0]) {
		t.Errorf("ToJSONL = %q, not JSON", j.String())
	}
}

func TestWriteCSV(t *testing.T) {
	d := keyed().With("odd", []string{"a,b", `say "hi"`, "two\nlines", " x"}).Drop("time")
	var out bytes.Buffer
	if err := d.ToCSV(&out); err != nil {
		t.Fatal(err)
	}
	want := `key,text,int,float,bool,odd
k0,b,3,0.1,true,"a,b"
k1,NaN,1,,false,"say ""hi"""
k2,,4611686018427387905,-2.5,,"two
lines"
k3,a,,1e+300,true," x"
`
	if out.String() != want {
		t.Errorf("ToCSV = %s, want %s", out.String(), want)
	}
	if records, err := csv.NewReader(&out).ReadAll(); err != nil || len(records) != 5 || records[3][5] != "two\nlines" {
		t.Errorf("encoding/csv reads %q, %v", records, err)
	}
	out.Reset()
	if err := dataframe.New(dataframe.FromSlice("x", []any{"", nil, "b"}, 0)).ToCSV(&out); err != nil || out.String() != "x\n\"\"\n\"\"\nb\n" {
		t.Errorf("ToCSV of one column = %q, %v", out.String(), err)
	}
	out.Reset()
	if err := mixed().Select("text", "time").ToCSV(&out); err != nil || !strings.Contains(out.String(), "b,2020-01-02T12:00:00.000005Z\n") {
		t.Errorf("ToCSV of times = %q, %v", out.String(), err)
	}
}

// gota writes floats with six decimals; here they keep their digits.
func TestGotaFloatDigitsInCSV(t *testing.T) {
	values := []float64{0.1234567890123, 1e-300, 123456789.123456789, 3}
	var out bytes.Buffer
	if err := dataframe.From(dataframe.New(dataframe.Floats("x", values), dataframe.FromSlice("y", 1, 4)).Gota()).ToCSV(&out); err != nil {
		t.Fatal(err)
	}
	if want := "x,y\n0.1234567890123,1\n1e-300,1\n1.2345678912345679e+08,1\n3.0,1\n"; out.String() != want {
		t.Errorf("ToCSV = %q, want %q", out.String(), want)
	}
}

func TestWriteJSONL(t *testing.T) {
	d := keyed().With("odd", []string{"<b>", `"`, "\x1b", "\u2028"}).With("inf", math.Inf(1))
	var out bytes.Buffer
	if err := d.ToJSONL(&out); err != nil {
		t.Fatal(err)
	}
	want := `{"key":"k0","text":"b","int":3,"float":0.1,"bool":true,"time":"2020-01-02T12:00:00.000005Z","odd":"<b>","inf":null}
{"key":"k1","text":"NaN","int":1,"float":null,"bool":false,"time":"2020-01-02T13:00:00.000005Z","odd":"\"","inf":null}
{"key":"k2","text":null,"int":4611686018427387905,"float":-2.5,"bool":null,"time":null,"odd":"\u001b","inf":null}
{"key":"k3","text":"a","int":null,"float":1e+300,"bool":true,"time":"2020-01-02T11:00:00.000005Z","odd":"\u2028","inf":null}
`
	if out.String() != want {
		t.Errorf("ToJSONL = %s, want %s", out.String(), want)
	}
}

func TestWriteFiles(t *testing.T) {
	folder := t.TempDir()
	for name, write := range map[string]func(string) error{
		"a.csv": keyed().WriteCSV, "a.jsonl": keyed().WriteJSONL, "a.parquet": keyed().WriteParquet, "a.arrow": keyed().WriteArrow,
	} {
		path := filepath.Join(folder, name)
		for range 2 { // the second replaces the first
			if err := write(path); err != nil {
				t.Errorf("write %s: %v", name, err)
			}
		}
		if err := write(filepath.Join(folder, "missing", name)); err == nil {
			t.Errorf("write into a missing folder = nil, want an error")
		}
		if err := write(folder); err == nil {
			t.Errorf("write over a folder = nil, want an error")
		}
	}
	names, _ := filepath.Glob(filepath.Join(folder, "*"))
	hidden, _ := filepath.Glob(filepath.Join(folder, ".*"))
	if len(names) != 4 || len(hidden) != 0 {
		t.Errorf("the folder holds %q %q, want the four files", names, hidden)
	}
	link := filepath.Join(folder, "link.csv")
	if err := os.Symlink("a.csv", link); err == nil {
		if err := mixed().WriteCSV(link); err != nil {
			t.Error(err)
		}
		if info, _ := os.Lstat(link); info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("WriteCSV replaced the link, want its target replaced")
		}
	}
}

func ExampleDataFrame_WriteCSV() {
	folder, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "users.csv")
	d := dataframe.New(dataframe.Strings("user", []string{"root", "alice, B."}), dataframe.FromSlice("share", []float64{0.1, 1}, 0))
	if err := d.WriteCSV(path); err != nil {
		fmt.Println(err)
	}
	text, _ := os.ReadFile(path)
	fmt.Print(string(text))
	// Output:
	// user,share
	// root,0.1
	// "alice, B.",1.0
}
