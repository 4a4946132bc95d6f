package ptree_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// writeTable writes an Arrow table as it is.
func writeTable(t testing.TB, path string, table arrow.Table) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := pqarrow.WriteTable(table, f, 50, parquet.NewWriterProperties(parquet.WithVersion(parquet.V2_LATEST)), pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema())); err != nil {
		t.Fatal(err)
	}
}

// retype gives columns other types: each function makes an array of the column's texts.
func retype(df dataframe.DataFrame, as map[string]func(column dataframe.Column) arrow.Array) arrow.Table {
	var fields []arrow.Field
	var columns []arrow.Column
	for _, c := range df.Columns() {
		a := c.Arrow()
		if f, ok := as[c.Name()]; ok {
			a = f(c)
		}
		fields = append(fields, arrow.Field{Name: c.Name(), Type: a.DataType(), Nullable: true})
		columns = append(columns, *arrow.NewColumn(fields[len(fields)-1], arrow.NewChunked(a.DataType(), []arrow.Array{a})))
	}
	return array.NewTable(arrow.NewSchema(fields, nil), columns, int64(df.Nrow()))
}

func stamps(unit arrow.TimeUnit, zone string) func(dataframe.Column) arrow.Array {
	return func(c dataframe.Column) arrow.Array {
		b := array.NewTimestampBuilder(memory.DefaultAllocator, &arrow.TimestampType{Unit: unit, TimeZone: zone})
		for i, n := range c.Nanos() {
			if c.IsNull(i) {
				b.AppendNull()
			} else {
				b.Append(arrow.Timestamp(n / int64(unit.Multiplier())))
			}
		}
		return b.NewArray()
	}
}

func textual(write func(nanos int64) string) func(dataframe.Column) arrow.Array {
	return func(c dataframe.Column) arrow.Array {
		b := array.NewLargeStringBuilder(memory.DefaultAllocator)
		for i, n := range c.Nanos() {
			if c.IsNull(i) {
				b.AppendNull()
			} else {
				b.Append(write(n))
			}
		}
		return b.NewArray()
	}
}

// ids makes numbers of the hexadecimal ids.
func ids(t arrow.DataType) func(dataframe.Column) arrow.Array {
	return func(c dataframe.Column) arrow.Array {
		b := array.NewBuilder(memory.DefaultAllocator, t)
		for i := range c.Len() {
			v, err := strconv.ParseInt(c.Text(i), 0, 64)
			if err != nil || b.AppendValueFromString(fmt.Sprint(v)) != nil {
				b.AppendNull()
			}
		}
		return b.NewArray()
	}
}

// agrees builds a file and compares each host's trees with those of the in-memory builder.
func agrees(t *testing.T, what string, table arrow.Table, schema ptree.Schema) {
	t.Helper()
	in := filepath.Join(t.TempDir(), "log.parquet")
	writeTable(t, in, table)
	df := readParquet(t, in)
	path, _ := buildParquet(t, in, ptree.ParquetOptions{Schema: schema})
	file := openTree(t, path)
	hosts := []string{""}
	if name := file.Schema().HostName; name != "" {
		hosts = mustBuildWith(t, df, schema).Hosts()
	}
	for _, host := range hosts {
		one := df
		if name := file.Schema().HostName; name != "" {
			one = df.Where(dataframe.Eq(name, host))
		}
		got, err := file.Host(host)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		sameRows(t, what+" "+host, shownLines(got), shownLines(mustBuildWith(t, one, schema)))
	}
}

