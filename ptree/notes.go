package ptree

import (
	"cmp"
	"slices"
)

// notes are the findings of a host, with the numbers of events.
type notes []note

type note struct {
	kind       FindingKind
	row, other int32
}

func (n *notes) add(kind FindingKind, row, other int32) { *n = append(*n, note{kind, row, other}) }

// take adds the notes of all hosts, kind by kind, each in the order of events.
func (f *Findings) take(hosts []notes) {
	all := slices.Concat(hosts...)
	slices.SortStableFunc(all, func(a, b note) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.row, b.row)) })
	f.List = slices.Grow(f.List, len(all))
	for _, n := range all {
		f.add(n.kind, n.row, n.other)
	}
}
