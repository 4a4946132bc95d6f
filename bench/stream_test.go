package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/gophertrees/gopherwood/bench/fleet"
	"github.com/gophertrees/gopherwood/bench/floor"
	"github.com/gophertrees/gopherwood/ptree"
)

// streamSizes are numbers of events; the last takes minutes and ten gigabytes of disk.
var streamSizes = []int{1_000_000, 10_000_000, 100_000_000}

// BenchmarkRewriteParquet reads the columns that a build reads and writes them again, with
// arrow-go alone: the floor under BenchmarkBuildParquet.
func BenchmarkRewriteParquet(b *testing.B) {
	for _, n := range streamSizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			log := fleetLog(b, n)
			out := filepath.Join(b.TempDir(), "copy.parquet")
			for b.Loop() {
				if err := floor.Rewrite(log, out, plain.Columns()); err != nil {
					b.Fatal(err)
				}
			}
			perEvent(b, n)
		})
	}
}

// BenchmarkBuildParquet is from Parquet to Parquet within the memory that is asked for in
// STREAM_MEMORY, in bytes.
func BenchmarkBuildParquet(b *testing.B) {
	var memory int64
	fmt.Sscan(os.Getenv("STREAM_MEMORY"), &memory)
	for _, n := range streamSizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			log := fleetLog(b, n)
			out := filepath.Join(b.TempDir(), "tree.parquet")
			for b.Loop() {
				sum, err := ptree.BuildParquet(context.Background(), []string{log}, out, ptree.ParquetOptions{Schema: plain, Memory: memory})
				if err != nil || sum.Rows != int64(n) {
					b.Fatal(sum, err)
				}
			}
			perEvent(b, n)
		})
	}
}

// BenchmarkQueryParquetTree opens the output and asks for a subtree, as the command does.
func BenchmarkQueryParquetTree(b *testing.B) {
	for _, n := range streamSizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			out := filepath.Join(b.TempDir(), "tree.parquet")
			if _, err := ptree.BuildParquet(context.Background(), []string{fleetLog(b, n)}, out, ptree.ParquetOptions{Schema: plain}); err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			share := 0.0
			for b.Loop() {
				t, err := ptree.OpenParquetTree(out)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := t.Root(fleet.HostName(n/20_000), "100"); err != nil {
					b.Fatal(err)
				}
				share = 100 * float64(t.BytesRead()) / float64(t.Size())
				t.Close()
			}
			b.ReportMetric(share, "%read")
		})
	}
}

func perEvent(b *testing.B, n int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/event")
}

// fleetLog writes a fleet's log, its rows in random order, into a folder of Parquet files.
// STREAM_DATA names a folder that keeps it.
func fleetLog(tb testing.TB, events int) string {
	tb.Helper()
	dir := os.Getenv("STREAM_DATA")
	if dir == "" {
		dir = tb.TempDir()
	}
	dir = filepath.Join(dir, fmt.Sprint(events))
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	if err := (fleet.Fleet{Events: events, Seed: 1, Shuffled: true}).WriteParquet(dir, max(1, events/5_000_000)); err != nil {
		tb.Fatal(err)
	}
	return dir
}
