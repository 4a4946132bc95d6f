package ptree_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// manyHosts is a log that makes several row groups, in random order.
var manyHosts = sync.OnceValue(func() dataframe.DataFrame {
	return frameOfEvents(randomEvents(rand.New(rand.NewPCG(1, 21)), 40, 90_000))
})

// spilling is a budget with which manyHosts takes several partitions.
const spilling = 8 << 20

func fileBytes(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestParquetDoesNotDependOnMemory holds the files of several budgets, workers, orders of files
// and sorted input against each other, byte by byte.
func TestParquetDoesNotDependOnMemory(t *testing.T) {
	df := manyHosts()
	in := writeParquet(t, df, 20_000)
	whole, sum := buildParquet(t, in, ptree.ParquetOptions{Memory: 1 << 30, Workers: 1})
	if sum.Spilled != 0 {
		t.Errorf("%d bytes spilled in much memory, want none", sum.Spilled)
	}
	want := fileBytes(t, whole)
	for _, o := range []ptree.ParquetOptions{{Memory: 1 << 30, Workers: 3}, {Memory: spilling, Workers: 2}, {Memory: 3 << 20, Workers: 1},
		{Memory: spilling, Workers: 4, Folder: t.TempDir()}} {
		out, sum := buildParquet(t, in, o)
		if !bytes.Equal(fileBytes(t, out), want) {
			t.Errorf("the output of %+v differs", o)
		}
		if (sum.Spilled == 0) != (o.Memory == 1<<30) {
			t.Errorf("%+v: %d bytes spilled", o, sum.Spilled)
		}
		onlyFile(t, filepath.Dir(out), "tree.parquet")
	}
}

// TestParquetOfSortedInputSpillsNothing gives the hosts in their order.
func TestParquetOfSortedInputSpillsNothing(t *testing.T) {
	df := manyHosts().Sort("Computer", "TimeGenerated")
	in := writeParquet(t, df, 20_000)
	whole, _ := buildParquet(t, in, ptree.ParquetOptions{})
	out, sum := buildParquet(t, in, ptree.ParquetOptions{Memory: spilling})
	if sum.Spilled != 0 {
		t.Errorf("%d bytes of sorted input spilled, want none", sum.Spilled)
	}
	if !bytes.Equal(fileBytes(t, out), fileBytes(t, whole)) {
		t.Error("the output differs from that in much memory")
	}
}

// onlyFile fails when a folder holds anything else.
func onlyFile(t *testing.T, dir, name string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != name {
			t.Errorf("%s is left behind", e.Name())
		}
	}
}

// countdown is a context that is cancelled when it has been asked so many times.
type countdown struct {
	context.Context
	left atomic.Int64
}

func (c *countdown) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// TestParquetResumes interrupts a build at many places and goes on.
func TestParquetResumes(t *testing.T) {
	in := writeParquet(t, manyHosts(), 20_000)
	whole, sumWhole := buildParquet(t, in, ptree.ParquetOptions{})
	want := fileBytes(t, whole)
	for _, sorted := range []bool{false, true} {
		if sorted {
			in = writeParquet(t, manyHosts().Sort("Computer", "TimeGenerated"), 20_000)
			whole, sumWhole = buildParquet(t, in, ptree.ParquetOptions{})
			want = fileBytes(t, whole)
		}
		o := ptree.ParquetOptions{Memory: spilling, Workers: 2, Resume: true}
		all := &countdown{Context: context.Background()}
		all.left.Store(math.MaxInt64)
		if _, err := ptree.BuildParquet(all, []string{in}, filepath.Join(t.TempDir(), "tree.parquet"), o); err != nil {
			t.Fatal(err)
		}
		total := math.MaxInt64 - all.left.Load()
		for _, asked := range []int64{0, total / 4, total / 2, total * 3 / 4, total - 2} {
			out := filepath.Join(t.TempDir(), "tree.parquet")
			ctx := &countdown{Context: context.Background()}
			ctx.left.Store(asked)
			_, err := ptree.BuildParquet(ctx, []string{in}, out, o)
			if !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "the build was interrupted") {
				t.Fatalf("asked %d: BuildParquet = %v, want it cancelled, in words", asked, err)
			}
			if _, err := os.Stat(out); err == nil {
				t.Fatalf("asked %d: an interrupted build left its output", asked)
			}
			validSoFar(t, out)
			sum, err := ptree.BuildParquet(context.Background(), []string{in}, out, o)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(fileBytes(t, out), want) {
				t.Errorf("asked %d: the resumed output differs", asked)
			}
			if sum.Spilled = 0; fmt.Sprint(sum) != fmt.Sprint(sumWhole) {
				t.Errorf("asked %d: the summary = %v, want %v", asked, sum, sumWhole)
			}
			onlyFile(t, filepath.Dir(out), "tree.parquet")
		}
	}
}

