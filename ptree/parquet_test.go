package ptree_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// readParquet reads a whole file into a frame.
func readParquet(t testing.TB, path string) dataframe.DataFrame {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	table, err := pqarrow.ReadTable(context.Background(), bytes.NewReader(data), parquet.NewReaderProperties(memory.DefaultAllocator),
		pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	df, err := dataframe.FromArrow(table)
	if err != nil {
		t.Fatal(err)
	}
	return df
}

// writeParquet writes a frame as files of so many rows and returns their folder.
func writeParquet(t testing.TB, df dataframe.DataFrame, rows int) string {
	t.Helper()
	dir := t.TempDir()
	for i, from := 0, 0; from < df.Nrow(); i, from = i+1, from+rows {
		part := df.Slice(from, min(df.Nrow(), from+rows)).WithIndex(dataframe.FromSlice("", 0, min(df.Nrow(), from+rows)-from))
		if err := part.WriteParquet(filepath.Join(dir, fmt.Sprintf("part-%04d.parquet", i))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func buildParquet(t testing.TB, input string, o ptree.ParquetOptions) (string, ptree.ParquetSummary) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "tree.parquet")
	sum, err := ptree.BuildParquet(context.Background(), []string{input}, out, o)
	if err != nil {
		t.Fatal(err)
	}
	return out, sum
}

// wantRows is what the output must tell of a log, from the in-memory builder on each host alone.
func wantRows(t testing.TB, df dataframe.DataFrame) []string {
	t.Helper()
	hosts := df.Col("Computer").Strings()
	names := slices.Compact(slices.Sorted(slices.Values(hosts)))
	var out []string
	for _, host := range names {
		var rows []int32
		for i, h := range hosts {
			if h == host {
				rows = append(rows, int32(i))
			}
		}
		tree := mustBuild(t, df.Take(rows).WithIndex(dataframe.FromSlice("", 0, len(rows))))
		sizes := make([]int, tree.Len())
		parents, depths := tree.Parents(), tree.Depths()
		for i := tree.Len() - 1; i >= 0; i-- {
			sizes[i]++
			if parents[i] >= 0 {
				sizes[parents[i]] += sizes[i]
			}
		}
		for i := range tree.Len() {
			p := tree.At(i)
			out = append(out, fmt.Sprint(host, " ", i, " ", parents[i], " ", sizes[i], " ", depths[i], " ", p.Inferred(), " ",
				p.Link().Kind, " ", p.PID, " ", p.Name))
		}
	}
	return out
}

func gotRows(df dataframe.DataFrame) []string {
	var out []string
	for i := range df.Nrow() {
		r := df.At(i)
		parent := int64(-1)
		if v, ok := r.Get("parent").(int64); ok {
			parent = v
		}
		out = append(out, fmt.Sprint(df.Col("Computer").Text(i), " ", r.Int("position"), " ", parent, " ", r.Int("size"), " ", r.Int("depth"), " ",
			r.Get("inferred"), " ", r.Str("link"), " ", r.Str("NewProcessId"), " ", r.Str("NewProcessName")))
	}
	return out
}

func sameRows(t *testing.T, what string, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d rows, want %d", what, len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("%s: row %d = %s, want %s", what, i, got[i], want[i])
		}
	}
}

// TestParquetIsTheInMemoryTree builds small random fleets, whose rows are shuffled, repeated and tied.
func TestParquetIsTheInMemoryTree(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 11))
		df := frameOfEvents(randomEvents(r, 1+r.IntN(6), 1+r.IntN(300)))
		in := writeParquet(t, df, 1+r.IntN(120))
		out, sum := buildParquet(t, in, ptree.ParquetOptions{})
		sameRows(t, fmt.Sprint("seed ", seed), gotRows(readParquet(t, out)), wantRows(t, df))
		if int(sum.Rows) != df.Nrow() {
			t.Errorf("seed %d: %d rows read, want %d", seed, sum.Rows, df.Nrow())
		}
	}
}

