package ptree_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// The goldens are msticpy's own answers; ../../shared/data/README.md says whose logs they are.
const shared = "../../shared/data"

func sharedFile(t testing.TB, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{shared}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared logs and goldens are not here: %v", err)
	}
	return path
}

func gunzip(t testing.TB, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func decode(t testing.TB, data []byte, into any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		t.Fatal(err)
	}
}

func jsonLines(t testing.TB, data []byte) []map[string]any {
	t.Helper()
	var out []map[string]any
	scan := bufio.NewScanner(strings.NewReader(string(data)))
	scan.Buffer(nil, 1<<24)
	for scan.Scan() {
		var row map[string]any
		decode(t, scan.Bytes(), &row)
		out = append(out, row)
	}
	return out
}

// frameOf builds a frame as pandas had it, from JSON values and pandas' type names.
func frameOf(t testing.TB, columns []string, dtypes map[string]string, n int, value func(row int, column string) any, labels []any) dataframe.DataFrame {
	t.Helper()
	made := make([]dataframe.Column, len(columns))
	for i, name := range columns {
		b := dataframe.NewBuilder(name)
		for r := range n {
			b.Append(typed(t, value(r, name), dtypes[name], b))
		}
		made[i] = b.Column()
	}
	df := dataframe.New(made...)
	if labels != nil {
		b := dataframe.NewBuilder("")
		for _, l := range labels {
			b.Append(typed(t, l, "", b))
		}
		df = df.WithIndex(b.Column())
	}
	return df
}

func typed(t testing.TB, v any, dtype string, b *dataframe.Builder) any {
	switch v := v.(type) {
	case json.Number:
		if i, err := v.Int64(); err == nil && !strings.HasPrefix(dtype, "float") {
			return i
		}
		f, err := v.Float64()
		if err != nil {
			t.Fatal(err)
		}
		return f
	case string:
		if strings.HasPrefix(dtype, "datetime64") {
			nanos, _, ok := dataframe.ParseTime(v)
			if !ok {
				t.Fatalf("ParseTime(%q) failed", v)
			}
			return dataframe.Nanos("", []int64{nanos}, true).Value(0)
		}
	}
	return v
}

type goldenSet struct {
	Meta struct {
		Columns   []string
		Dtypes    map[string]string
		SchemaArg map[string]string `json:"schema_arg"`
		Inferred  *string           `json:"infer_schema(input)"`
	}
	Golden struct {
		Summary ptree.Summary
		Rows    int
		Columns []string
		Debug   string   `json:"debug_and_summary_stdout"`
		Roots   []string `json:"roots_in_order"`
		Keys    []string `json:"keys_in_order"`
		Cases   []goldenCase
	}
	Input dataframe.DataFrame
}

type goldenCase struct {
	Function string
	Args     map[string]any
	Expected any
	SHA256   string `json:"expected_sha256"`
	Count    json.Number
	Error    map[string]string
}

func readGolden(t testing.TB, set string) goldenSet {
	t.Helper()
	dir := sharedFile(t, "golden", set)
	var g goldenSet
	meta, err := os.ReadFile(filepath.Join(dir, "meta.json"))
	if err != nil {
		t.Fatal(err)
	}
	decode(t, meta, &g.Meta)
	decode(t, gunzip(t, filepath.Join(dir, "golden.json.gz")), &g.Golden)
	rows := jsonLines(t, gunzip(t, filepath.Join(dir, "input.jsonl.gz")))
	labels := make([]any, len(rows))
	for i, r := range rows {
		labels[i] = r["__index__"]
	}
	g.Input = frameOf(t, g.Meta.Columns, g.Meta.Dtypes, len(rows), func(r int, c string) any { return rows[r][c] }, labels)
	return g
}

// goldenSchema turns msticpy's argument names into ours.
func goldenSchema(t testing.TB, given map[string]string) ptree.Schema {
	t.Helper()
	ours := map[string]string{}
	for k, v := range given {
		switch k {
		case "host_name_column":
			k = "host_name"
		case "event_id_identifier":
			k = "event_id"
		}
		ours[k] = v
	}
	data, err := json.Marshal(ours)
	if err != nil {
		t.Fatal(err)
	}
	s, err := ptree.ParseSchema(data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var goldenSets = []string{"win", "linux", "rarity", "win_minimal", "local_process_tree", "process_tree_csv"}

// TestGolden compares every column of every row and every recorded query with msticpy's.
func TestGolden(t *testing.T) {
	for _, set := range goldenSets {
		t.Run(set, func(t *testing.T) {
			g := readGolden(t, set)
			var o ptree.Options
			if g.Meta.SchemaArg != nil {
				o.Schema = goldenSchema(t, g.Meta.SchemaArg)
			}
			o.Debug, o.ShowSummary = true, true
			var tree ptree.Tree
			printed := stdout(t, func() {
				var err error
				if tree, err = ptree.BuildProcessTree(g.Input, o); err != nil {
					t.Fatal(err)
				}
			})
			if printed != g.Golden.Debug {
				t.Errorf("printed\n%s\nwant\n%s", printed, g.Golden.Debug)
			}
			if got := ptree.GetSummaryInfo(tree); got != g.Golden.Summary {
				t.Errorf("GetSummaryInfo = %v, want %v", got, g.Golden.Summary)
			}
			rows := jsonLines(t, gunzip(t, filepath.Join(shared, "golden", set, "output.jsonl.gz")))
			compareTable(t, tree.DataFrame(), g.Golden.Columns, len(rows),
				func(r int, c string) any { return rows[r][c] }, func(r int) any { return rows[r]["proc_key"] })
			for i, c := range g.Golden.Cases {
				t.Run(fmt.Sprintf("%03d_%s", i, c.Function), func(t *testing.T) { runCase(t, tree, c) })
			}
		})
	}
}

// compareTable compares a table with msticpy's cell by cell. Types may be better than
// msticpy's (integers that stay integers), values may not differ.
func compareTable(t *testing.T, df dataframe.DataFrame, columns []string, n int, want func(row int, column string) any, key func(row int) any) {
	t.Helper()
	if got := strings.Join(df.Names(), " "); got != strings.Join(columns, " ") {
		t.Errorf("columns\n%s\nwant\n%s", got, strings.Join(columns, " "))
	}
	if df.Nrow() != n {
		t.Fatalf("%d rows, want %d", df.Nrow(), n)
	}
	bad := 0
	for _, name := range columns {
		if !df.Has(name) {
			continue
		}
		c := df.Col(name)
		for r := range n {
			if got := c.Value(r); !sameCell(got, want(r, name)) {
				if bad++; bad <= 10 {
					t.Errorf("row %d, %s = %#v, want %#v", r, name, got, want(r, name))
				}
			}
		}
	}
	for r := range n {
		if got := df.Index().Value(r); got != key(r) {
			if bad++; bad <= 10 {
				t.Errorf("key of row %d = %v, want %v", r, got, key(r))
			}
		}
	}
	if bad > 10 {
		t.Errorf("… %d cells differ", bad)
	}
}

func sameCell(got, want any) bool {
	switch w := want.(type) {
	case nil:
		return got == nil
	case json.Number:
		f, err := w.Float64()
		if err != nil {
			return false
		}
		switch g := got.(type) {
		case int64:
			return strconv.FormatInt(g, 10) == w.String() || float64(g) == f
		case float64:
			return g == f
		}
		return false
	case string:
		if s, ok := got.(string); ok {
			return s == w
		}
		nanos, _, ok := dataframe.ParseTime(w)
		return ok && dataframe.Nanos("", []int64{nanos}, true).Value(0) == got
	}
	return got == want
}
