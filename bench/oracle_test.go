package bench

import (
	"math/rand/v2"
	"testing"

	"github.com/gophertrees/gopherwood/bench/fleet"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestOracle holds the parents that we give against those that a slow search gives, on 200 fleets whose
// hosts' rows are mixed and in random order. A part of the rows is lost, so that parents are missing and
// an earlier process with the same id and image must do.
func TestOracle(t *testing.T) {
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 0))
		f := fleet.Fleet{Events: 1 + random.IntN(500), Hosts: 1 + random.IntN(5), Days: 1 + random.IntN(3), Seed: seed, Shuffled: true}
		e := f.All()
		kept := keep(random, e.Len())
		df := e.Frame(f.Hosts).With("row", rowsOf(e)).Take(kept)
		tree, err := ptree.BuildProcessTree(df, ptree.Options{Schema: plain})
		if err != nil {
			t.Fatal(err)
		}
		got := parentsOf(t, tree, e.Len(), len(kept))
		for _, child := range kept {
			want := slowParent(e, kept, child)
			if got[child] != want {
				t.Fatalf("seed %d: the parent of row %d is %d, want %d", seed, child, got[child], want)
			}
		}
	}
}

// keep picks one to all of n rows.
func keep(random *rand.Rand, n int) []int32 {
	share := 0.3 + 0.7*random.Float64()
	kept := []int32{int32(random.IntN(n))}
	for i := range int32(n) {
		if i != kept[0] && random.Float64() < share {
			kept = append(kept, i)
		}
	}
	return kept
}

func rowsOf(e *fleet.Events) []int64 {
	rows := make([]int64, e.Len())
	for i := range rows {
		rows[i] = int64(i)
	}
	return rows
}

// slowParent looks at every event for the latest one, at or before the child's time, that is who the child
// names: -1 when there is none.
func slowParent(e *fleet.Events, kept []int32, child int32) int32 {
	best := int32(-1)
	for _, i := range kept {
		named := e.Host[i] == e.Host[child] && e.PID[i] == e.Parent[child] && e.Image[i] == e.ParentImage[child]
		if named && e.Time[i] <= e.Time[child] && (best < 0 || e.Time[i] > e.Time[best]) {
			best = i
		}
	}
	return best
}

// parentsOf are the rows of the parents of every row, -1 where the tree has the parent inferred. A
// process stands behind its parent in the tree, one deeper; every row must be in it.
func parentsOf(t *testing.T, tree ptree.Tree, n, kept int) []int32 {
	t.Helper()
	rows, inferred := tree.Col("row").Ints(), tree.Inferred()
	parents, logged := make([]int32, n), 0
	var above []int32 // rows of the process before and of its ancestors
	for i, depth := range tree.Depths() {
		row := int32(-1)
		if !inferred[i] {
			row = int32(rows[i])
			logged++
			if parents[row] = -1; depth > 0 {
				parents[row] = above[depth-1]
			}
		}
		above = append(above[:depth], row)
	}
	if logged != kept {
		t.Fatalf("%d of %d events are in the tree", logged, kept)
	}
	return parents
}
