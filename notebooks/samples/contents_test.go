package main

import (
	"math"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// build opens a committed sample and builds its tree.
func build(t *testing.T, file string) ptree.Tree {
	t.Helper()
	tree, err := ptree.BuildProcessTree(open(t, file))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// The trees that the notebook takes by their number or name.
func TestTreesOfTheNotebook(t *testing.T) {
	windows, linux, large := build(t, "win_proc_test.parquet"), build(t, "linux_proc_test.parquet"), build(t, "procs_with_cluster.parquet")
	agent := ptree.GetRoots(windows).Where(dataframe.Contains("NewProcessName", "WaAppAgent.exe")).At(0)
	tests := []struct {
		what        string
		tree        ptree.Tree
		root        ptree.Process
		name        string
		size, depth int
	}{
		{"third root of Windows", windows, ptree.GetRoots(windows).At(2), "svchost.exe", 43, 7},
		{"agent of Windows", windows, agent, "WaAppAgent.exe", 73, 4},
		{"third root of Linux", linux, ptree.GetRoots(linux).At(2), "unknown", 64, 5},
		{"services of the large host", large, ptree.GetRoots(large).At(22), "services.exe", 37, 6},
	}
	for _, test := range tests {
		tree := ptree.GetDescendents(test.tree, test.root)
		if test.root.BaseName() != test.name || tree.Len() != test.size || ptree.GetTreeDepth(tree) != test.depth {
			t.Errorf("%s = %s with %d processes, depth %d; want %s, %d, %d", test.what,
				test.root.BaseName(), tree.Len(), ptree.GetTreeDepth(tree), test.name, test.size, test.depth)
		}
	}
}

// What the samples must hold so that whoever displays them is tried.
func TestSamplesAreHostileAndReused(t *testing.T) {
	df := open(t, "win_proc_test.parquet")
	for _, text := range []string{"<script>alert(1)</script>", "\x1b[31m", "\u202e", "ü"} {
		if df.Where(dataframe.Contains("CommandLine", text)).Nrow() == 0 {
			t.Errorf("no Windows command line has %q", text)
		}
		if text != "\u202e" && open(t, "linux_proc_test.parquet").Where(dataframe.Contains("cmdline", text)).Nrow() == 0 {
			t.Errorf("no Linux command line has %q", text)
		}
	}
	if ids := df.Col("NewProcessId").NUnique(); ids > 600 {
		t.Errorf("%d different process ids, want many used again", ids)
	}
	for _, id := range df.Col("NewProcessId").Strings() {
		if !strings.HasPrefix(id, "0x") || !strings.ContainsAny(id[len(id)-1:], "048c") {
			t.Fatalf("process id %s is no multiple of 4 in hexadecimal", id)
		}
	}
	if times := df.Col("TimeGenerated").NUnique(); times >= df.Nrow() {
		t.Error("no two events have the same time")
	}
}

func TestRarityIsOneByTheSizeOfTheGroup(t *testing.T) {
	df := open(t, "procs_with_cluster.parquet")
	if n := df.Where(dataframe.Not(dataframe.And(dataframe.Gt("Rarity", 0), dataframe.Le("Rarity", 1)))).Nrow(); n != 0 {
		t.Errorf("%d rarities outside (0, 1]", n)
	}
	sizes := df.Col("ClusterSize").Ints()
	groups := 0.0
	for i, r := range df.Col("Rarity").Floats() {
		if math.Abs(r*float64(sizes[i])-1) > 1e-12 {
			t.Fatalf("row %d: rarity %v of a group of %d", i, r, sizes[i])
		}
		groups += r
	}
	// each group adds up to 1
	if math.Abs(groups-math.Round(groups)) > 1e-6 {
		t.Errorf("the rarities add up to %v, want a whole number of groups", groups)
	}
	if shadows := df.Where(dataframe.Contains("CommandLine", "delete shadows")); shadows.Nrow() != 1 || shadows.Col("Rarity").Min() != 1.0 {
		t.Errorf("the deleted shadow copies are not the rarest:\n%v", shadows)
	}
}
