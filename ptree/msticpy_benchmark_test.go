package ptree_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/ptree"
)

// BenchmarkBuildAgainstMsticpy builds the 22,992 processes of the rarity set (depth 839) from
// the parsed frame, and lets msticpy do the same in the same run: the ratio is msticpy's
// median time by ours. `make bench` installs msticpy; without it the benchmark is skipped.
func BenchmarkBuildAgainstMsticpy(b *testing.B) {
	python, err := filepath.Abs("../.venv-bench/bin/python")
	if err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		b.Skip("msticpy is not installed: run make bench")
	}
	log := sharedFile(b, "msticpy", "procs_with_cluster.pkl")
	out, err := exec.Command(python, "testdata/msticpy_build.py", log, "5").Output()
	if err != nil {
		b.Fatalf("msticpy: %v", err)
	}
	fields := strings.Fields(string(out))
	if len(fields) != 2 || fields[0] != "22992" {
		b.Fatalf("msticpy built %q, want 22992 processes and its time", out)
	}
	msticpy, err := strconv.ParseFloat(fields[1], 64)
	if err != nil {
		b.Fatal(err)
	}
	g := readGolden(b, "rarity")
	for b.Loop() {
		tree, err := ptree.BuildProcessTree(g.Input)
		if err != nil || tree.Len() != 22992 {
			b.Fatalf("BuildProcessTree = %d processes, %v", tree.Len(), err)
		}
	}
	ours := b.Elapsed().Seconds() / float64(b.N)
	b.ReportMetric(msticpy*1000, "msticpy-ms")
	b.ReportMetric(msticpy/ours, "times-faster")
}