// validSoFar reads what an interrupted build has written.
func validSoFar(t *testing.T, out string) {
	t.Helper()
	partial := filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+".partial")
	if _, err := os.Stat(partial); err == nil {
		if n := readParquet(t, partial).Nrow(); n == 0 || n%(1<<16) != 0 {
			t.Errorf("an interrupted build left %d rows, want whole row groups", n)
		}
	}
}

// TestParquetInterruptedWhileReading leaves nothing but what is worth keeping.
func TestParquetInterruptedWhileReading(t *testing.T) {
	in := writeParquet(t, manyHosts(), 20_000)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	out := filepath.Join(t.TempDir(), "tree.parquet")
	if _, err := ptree.BuildParquet(ctx, []string{in}, out, ptree.ParquetOptions{Memory: spilling}); !errors.Is(err, context.Canceled) {
		t.Errorf("BuildParquet = %v, want it cancelled", err)
	}
	onlyFile(t, filepath.Dir(out), "")
}

// TestParquetRefusesToResumeWhatChanged changes the input and the columns of an interrupted build.
func TestParquetRefusesToResumeWhatChanged(t *testing.T) {
	in := writeParquet(t, manyHosts(), 20_000)
	out := filepath.Join(t.TempDir(), "tree.parquet")
	o := ptree.ParquetOptions{Memory: spilling, Resume: true}
	ctx := &countdown{Context: context.Background()}
	ctx.left.Store(30)
	if _, err := ptree.BuildParquet(ctx, []string{in}, out, o); err == nil {
		t.Fatal("the build was not interrupted")
	}
	if err := os.WriteFile(filepath.Join(in, "more.parquet"), fileBytes(t, filepath.Join(in, "part-0000.parquet")), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ptree.BuildParquet(context.Background(), []string{in}, out, o); err == nil || !strings.Contains(err.Error(), "not what they were") {
		t.Errorf("resuming with another input = %v, want an error", err)
	}
	o.Resume = false
	if _, err := ptree.BuildParquet(context.Background(), []string{in}, out, o); err != nil {
		t.Errorf("building anew = %v", err)
	}
	onlyFile(t, filepath.Dir(out), "tree.parquet")
}

// TestParquetOfDamagedInput: one error that names the file and the row group, and what was built
// before stays.
func TestParquetOfDamagedInput(t *testing.T) {
	in := writeParquet(t, manyHosts().Sort("Computer", "TimeGenerated"), 20_000)
	broken := filepath.Join(in, "part-0003.parquet")
	good := fileBytes(t, broken)
	bad := bytes.Clone(good)
	for i := len(bad) * 6 / 10; i < len(bad)*7/10; i++ { // not the hosts, which are counted first
		bad[i] ^= 0x5a
	}
	info, err := os.Stat(broken)
	if err != nil {
		t.Fatal(err)
	}
	put := func(data []byte) {
		if err := os.WriteFile(broken, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(broken, info.ModTime(), info.ModTime()); err != nil {
			t.Fatal(err)
		}
	}
	whole, _ := buildParquet(t, in, ptree.ParquetOptions{})
	put(bad)
	out := filepath.Join(t.TempDir(), "tree.parquet")
	_, err = ptree.BuildParquet(context.Background(), []string{in}, out, ptree.ParquetOptions{Memory: spilling})
	if err == nil || !strings.Contains(err.Error(), "part-0003.parquet: row group 1 of 1") || strings.Contains(err.Error(), "\n") {
		t.Fatalf("BuildParquet = %v, want an error that names file and row group", err)
	}
	put(good)
	if _, err := ptree.BuildParquet(context.Background(), []string{in}, out, ptree.ParquetOptions{Memory: spilling, Resume: true}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(fileBytes(t, out), fileBytes(t, whole)) {
		t.Error("the output after the repair differs")
	}
}
