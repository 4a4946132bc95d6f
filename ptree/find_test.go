package ptree_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestKeysAndNumbersLeadBack: every process is found by its key, and by its number in the order of
// time among all hosts, also where rows have no time.
func TestKeysAndNumbersLeadBack(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 11))
		df := frameOfEvents(randomEvents(r, 1+r.IntN(4), 1+r.IntN(60)))
		nanos, valid := slices.Clone(df.Col("TimeGenerated").Nanos()), make([]bool, df.Nrow())
		for i := range valid {
			valid[i] = r.IntN(8) > 0
			nanos[i] += int64(time.Hour) // nothing has the time of inferred processes
		}
		tree := mustBuild(t, df.With("TimeGenerated", dataframe.Nanos("", nanos, true, valid)))
		numbers := map[int]bool{}
		for i := range tree.Len() {
			p := tree.At(i)
			if numbers[p.SourceIndex()] {
				t.Fatalf("seed %d: two processes have the number %d", seed, p.SourceIndex())
			}
			numbers[p.SourceIndex()] = true
			if key := ptree.GetProcessKey(tree, p.SourceIndex()); key != p.Key {
				t.Fatalf("seed %d: number %d is %s, want %s", seed, p.SourceIndex(), key, p.Key)
			}
			if !p.Inferred() && p.Time.IsZero() {
				continue // several may have such a key
			}
			one := tree.Where(dataframe.Eq("Computer", p.Host()))
			if found := ptree.GetProcess(one, p.Key); found.Key != p.Key || found.Host() != p.Host() {
				t.Fatalf("seed %d: %s of %s found as %s of %s", seed, p.Key, p.Host(), found.Key, found.Host())
			}
		}
		checkInTime(t, tree)
	}
}

// checkInTime holds the numbers against the times.
func checkInTime(t *testing.T, tree ptree.Tree) {
	t.Helper()
	byNumber := make([]ptree.Process, tree.Len()+1000)
	for i := range tree.Len() {
		if p := tree.At(i); !p.Inferred() && !p.Time.IsZero() && p.SourceIndex() < len(byNumber) {
			byNumber[p.SourceIndex()] = p
		}
	}
	var before ptree.Process
	for _, p := range byNumber {
		if p.IsZero() {
			continue
		}
		if p.Time.Before(before.Time) {
			t.Fatalf("process %d is of %s, the one before of %s", p.SourceIndex(), p.Time, before.Time)
		}
		before = p
	}
}