func mustBuildWith(t testing.TB, df dataframe.DataFrame, schema ptree.Schema) ptree.Tree {
	t.Helper()
	tree, err := ptree.BuildProcessTree(df, ptree.Options{Schema: schema})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestParquetOfEveryType gives times and ids in the types that logs have.
func TestParquetOfEveryType(t *testing.T) {
	df := frameOfEvents(randomEvents(rand.New(rand.NewPCG(3, 41)), 2, 150))
	df = df.With("TimeGenerated", nulled(df.Col("TimeGenerated"), 7)).With("NewProcessName", nulled(df.Col("NewProcessName"), 11)).
		With("ParentProcessName", nulled(df.Col("ParentProcessName"), 5))
	iso := func(n int64) string { return time.Unix(0, n).UTC().Format(time.RFC3339Nano) }
	both := func(t arrow.DataType) map[string]func(dataframe.Column) arrow.Array {
		return map[string]func(dataframe.Column) arrow.Array{"NewProcessId": ids(t), "ProcessId": ids(t)}
	}
	for what, as := range map[string]map[string]func(dataframe.Column) arrow.Array{
		"as it is":     {},
		"seconds":      {"TimeGenerated": stamps(arrow.Second, "UTC")},
		"milliseconds": {"TimeGenerated": stamps(arrow.Millisecond, "Europe/Berlin")},
		"microseconds": {"TimeGenerated": stamps(arrow.Microsecond, "")},
		"text":         {"TimeGenerated": textual(iso)},
		"int32":        both(arrow.PrimitiveTypes.Int32), "int64": both(arrow.PrimitiveTypes.Int64), "uint32": both(arrow.PrimitiveTypes.Uint32),
		"uint64": both(arrow.PrimitiveTypes.Uint64), "float64": both(arrow.PrimitiveTypes.Float64),
	} {
		agrees(t, what, retype(df, as), ptree.Schema{})
	}
}

// nulled makes every nth value null.
func nulled(c dataframe.Column, n int) dataframe.Column {
	rows := make([]int32, c.Len())
	for i := range rows {
		rows[i] = int32(i)
		if i%n == 0 {
			rows[i] = -1
		}
	}
	return c.Take(rows)
}

// TestParquetOfOtherSchemas: columns named as the tree's, dots in names, no host, forks.
func TestParquetOfOtherSchemas(t *testing.T) {
	df := frameOfEvents(randomEvents(rand.New(rand.NewPCG(4, 42)), 2, 100))
	renamed := func(names ...string) dataframe.DataFrame {
		out := df.Select("NewProcessName", "NewProcessId", "ProcessId", "TimeGenerated", "Computer")
		for i, name := range names {
			out = out.Rename([]string{"NewProcessName", "NewProcessId", "ProcessId", "TimeGenerated", "Computer"}[i], name)
		}
		return out
	}
	agrees(t, "osquery", retype(renamed("path", "pid", "parent", "time", "hostIdentifier").With("action", "added"), nil), ptree.OSQueryEvents)
	agrees(t, "falco", retype(renamed("proc.exepath", "proc.pid", "proc.ppid", "time", "hostname").With("evt.type", "execve"), nil), ptree.Falco)
	agrees(t, "no host", retype(renamed("name", "pid", "ppid", "start_time", "depth"), nil),
		ptree.Schema{ProcessName: "name", ProcessID: "pid", ParentID: "ppid", TimeStamp: "start_time", UserName: "depth"})
}

// TestParquetOfAuditd replays forks, whose rows name other processes than the output must.
func TestParquetOfAuditd(t *testing.T) {
	log := auditRecords(t, "audit_fork_exec_exit")
	schema := ptree.Auditd
	schema.HostName = ""
	some := log.Head(min(log.Nrow(), 20_000))
	commands := make([]string, some.Nrow())
	for i := range commands {
		commands[i] = fmt.Sprint("run --job ", i/3)
	}
	some = some.With("cmdline", commands)
	agrees(t, "auditd", retype(some, nil), schema)
	fractional := ids(arrow.PrimitiveTypes.Float64) // as pandas has integers with nulls
	agrees(t, "auditd with numbers", retype(some, map[string]func(dataframe.Column) arrow.Array{
		"pid": fractional, "ppid": fractional, "exit": fractional, "ses": fractional}), schema)
}

// TestParquetOfFailedExecs: a machine on which every exec failed has no process, and its rows are
// findings, as they are in memory beside machines that have some.
func TestParquetOfFailedExecs(t *testing.T) {
	log := audit(`
		SYSCALL_EXECVE 59 10 1  0  sh
		SYSCALL        56 10 1  20 sh
		SYSCALL_EXECVE 59 20 10 -2 nothing
		SYSCALL        56 20 10 21 sh`)
	s := ptree.Auditd
	log = log.With(s.HostName, []string{"a", "a", "b", "b"})
	agrees(t, "failed execs", retype(log, nil), s)
	in := filepath.Join(t.TempDir(), "log.parquet")
	writeTable(t, in, retype(log, nil))
	_, sum := buildParquet(t, in, ptree.ParquetOptions{Schema: s})
	tree := mustBuildWith(t, log, s)
	for _, kind := range []ptree.FindingKind{ptree.OtherEvent, ptree.UntracedFork} {
		if got, want := sum.Count(kind), int64(tree.Findings().Count(kind)); got != want {
			t.Errorf("%v: %d, want %d", kind, got, want)
		}
	}
	if sum.Hosts != 1 || sum.Processes != int64(tree.Len()) {
		t.Errorf("%d processes of %d hosts, want %d of 1", sum.Processes, sum.Hosts, tree.Len())
	}
}

// TestParquetOfHiveFolders takes the host from the names of folders, and files that differ.
func TestParquetOfHiveFolders(t *testing.T) {
	df := frameOfEvents(randomEvents(rand.New(rand.NewPCG(5, 43)), 3, 120))
	lake := t.TempDir()
	for h := range 3 {
		host := fmt.Sprintf("HOST%d", h)
		dir := filepath.Join(lake, "year=2024", "Computer="+strings.ReplaceAll(host, "O", "%4F"))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		one := df.Where(dataframe.Eq("Computer", host)).Drop("Computer")
		as := map[string]func(dataframe.Column) arrow.Array{}
		if h == 1 {
			as["TimeGenerated"] = stamps(arrow.Microsecond, "UTC")
		}
		writeTable(t, filepath.Join(dir, "part.parquet"), retype(one, as))
	}
	if err := os.WriteFile(filepath.Join(lake, "_SUCCESS"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, input := range []string{lake, filepath.Join(lake, "year=*", "**", "*.parquet"), filepath.Join(lake, "**.parquet")} {
		path, _ := buildParquet(t, input, ptree.ParquetOptions{Columns: []string{"year"}})
		got := readParquet(t, path)
		sameRows(t, input, gotRows(got), wantRows(t, df))
		if years := got.Col("year").Unique(); years.Len() != 2 { // null for inferred processes
			t.Errorf("the years are %v", years)
		}
	}
}

// TestParquetOfWrongInput: each is one sentence that says what to do.
func TestParquetOfWrongInput(t *testing.T) {
	df := frameOfEvents(randomEvents(rand.New(rand.NewPCG(6, 44)), 2, 30))
	write := func(df dataframe.DataFrame) string { return writeParquet(t, df, 100) }
	mixed := write(df)
	if err := df.Drop("ProcessId").WriteParquet(filepath.Join(mixed, "z.parquet")); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		in   string
		o    ptree.ParquetOptions
		want string
	}{
		"no process":   {write(df.With("EventID", 4689)), ptree.ParquetOptions{}, "no row has EventID 4688"},
		"no time":      {write(df.With("TimeGenerated", "yesterday")), ptree.ParquetOptions{}, `"yesterday" is not a time`},
		"lacks column": {mixed, ptree.ParquetOptions{}, "z.parquet has no column ProcessId"},
		"no schema":    {write(df.Drop("NewProcessId")), ptree.ParquetOptions{}, "no known schema fits"},
		"one host is too large": {writeParquet(t, frameOfEvents(randomEvents(rand.New(rand.NewPCG(6, 45)), 1, 3000)), 5000),
			ptree.ParquetOptions{Memory: 100_000}, `host "HOST0" has 3000 rows, and to link them needs about`},
	} {
		out := filepath.Join(t.TempDir(), "tree.parquet")
		_, err := ptree.BuildParquet(context.Background(), []string{c.in}, out, c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: BuildParquet = %v, want %q", what, err, c.want)
		}
		onlyFile(t, filepath.Dir(out), "")
	}
}
