package dataframe_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	gota "github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	df "github.com/gophertrees/gopherwood/dataframe"
)

// The benchmarks run gota on the same data where it ends in reasonable time, and report how
// many times longer it takes. gota's join compares every pair of rows, so it gets fewer.

func benchFrame(n int) df.DataFrame {
	random := rand.New(rand.NewPCG(5, 6))
	images, users := make([]int32, n), make([]int32, n)
	pids, load, times := make([]int64, n), make([]float64, n), make([]int64, n)
	texts := func(count int, format string) []string {
		out := make([]string, count)
		for i := range out {
			out[i] = fmt.Sprintf(format, i)
		}
		return out
	}
	for i := range n {
		images[i], users[i] = int32(random.IntN(2000)), int32(random.IntN(300))
		pids[i], load[i], times[i] = int64(random.IntN(65536)), random.Float64(), int64(random.IntN(1<<40))
	}
	return df.New(df.Coded("image", images, texts(2000, `C:\Windows\System32\image%d.exe`)), df.Coded("user", users, texts(300, "user%d")),
		df.Ints("pid", pids), df.Floats("load", load), df.Nanos("time", times, true))
}

// against runs ours b.N times and gota's way once, and reports gota's time as a multiple.
func against(b *testing.B, ours func(), theirs func() error) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		ours()
	}
	perOp := b.Elapsed() / time.Duration(b.N)
	if theirs == nil {
		return
	}
	start := time.Now()
	if err := theirs(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(time.Since(start))/float64(perOp), "x-gota")
}

const benchRows = 200_000

func BenchmarkWhere(b *testing.B) {
	d := benchFrame(benchRows)
	g := d.Select("image", "user", "pid", "load").Gota()
	against(b, func() { d.Where(df.HasSuffix("image", "7.exe"), df.Gt("pid", 1000)) }, func() error {
		suffix := func(e series.Element) bool { s := e.String(); return len(s) > 5 && s[len(s)-5:] == "7.exe" }
		return g.Filter(gota.F{Colname: "image", Comparator: series.CompFunc, Comparando: suffix}).
			Filter(gota.F{Colname: "pid", Comparator: series.Greater, Comparando: 1000}).Err
	})
}

func BenchmarkGroupBy(b *testing.B) {
	d := benchFrame(benchRows)
	g := d.Select("image", "user", "pid", "load").Gota()
	against(b, func() { d.GroupBy("user").Agg(df.Mean("load"), df.Max("pid")) }, func() error {
		return g.GroupBy("user").Aggregation([]gota.AggregationType{gota.Aggregation_MEAN, gota.Aggregation_MAX}, []string{"load", "pid"}).Err
	})
}

func BenchmarkSort(b *testing.B) {
	d := benchFrame(benchRows)
	g := d.Select("image", "user", "pid", "load").Gota()
	against(b, func() { d.Sort("user", df.Desc("pid")) }, func() error {
		return g.Arrange(gota.Sort("user"), gota.RevSort("pid")).Err
	})
}

func BenchmarkJoin(b *testing.B) {
	d := benchFrame(4000)
	users := d.Select("pid", "load").GroupBy("pid").Mean("load").Rename("load", "typical")
	g, h := d.Select("image", "pid").Gota(), users.Gota()
	against(b, func() { d.Join(users, "pid") }, func() error { return g.InnerJoin(h, "pid").Err })
}

func BenchmarkMillion(b *testing.B) {
	d := benchFrame(1_000_000)
	users := d.GroupBy("user", "image").Count()
	var parquet bytes.Buffer
	if err := d.ToParquet(&parquet); err != nil {
		b.Fatal(err)
	}
	table := d.Arrow()
	for name, run := range map[string]func(){
		"Where text":       func() { d.Where(df.HasSuffix("image", "7.exe")) },
		"Where In":         func() { d.Where(df.In("pid", 4, 8, 700)) },
		"Filter":           func() { d.Filter(func(r df.Row) bool { return r.Int("pid") == 4 }) },
		"Sort time":        func() { d.Sort("time") },
		"Sort text, int":   func() { d.Sort("image", "pid") },
		"GroupBy one":      func() { d.GroupBy("image").Count() },
		"GroupBy two":      func() { d.GroupBy("user", "image").Agg(df.Mean("load"), df.Min("time")) },
		"Join two":         func() { d.Join(users, "user", "image") },
		"Concat":           func() { df.Concat(d, d) },
		"Describe":         func() { d.Describe() },
		"HTML":             func() { d.HTML() },
		"String":           func() { _ = d.String() },
		"Arrow, FromArrow": func() { _, _ = df.FromArrow(table) },
		"ToCSV":            func() { _ = d.ToCSV(io.Discard) },
		"ToJSONL":          func() { _ = d.ToJSONL(io.Discard) },
		"ToParquet":        func() { _ = d.ToParquet(io.Discard) },
		"ToArrow":          func() { _ = d.ToArrow(io.Discard) },
	} {
		b.Run(name, func(b *testing.B) { against(b, run, nil) })
	}
}
