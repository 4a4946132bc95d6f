package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// TestMain lets the test's program be its own contender, as compare's is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "contend" {
		main()
		return
	}
	os.Exit(m.Run())
}

// arguments are those of a run in a folder, of us alone.
func arguments(dir string, more ...string) []string {
	return append([]string{"-peers=,", "-logs=1000", "-runs=2", "-array=1000000", "-data=" + dir, "-results=" + filepath.Join(dir, "results.jsonl"),
		"-page=" + filepath.Join(dir, "page.md"), "-plot=" + filepath.Join(dir, "plot.png")}, more...)
}

// TestCompare measures, writes the page and its picture, and does not measure again what it has measured.
func TestCompare(t *testing.T) {
	dir := t.TempDir()
	var words strings.Builder
	if err := run(arguments(dir), nil, io.Discard, &words); err != nil {
		t.Fatalf("%v\n%s", err, words.String())
	}
	page, err := os.ReadFile(filepath.Join(dir, "page.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| 1,000, 1 host | gopherwood |", "| 1,000, 1 host | copy |", "](plot.png)", "BuildParquet", "of the forest are kept"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	if strings.Contains(string(page), "failed") || strings.Contains(string(page), "<no value>") {
		t.Errorf("the page tells of failures:\n%s", page)
	}
	if info, err := os.Stat(filepath.Join(dir, "plot.png")); err != nil || info.Size() < 5000 {
		t.Errorf("the picture: %v, %v", info, err)
	}
	words.Reset()
	if err := run(arguments(dir), nil, io.Discard, &words); err != nil || strings.Count(words.String(), "measured already") != 2 {
		t.Errorf("a second run: %v, it says\n%s", err, words.String())
	}
}

// TestPeerFails says that a peer which cannot start is told of and does not end the run.
func TestPeerFails(t *testing.T) {
	dir := t.TempDir()
	more := []string{"-peers=duckdb", "-python=" + filepath.Join(dir, "no-python"), "-cases=memory", "-logs=1000"}
	if err := run(arguments(dir, more...), nil, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "page.md"))
	if err != nil || !strings.Contains(string(page), "| duckdb | failed: ") {
		t.Errorf("the page does not tell that DuckDB failed: %v\n%s", err, page)
	}
}

// wrongPeer is a peer that says it runs well and gives every event its own time as the parent's.
const wrongPeer = `#!/bin/sh
echo '{"Ready": true, "Version": "wrong 1", "Forms": ["a way"]}'
while read -r command answers; do
	case $command in
	check) cp "$WRONG_ANSWER" "$answers.0"; echo '{"Took": {"a way": 1}}' ;;
	*) echo '{"Seconds": 1, "Processor": 1, "Peak": 1}' ;;
	esac
done
`

// TestPeerDisagrees says that a peer with other parents is not timed, and that the run ends in an error.
func TestPeerDisagrees(t *testing.T) {
	dir := t.TempDir()
	program, answer := filepath.Join(dir, "wrong"), filepath.Join(dir, "wrong.parquet")
	if err := os.WriteFile(program, []byte(wrongPeer), 0o755); err != nil {
		t.Fatal(err)
	}
	none := dataframe.New(dataframe.Strings("host", []string{"a"}), dataframe.Ints("time", []int64{1}),
		dataframe.Ints("pid", []int64{1}), dataframe.Ints("parent_time", []int64{1}))
	if err := none.WriteParquet(answer); err != nil {
		t.Fatal(err)
	}
	t.Setenv("WRONG_ANSWER", answer)
	err := run(arguments(dir, "-peers=duckdb", "-python="+program, "-cases=memory"), nil, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "gives other parents for 1000 of 1000 events") {
		t.Errorf("run() = %v, want an error about other parents", err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "page.md"))
	if err != nil || !strings.Contains(string(page), "| duckdb | failed: it gives other parents than we do |") {
		t.Errorf("the page does not tell that DuckDB is wrong: %v\n%s", err, page)
	}
}

func TestDiffer(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, hosts []string, pids any, times, parents []int64) string {
		path := filepath.Join(dir, name+".parquet")
		known := make([]bool, len(parents))
		for i, p := range parents {
			known[i] = p >= 0
		}
		df := dataframe.New(dataframe.Strings("host", hosts), dataframe.Ints("time", times),
			dataframe.Ints("parent_time", parents, known)).With("pid", pids)
		if err := df.WriteParquet(path); err != nil {
			t.Fatal(err)
		}
		return path
	}
	ours := write("ours", []string{"a", "b", "a"}, []string{"4", "8", "12"}, []int64{1, 2, 3}, []int64{-1, -1, 1})
	for _, c := range []struct {
		hosts          []string
		pids           any
		times, parents []int64
		want           int
	}{
		{[]string{"a", "a", "b"}, []int64{12, 4, 8}, []int64{3, 1, 2}, []int64{1, -1, -1}, 0},
		{[]string{"a", "a", "b"}, []int64{12, 4, 8}, []int64{3, 1, 2}, []int64{2, -1, -1}, 1},
		{[]string{"a", "a", "b"}, []int64{12, 4, 8}, []int64{3, 1, 2}, []int64{-1, -1, -1}, 1},
		{[]string{"a", "a"}, []int64{12, 4}, []int64{3, 1}, []int64{1, -1}, 1},
		{[]string{"a", "a", "b", "c"}, []int64{12, 4, 8, 8}, []int64{3, 1, 2, 2}, []int64{1, -1, -1, -1}, 1},
		{[]string{"b", "b", "b"}, []int64{12, 4, 8}, []int64{3, 1, 2}, []int64{1, -1, -1}, 2},
	} {
		other := write("other", c.hosts, c.pids, c.times, c.parents)
		if wrong, events, err := differ(ours, other); err != nil || wrong != c.want || events != 3 {
			t.Errorf("differ(%v) = %d of %d, %v, want %d of 3", c, wrong, events, err, c.want)
		}
	}
}

