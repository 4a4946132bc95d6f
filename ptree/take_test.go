package ptree_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestTakeAndPlace checks them against each other in a whole tree, a part of it and a sorted one.
func TestTakeAndPlace(t *testing.T) {
	whole := mustBuild(t, frameOfEvents(randomEvents(rand.New(rand.NewPCG(3, 4)), 1, 40)))
	for name, tree := range map[string]ptree.Tree{
		"whole":  whole,
		"part":   whole.Tail(7),
		"sorted": whole.Sort(dataframe.Desc("source_index")),
	} {
		for i := range tree.Len() {
			if got := tree.Place(tree.At(i)); got != i {
				t.Errorf("%s: Place(process %d) = %d", name, i, got)
			}
		}
		last := int32(tree.Len() - 1)
		want := []int{tree.At(-1).SourceIndex(), tree.At(0).SourceIndex()}
		taken := tree.Take([]int32{last, 0})
		if got := []int{taken.At(0).SourceIndex(), taken.At(1).SourceIndex()}; !slices.Equal(got, want) {
			t.Errorf("%s: Take([%d 0]) has the processes %d, want %d", name, last, got, want)
		}
		for _, bad := range []int32{-1, last + 1} {
			if !panics(func() { tree.Take([]int32{bad}) }) {
				t.Errorf("%s: Take([%d]) takes something, want a panic", name, bad)
			}
		}
	}
	if got := whole.Tail(1).Place(whole.At(0)); got != -1 {
		t.Errorf("Place(a process that is not in the tree) = %d, want -1", got)
	}
	if got := (ptree.Tree{}).Take(nil).Len(); got != 0 {
		t.Errorf("Take(nil) of no processes has %d", got)
	}
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}
