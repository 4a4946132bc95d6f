package ptree_test

import (
	"testing"

	"github.com/gophertrees/gopherwood/ptree"
)

func TestHas(t *testing.T) {
	tree := commandsOf(t, []int{-1}, []string{"a b"})
	for _, name := range append(tree.Names(), "no such column", "") {
		if got, want := tree.Has(name), tree.DataFrame().Has(name); got != want {
			t.Errorf("Has(%q) = %v, want %v", name, got, want)
		}
	}
	if (ptree.Tree{}).Has("CommandLine") {
		t.Error("a tree of nothing has a column")
	}
}