// TestAsOf says that a peer's as-of join is timed beside a formulation that is faster.
func TestAsOf(t *testing.T) {
	m := measurement{Contender: "duckdb", Form: "hash join", Same: 7,
		Forms: map[string]float64{"hash join": 1, "as-of join on texts": 3, "as-of join on integers": 2}}
	also, ok := m.asOf()
	if !ok || also.Form != "as-of join on integers" || also.Contender != m.Contender || also.Same != m.Same || also.Forms != nil {
		t.Errorf("asOf() = %+v, %v", also, ok)
	}
	for _, none := range []measurement{also, {Form: "hash join", Forms: map[string]float64{"hash join": 1}}, {Form: m.Form, Forms: m.Forms, Failure: "?"}} {
		if also, ok := none.asOf(); ok {
			t.Errorf("asOf() of %+v = %+v, want none", none, also)
		}
	}
}

func TestParseLog(t *testing.T) {
	for name, want := range map[string]string{
		"rarity": "{rarity 22992 1 0 false}", "1000": "{1000 1000 1 0 false}", "100000@1": "{100000@1 100000 1 0 false}",
		"1000000": "{1000000 1000000 100 0 false}", "1000000@7:own": "{1000000@7:own 1000000 7 0 true}",
		"100000000": "{100000000 100000000 10000 20 false}",
	} {
		if l, err := parseLog(name); err != nil || fmt.Sprintf("{%s %d %d %d %t}", l.Name, l.Events, l.Hosts, l.Files, l.Own) != want {
			t.Errorf("parseLog(%s) = %v, %v, want %s", name, l, err, want)
		}
	}
	for _, name := range []string{"", "many", "0", "-3", "10@", "10@0", "10@x", "10:", ":own", "10:own@2"} {
		if l, err := parseLog(name); err == nil {
			t.Errorf("parseLog(%q) = %v, want an error", name, l)
		}
	}
}

func TestNumbers(t *testing.T) {
	for got, want := range map[string]string{
		seconds(0.00000123): "1.23 µs", seconds(0.0123): "12.3 ms", seconds(0.9996): "1.00 s", seconds(1234.4): "1,234 s",
		spread([]float64{3, 1, 2}): "2.00 s (1.00 s – 3.00 s)", grouped(1234567): "1,234,567", grouped(123): "123",
		bytes(12_600_000): "13 MB", bytes(3_210_000_000): "3.2 GB", decade(-2): "0.01", decade(0): "1", decade(4): "10,000",
	} {
		if got != want {
			t.Errorf("it is told as %q, want %q", got, want)
		}
	}
}
