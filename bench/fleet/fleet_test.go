package fleet

import (
	"slices"
	"testing"

	"github.com/gophertrees/gopherwood/ptree"
)

// TestSameFleet says that a fleet's events depend on nothing but its numbers.
func TestSameFleet(t *testing.T) {
	f := Fleet{Events: 5000, Hosts: 7, Seed: 3, Shuffled: true}
	a, b := f.All(), f.All()
	if !slices.Equal(a.Time, b.Time) || !slices.Equal(a.PID, b.PID) {
		t.Error("two runs of one Fleet differ")
	}
	one := Fleet{Events: 5000, Hosts: 7, Seed: 3}.OfHost(4)
	all := Fleet{Events: 5000, Hosts: 7, Seed: 3}.All()
	first := slices.Index(all.Host, 4)
	if !slices.Equal(one.Time, all.Time[first:first+one.Len()]) {
		t.Error("a host's events depend on the other hosts")
	}
}

// TestTraits says that the log has what makes linking hard, and that the links are nevertheless right.
func TestTraits(t *testing.T) {
	f := Fleet{Events: 40000, Hosts: 2, Seed: 1}
	e := f.All()
	uses := map[[2]int32]int{}
	reused := 0
	for i := range e.Len() {
		who := [2]int32{e.Host[i], e.PID[i]}
		if uses[who]++; uses[who] > 1 {
			reused++
		}
	}
	if reused < e.Len()/2 {
		t.Errorf("%d of %d processes have a used id, want more than half", reused, e.Len())
	}
	tree, err := ptree.BuildProcessTree(e.Frame(2), ptree.Options{Schema: ptree.Schema{
		ProcessName: "NewProcessName", ProcessID: "NewProcessId", ParentID: "ProcessId",
		TimeStamp: "TimeGenerated", ParentName: "ParentProcessName", HostName: "Computer"}})
	if err != nil {
		t.Fatal(err)
	}
	if depth := ptree.GetTreeDepth(tree); depth < 12 {
		t.Errorf("depth = %d, want at least 12", depth)
	}
	if roots := ptree.GetRoots(tree).Len(); roots != 2 {
		t.Errorf("%d roots, want one for each host", roots)
	}
}
