package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/logs"
	"github.com/gophertrees/gopherwood/ptree"
)

// open reads a committed sample.
func open(t *testing.T, file string) dataframe.DataFrame {
	t.Helper()
	df, err := logs.Open(filepath.Join("data", file))
	if err != nil {
		t.Fatal(err)
	}
	return df
}

func TestCommittedSamplesAreFresh(t *testing.T) {
	var out, errs bytes.Buffer
	if code := execute([]string{"-o", "data", "-check"}, &out, &errs); code != 0 {
		t.Fatalf("execute(-check) = %d, want 0\n%s", code, &errs)
	}
	if n := strings.Count(out.String(), "\n"); n != len(samples) {
		t.Errorf("execute(-check) names %d files, want %d", n, len(samples))
	}
}

func TestSamplesHaveTheSameBytesInEveryRun(t *testing.T) {
	dirs := []string{t.TempDir(), t.TempDir()}
	var discard bytes.Buffer
	for _, dir := range dirs {
		if code := execute([]string{"-o", dir}, &discard, &discard); code != 0 {
			t.Fatalf("execute(-o) = %d, want 0\n%s", code, &discard)
		}
	}
	for _, s := range samples {
		a, errA := os.ReadFile(filepath.Join(dirs[0], s.file))
		b, errB := os.ReadFile(filepath.Join(dirs[1], s.file))
		if errA != nil || errB != nil || !bytes.Equal(a, b) || len(a) == 0 {
			t.Errorf("%s: %d and %d bytes, %v, %v; want the same", s.file, len(a), len(b), errA, errB)
		}
	}
}

func TestCheckNamesStaleFiles(t *testing.T) {
	dir := t.TempDir()
	stale := filepath.Join(dir, samples[0].file)
	if err := os.WriteFile(stale, []byte("PAR1"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := execute([]string{"-o", dir, "-check"}, &out, &errs); code != 1 {
		t.Errorf("execute(-check) = %d, want 1", code)
	}
	if !strings.Contains(errs.String(), stale+" is stale") {
		t.Errorf("errors = %q, want one that says %s is stale", &errs, stale)
	}
	if have, _ := os.ReadFile(stale); string(have) != "PAR1" {
		t.Error("execute(-check) wrote a file")
	}
	if code := execute([]string{"-unknown"}, &out, &errs); code != 2 {
		t.Errorf("execute(-unknown) = %d, want 2", code)
	}
}

func TestSummaries(t *testing.T) {
	tests := []struct {
		file string
		rows int
		want ptree.Summary
	}{
		{"win_proc_test.parquet", 1000, ptree.Summary{Processes: 1010, RootProcesses: 10, LeafProcesses: 599, BranchProcesses: 401, LargestTreeDepth: 7}},
		{"linux_proc_test.parquet", 1000, ptree.Summary{Processes: 1029, RootProcesses: 29, LeafProcesses: 512, BranchProcesses: 488, LargestTreeDepth: 5}},
		{"procs_with_cluster.parquet", 22969, ptree.Summary{Processes: 22992, RootProcesses: 31, LeafProcesses: 14718, BranchProcesses: 8243, LargestTreeDepth: 839}},
	}
	for _, test := range tests {
		df := open(t, test.file)
		if df.Nrow() != test.rows {
			t.Errorf("%s: %d rows, want %d", test.file, df.Nrow(), test.rows)
		}
		tree, err := ptree.BuildProcessTree(df)
		if err != nil {
			t.Fatalf("%s: %v", test.file, err)
		}
		if have := ptree.GetSummaryInfo(tree); have != test.want {
			t.Errorf("GetSummaryInfo(%s) = %v, want %v", test.file, have, test.want)
		}
		if n := tree.Findings().Count(ptree.InferredParent); n != test.want.RootProcesses {
			t.Errorf("%s: %d inferred parents, want %d", test.file, n, test.want.RootProcesses)
		}
	}
}
