package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/gophertrees/gopherwood/bench/fleet"
	"github.com/gophertrees/gopherwood/ptree"
)

// streamSizes are numbers of events; the last takes minutes and ten gigabytes of disk.
var streamSizes = []int{1_000_000, 10_000_000, 100_000_000}

// BenchmarkRewriteParquet reads the columns that a build reads and writes them again, with
// arrow-go alone: the floor under BenchmarkBuildParquet.
func BenchmarkRewriteParquet(b *testing.B) {
	for _, n := range streamSizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			files := fleetFiles(b, n)
			out := filepath.Join(b.TempDir(), "copy.parquet")
			for b.Loop() {
				if err := rewrite(files, out); err != nil {
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
			dir := filepath.Dir(fleetFiles(b, n)[0])
			out := filepath.Join(b.TempDir(), "tree.parquet")
			for b.Loop() {
				sum, err := ptree.BuildParquet(context.Background(), []string{dir}, out, ptree.ParquetOptions{Schema: plain, Memory: memory})
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
			if _, err := ptree.BuildParquet(context.Background(), []string{filepath.Dir(fleetFiles(b, n)[0])}, out, ptree.ParquetOptions{Schema: plain}); err != nil {
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

// fleetFiles writes a fleet's log as a lake has it: a file for each stretch of time, with all
// hosts' rows in random order. STREAM_DATA names a folder that keeps them.
func fleetFiles(tb testing.TB, events int) []string {
	tb.Helper()
	dir := os.Getenv("STREAM_DATA")
	if dir == "" {
		dir = tb.TempDir()
	}
	dir = filepath.Join(dir, fmt.Sprint(events))
	f := fleet.Fleet{Events: events, Seed: 1}
	parts := max(1, events/5_000_000)
	var files []string
	for part := range parts {
		path := filepath.Join(dir, fmt.Sprintf("part-%03d.parquet", part))
		files = append(files, path)
		if _, err := os.Stat(path); err == nil {
			continue
		}
		if err := errors.Join(os.MkdirAll(dir, 0o755), stretchOf(f, part, parts).Frame(max(1, events/10_000)).WriteParquet(path)); err != nil {
			tb.Fatal(err)
		}
	}
	return files
}

// stretchOf returns a part of every host's events, shuffled.
func stretchOf(f fleet.Fleet, part, parts int) *fleet.Events {
	all := &fleet.Events{}
	for host := range max(1, f.Events/10_000) {
		e := f.OfHost(host)
		from, to := e.Len()*part/parts, e.Len()*(part+1)/parts
		all.Time = append(all.Time, e.Time[from:to]...)
		for i, c := range columnsOf(all) {
			*c = append(*c, (*columnsOf(e)[i])[from:to]...)
		}
	}
	rand.New(rand.NewPCG(f.Seed, uint64(part))).Shuffle(len(all.Time), func(i, j int) {
		all.Time[i], all.Time[j] = all.Time[j], all.Time[i]
		for _, c := range columnsOf(all) {
			(*c)[i], (*c)[j] = (*c)[j], (*c)[i]
		}
	})
	return all
}

func columnsOf(e *fleet.Events) []*[]int32 {
	return []*[]int32{&e.Host, &e.PID, &e.Parent, &e.Image, &e.ParentImage, &e.User, &e.Session, &e.Argument}
}

// rewrite copies the plain schema's columns, batch by batch.
func rewrite(files []string, to string) error {
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	var w *pqarrow.FileWriter
	for _, path := range files {
		if err := eachBatch(path, func(batch arrow.RecordBatch) error {
			if w == nil {
				properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd),
					parquet.WithVersion(parquet.V2_LATEST), parquet.WithMaxRowGroupLength(1<<16))
				if w, err = pqarrow.NewFileWriter(batch.Schema(), out, properties, pqarrow.DefaultWriterProps()); err != nil {
					return err
				}
			}
			return w.Write(batch)
		}); err != nil {
			return err
		}
	}
	return w.Close()
}

func eachBatch(path string, take func(arrow.RecordBatch) error) error {
	raw, err := file.OpenParquetFile(path, false)
	if err != nil {
		return err
	}
	defer raw.Close()
	columns := pqarrow.ArrowReadProperties{BatchSize: 1 << 16, Parallel: true}
	for i := range raw.MetaData().Schema.NumColumns() {
		columns.SetReadDict(i, raw.MetaData().Schema.Column(i).PhysicalType() == parquet.Types.ByteArray)
	}
	r, err := pqarrow.NewFileReader(raw, columns, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	batches, err := r.GetRecordReader(context.Background(), nil, nil)
	if err != nil {
		return err
	}
	defer batches.Release()
	for batches.Next() {
		if err := take(batches.RecordBatch()); err != nil {
			return err
		}
	}
	if err := batches.Err(); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}
