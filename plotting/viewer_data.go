package plotting

import (
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/plotting/viewer"
	"github.com/gophertrees/gopherwood/ptree"
)

// viewerData returns a tree as the interactive page reads it: every column of its table, in the
// order of the forest, because the page's rows are in preorder and a selection names places in
// the forest. The page sorts by itself.
func viewerData(t ptree.Tree, p *processes, o Options) *viewer.Data {
	positions := t.Positions()
	order := ascending(positions)
	d := &viewer.Data{
		Title:       visible(o.Title),
		Subtitle:    strings.Join(p.counts(), " · "),
		Fingerprint: t.Fingerprint(),
		Parent:      taken(moved(t.Parents(), order), order),
		Depth:       taken(t.Depths(), order),
		Position:    taken(positions, order),
		Flags:       viewerFlags(t, order),
		Start:       starts(t, order),
	}
	d.Fold, d.Chains = viewerFolds(t, order, o)
	d.Columns, d.Roles = viewerColumns(t, order, o)
	return d
}

// ascending returns the places of values in their order, nil when they are in it already.
func ascending(values []int32) []int32 {
	if slices.IsSorted(values) {
		return nil
	}
	order := make([]int32, len(values))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return int(values[a]) - int(values[b]) })
	return order
}

// taken returns values in an order; a nil one is their own.
func taken[T any](values []T, order []int32) []T {
	if order == nil {
		return values
	}
	out := make([]T, len(order))
	for i, at := range order {
		out[i] = values[at]
	}
	return out
}

// moved returns places, -1 for none, as they are after what they name was put in an order.
func moved(places, order []int32) []int32 {
	if order == nil {
		return places
	}
	to := make([]int32, len(order))
	for i, at := range order {
		to[at] = int32(i)
	}
	out := make([]int32, len(places))
	for i, p := range places {
		out[i] = -1
		if p >= 0 {
			out[i] = to[p]
		}
	}
	return out
}

// viewerFlags tells what is special about each process. It is the place for whatever linking
// learns to tell of a process, such as a parent that is a guess or an end that was logged.
func viewerFlags(t ptree.Tree, order []int32) []viewer.Flag {
	out := make([]viewer.Flag, t.Len())
	for i, inferred := range taken(t.Inferred(), order) {
		if inferred {
			out[i] |= viewer.Inferred
		}
	}
	return out
}

// starts returns when each process was created.
func starts(t ptree.Tree, order []int32) []int64 {
	if t.Len() == 0 {
		return nil
	}
	column := legendColumn(t, t.Schema().TimeStamp)
	out := slices.Clone(column.Nanos())
	for i := range out {
		if column.IsNull(i) {
			out[i] = viewer.Unknown
		}
	}
	return taken(out, order)
}
