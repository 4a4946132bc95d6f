package ptree

import (
	"fmt"
	"strings"
)

// FindingKind says what building a forest met.
type FindingKind uint8

// The kinds of findings. Rows are counted from 0 in the frame that was given.
const (
	ExactDuplicate   FindingKind = iota // the row repeats another and was dropped
	OtherEvent                          // the row is another kind of event and was dropped
	DuplicateKey                        // same host, image, pid and time (to 10 µs) as another row: kept out of the tree
	NoKey                               // the row has no image or no time: kept, under a key of its own
	NoProcessID                         // the row has no process id: kept, no child can be linked to it
	NoParentID                          // the row has no parent's process id: a parent was inferred
	SelfParent                          // the row names itself as its parent: the link was refused, a parent inferred
	CycleRefused                        // the row and its descendants name each other as parents: its link was refused
	InferredParent                      // the row's parent is not in the log: a process was inferred
	AbsentColumn                        // the schema names a column that the log does not have
	Orphan                              // the row's process is under an inferred parent
	Ambiguous                           // several processes could be the parent: the link is a guess, see [Explain]
	ReusedID                            // the row's process id was that of an earlier process, Other
	IDGivenAway                         // the last process with the parent's id cannot be it, the machine has given the id away since
	ParentEnded                         // the last process with the parent's id had ended before: not linked
	ExitWithoutStart                    // an exit of a process whose start is not in the log
	UntracedFork                        // a fork or clone whose child left no trace (a thread, as a rule): no process made of it
	SplitGUID                           // the parent's GUID has no start, but is that of a process started within the same second: repaired
	ClockStep                           // the parent, known by its identity, is dated after the child: the clock was set
	ClockOffset                         // the time is whole hours off that of another source, which is taken as right
	TimeGap                             // nothing was logged on the host for six hours or more before the row
	SpoofedParent                       // another witness names another parent
	LostDigits                          // identities kept as fractional numbers, which cannot hold them: not used
)

var findingNames = [...]string{
	"exact duplicate rows dropped", "rows of other events dropped", "rows with the key of an earlier one kept out of the tree",
	"rows without image or time, given a key of their own", "rows without a process id",
	"rows without a parent's process id, given an inferred parent",
	"self-parents refused", "cycles refused", "parents inferred, not in the log", "schema columns absent from the log",
	"processes under a parent that is not in the log", "ambiguous links, guessed", "processes with the id of an earlier one",
	"links refused because the id was given away again", "links refused because the process had ended",
	"exits of processes whose start is not in the log", "forks without a trace of the child, left out", "split GUIDs repaired",
	"parents dated after their child: the clock was set", "times that are whole hours off another source's",
	"gaps of six hours or more in a host's log", "processes whose witnesses disagree on the parent",
	"identity columns that lost digits, not used",
}

// String returns what the findings of the kind are, in the plural.
func (k FindingKind) String() string {
	if int(k) < len(findingNames) {
		return findingNames[k]
	}
	return "unknown findings"
}

// Finding is one thing that building a forest met.
type Finding struct {
	Kind   FindingKind
	Row    int    // row of the given frame; -1 when it concerns none
	Other  int    // the row that Row repeats or collides with; -1 when there is none
	Detail string // what else is to be said, "" as a rule
	Column string // for AbsentColumn and LostDigits
}

// Findings lists what building a forest met, so that nothing is dropped or guessed silently.
type Findings struct {
	List    []Finding
	source  []int32 // row of the given frame by event number, once the log is cleaned
	entries []entry // or the events, once they are arranged
}

// Count returns the number of findings of a kind.
func (f *Findings) Count(k FindingKind) int {
	n := 0
	for _, x := range f.List {
		if x.Kind == k {
			n++
		}
	}
	return n
}

// String tells the counts, one kind a line, or that there is nothing to tell.
func (f *Findings) String() string {
	var b strings.Builder
	counts := make([]int, len(findingNames))
	for _, x := range f.List {
		counts[x.Kind]++
	}
	for k := range FindingKind(len(findingNames)) {
		n := counts[k]
		if n == 0 {
			continue
		}
		fmt.Fprintf(&b, "%d %s", n, k)
		if k == AbsentColumn || k == LostDigits {
			b.WriteString(": " + strings.Join(f.columns(k), ", "))
		}
		b.WriteByte('\n')
	}
	if b.Len() == 0 {
		return "no findings\n"
	}
	return b.String()
}

func (f *Findings) columns(k FindingKind) []string {
	var out []string
	for _, x := range f.List {
		if x.Kind == k {
			out = append(out, x.Column)
		}
	}
	return out
}

// add notes a finding; rows are event numbers once the log is cleaned.
func (f *Findings) add(k FindingKind, row, other int32) {
	f.List = append(f.List, Finding{Kind: k, Row: f.row(row), Other: f.row(other)})
}

func (f *Findings) row(n int32) int {
	switch {
	case n >= 0 && f.entries != nil:
		return int(f.entries[n].row)
	case n >= 0 && f.source != nil:
		return int(f.source[n])
	}
	return int(n)
}
