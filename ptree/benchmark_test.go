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
