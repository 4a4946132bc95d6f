package ptree_test

import (
	"testing"

	"github.com/gophertrees/gopherwood/ptree"
)

func BenchmarkBuildRarity(b *testing.B) {
	g := readGolden(b, "rarity")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ptree.BuildProcessTree(g.Input); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTableRarity(b *testing.B) {
	g := readGolden(b, "rarity")
	b.ReportAllocs()
	for b.Loop() {
		t, err := ptree.BuildProcessTree(g.Input)
		if err != nil {
			b.Fatal(err)
		}
		t.DataFrame()
	}
}

// BenchmarkBuildIdentified links the processes of a month's captures by their identities.
func BenchmarkBuildIdentified(b *testing.B) {
	df := frameOfRows(b, truthRows(b, "otrf_sysmon"))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ptree.BuildProcessTree(df, ptree.Options{Schema: identified(flat)}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBuildReplay replays the forks, execs and exits of a traced machine.
func BenchmarkBuildReplay(b *testing.B) {
	s := traced
	s.ForkEventID, s.ExitEventID, s.ExitProcessID = "fork", "exit", "pid"
	df := frameOfRows(b, truthRows(b, "linux_strace_gt"))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ptree.BuildProcessTree(df, ptree.Options{Schema: s}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFindings judges every link of a large tree.
func BenchmarkFindings(b *testing.B) {
	g := readGolden(b, "rarity")
	b.ReportAllocs()
	for b.Loop() {
		t, err := ptree.BuildProcessTree(g.Input)
		if err != nil {
			b.Fatal(err)
		}
		t.Findings()
	}
}