// streamOf writes a frame as an Arrow IPC stream of batches.
func streamOf(t testing.TB, df dataframe.DataFrame, rows int64) *bytes.Buffer {
	t.Helper()
	table := df.Arrow()
	var out bytes.Buffer
	w := ipc.NewWriter(&out, ipc.WithSchema(table.Schema()))
	batches := array.NewTableReader(table, rows)
	for batches.Next() {
		if err := w.Write(batches.RecordBatch()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &out
}

// framesOf reads an Arrow IPC stream.
func frameOfStream(t testing.TB, in *bytes.Buffer) dataframe.DataFrame {
	t.Helper()
	r, err := ipc.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	var frames []dataframe.Frame
	for r.Next() {
		df, err := dataframe.FromArrow(array.NewTableFromRecords(r.Schema(), []arrow.RecordBatch{r.RecordBatch()}))
		if err != nil {
			t.Fatal(err)
		}
		frames = append(frames, df)
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return dataframe.Concat(frames...)
}

// TestStreamIsTheParquet gives the rows in any order with their places, as an engine does.
func TestStreamIsTheParquet(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 12))
		df := frameOfEvents(randomEvents(r, 1+r.IntN(4), 1+r.IntN(200)))
		order := r.Perm(df.Nrow())
		rows, places := make([]int32, len(order)), make([]int64, len(order))
		for i, k := range order {
			rows[i], places[i] = int32(k), int64(k)
		}
		mixed := df.Take(rows).With("source_row", places)
		var out bytes.Buffer
		if _, err := ptree.BuildStream(context.Background(), streamOf(t, mixed, 50), &out); err != nil {
			t.Fatal(err)
		}
		got := frameOfStream(t, &out)
		sameRows(t, fmt.Sprint("seed ", seed), gotRows(got), wantRows(t, df))
		file, _ := buildParquet(t, writeParquet(t, df, 1000), ptree.ParquetOptions{})
		want := readParquet(t, file)
		if a, b := got.Names(), want.Names(); !slices.Equal(a, b) {
			t.Fatalf("the stream's columns are %v, want the file's, %v", a, b)
		}
		for _, name := range want.Names() {
			if a, b := got.Col(name).Strings(), want.Col(name).Strings(); !slices.Equal(a, b) {
				t.Fatalf("seed %d: column %s of the stream = %s, want %s", seed, name, strings.Join(a, " "), strings.Join(b, " "))
			}
		}
	}
}

// TestStreamIsHeldAsAWhole gives options that only files can follow.
func TestStreamIsHeldAsAWhole(t *testing.T) {
	df := frameOfEvents(randomEvents(rand.New(rand.NewPCG(1, 12)), 1, 5))
	for _, o := range []ptree.ParquetOptions{{Memory: 1 << 30}, {Folder: t.TempDir()}, {Resume: true}} {
		var out bytes.Buffer
		if _, err := ptree.BuildStream(context.Background(), streamOf(t, df, 50), &out, o); err == nil || out.Len() > 0 {
			t.Errorf("BuildStream(%+v) = %v with %d bytes, want an error and none", o, err, out.Len())
		}
	}
}

// TestStreamSaysWhatItReads asks as an engine's driver does: with a stream that has columns and no rows.
func TestStreamSaysWhatItReads(t *testing.T) {
	df := frameOfEvents(randomEvents(rand.New(rand.NewPCG(1, 12)), 1, 5)).With("unused", int64(7))
	var out bytes.Buffer
	if _, err := ptree.BuildStream(context.Background(), streamOf(t, df.Slice(0, 0), 50), &out); err != nil {
		t.Fatal(err)
	}
	r, err := ipc.NewReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	var told struct {
		Columns []string
		Schema  ptree.Schema
	}
	text, _ := r.Schema().Metadata().GetValue("gopherwood.tree")
	if err := json.Unmarshal([]byte(text), &told); err != nil {
		t.Fatalf("the stream's description %q: %v", text, err)
	}
	if told.Schema.HostName == "" || !slices.Contains(told.Columns, told.Schema.HostName) || slices.Contains(told.Columns, "unused") {
		t.Errorf("the stream says that it reads %v, hosts from %q", told.Columns, told.Schema.HostName)
	}
}
