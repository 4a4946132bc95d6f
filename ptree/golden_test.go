package ptree_test

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
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

func runCase(t *testing.T, tree ptree.Tree, c goldenCase) {
	want := c.Expected
	key, _ := c.Args["source"].(string)
	var source any = key
	if c.Args["source_as"] == "row" {
		source = tree.Loc(key).Row()
	}
	query := ptree.Query{ExcludeSource: c.Args["include_source"] == false}
	if levels, ok := c.Args["max_levels"].(json.Number); ok {
		// msticpy: -1 is all, 0 none; ours: 0 is all, negative none
		switch n, _ := levels.Int64(); n {
		case -1:
		case 0:
			query.MaxLevels = -1
		default:
			query.MaxLevels = int(n)
		}
	}
	switch c.Function {
	case "get_siblings":
		if c.Error != nil {
			// msticpy fails for a root; ours are the other roots of its host
			got := ptree.GetSiblings(tree, source, query)
			roots := ptree.GetRoots(tree)
			if want := roots.Len() - map[bool]int{true: 1}[query.ExcludeSource]; got.Len() != want {
				t.Errorf("GetSiblings of a root = %d processes, want the %d other roots", got.Len(), want)
			}
			return
		}
	case "get_process":
		if _, isKey := c.Args["source"].(string); !isKey {
			source = c.Args["source"]
		}
	case "get_tree_depth(get_descendents)":
		// msticpy counts from the forest's root, ours from the source
		n, _ := want.(json.Number).Int64()
		want = json.Number(strconv.FormatInt(n-int64(tree.Loc(key).Depth()), 10))
	}
	if c.Error != nil {
		defer func() {
			if recover() == nil {
				t.Errorf("%s(%v) returns, want an error as msticpy's %v", c.Function, c.Args, c.Error)
			}
		}()
	}
	got := answer(t, tree, c, source, query)
	if keys, ok := got.([]string); ok {
		compareKeys(t, keys, c)
		return
	}
	if row, ok := want.(map[string]any); ok && c.Function == "get_process" {
		compareRow(t, got.(ptree.Process), row)
		return
	}
	if g, w := canonical(t, got), canonical(t, want); g != w {
		t.Errorf("%s(%v) = %s, want %s", c.Function, c.Args, g, w)
	}
}

func answer(t *testing.T, tree ptree.Tree, c goldenCase, source any, query ptree.Query) any {
	switch c.Function {
	case "get_summary_info":
		return ptree.GetSummaryInfo(tree)
	case "get_tree_depth":
		return ptree.GetTreeDepth(tree)
	case "get_roots":
		return ptree.GetRoots(tree).Keys()
	case "get_process":
		return ptree.GetProcess(tree, source)
	case "get_process_key":
		text := c.Args["source_index"].(string)
		n, err := strconv.Atoi(text)
		if err != nil {
			n = -1 // our argument is an int: no text can be given
		}
		return ptree.GetProcessKey(tree, n)
	case "get_parent":
		if p := ptree.GetParent(tree, source); !p.IsZero() {
			return p.Key
		}
		return nil
	case "get_root":
		return ptree.GetRoot(tree, source).Key
	case "get_root_tree":
		return ptree.GetRootTree(tree, source).Keys()
	case "get_children":
		return ptree.GetChildren(tree, source, query).Keys()
	case "get_descendents":
		return ptree.GetDescendents(tree, source, query).Keys()
	case "get_ancestors":
		return ptree.GetAncestors(tree, source, query).Keys()
	case "get_siblings":
		return ptree.GetSiblings(tree, source, query).Keys()
	case "get_tree_depth(get_descendents)":
		return ptree.GetTreeDepth(ptree.GetDescendents(tree, source))
	case "get_summary_info(get_descendents(root))":
		return ptree.GetSummaryInfo(ptree.GetDescendents(tree, source))
	case "get_root on frame without the root rows":
		below := tree.Where(dataframe.Eq("IsRoot", false))
		return ptree.GetRoot(below, source).Key
	case "infer_schema(output)":
		s, err := ptree.InferSchema(tree.DataFrame())
		if err != nil {
			return nil
		}
		return map[string]string{"windows4688": "WIN_EVENT_SCH", "auditd": "LX_EVENT_SCH"}[s.Name]
	}
	t.Fatalf("no such function here: %s", c.Function)
	return nil
}

func compareKeys(t *testing.T, got []string, c goldenCase) {
	t.Helper()
	if n, err := c.Count.Int64(); err == nil && int(n) != len(got) {
		t.Errorf("%s(%v) = %d processes, want %d", c.Function, c.Args, len(got), n)
	}
	if c.SHA256 != "" {
		sum := sha256.Sum256([]byte(strings.Join(got, "\n")))
		if h := hex.EncodeToString(sum[:]); h != c.SHA256 {
			t.Errorf("%s(%v) keys have SHA-256 %s, want %s", c.Function, c.Args, h, c.SHA256)
		}
		return
	}
	if g, w := canonical(t, got), canonical(t, c.Expected); g != w {
		t.Errorf("%s(%v) = %s, want %s", c.Function, c.Args, g, w)
	}
}

func compareRow(t *testing.T, p ptree.Process, want map[string]any) {
	t.Helper()
	if p.Key != want["proc_key"] {
		t.Errorf("GetProcess = %s, want %s", p.Key, want["proc_key"])
	}
	for name, w := range want {
		if name != "proc_key" && !sameCell(p.Get(name), w) {
			t.Errorf("%s of %s = %#v, want %#v", name, p.Key, p.Get(name), w)
		}
	}
}

// canonical writes a value as JSON with sorted keys.
func canonical(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	decode(t, data, &plain)
	data, err = json.Marshal(plain)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// stdout returns what f prints.
func stdout(t *testing.T, f func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	old := os.Stdout
	os.Stdout = w
	defer func() { os.Stdout = old }()
	text := make(chan string)
	go func() {
		data, _ := io.ReadAll(r)
		text <- string(data)
	}()
	f()
	w.Close()
	return <-text
}
