package ptree

import (
	"fmt"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// debug returns the counts that msticpy's debug option prints, in its words: rows after
// cleaning, rows without any null after matching, and how many parents were inferred.
func (f *Forest) debug() string {
	n := f.events.Nrow()
	inferred := len(f.links.kept) - n
	labels := map[any]bool{}
	index := f.events.labels()
	for i := range n {
		labels[index.Value(i)] = true
	}
	var b strings.Builder
	fmt.Fprintln(&b, "Original # procs", n)
	fmt.Fprintln(&b, "Merged # procs", n)
	fmt.Fprintln(&b, "Merged # procs - dropna", f.fullRows())
	fmt.Fprintln(&b, "Unique merged_procs index in merge", len(labels))
	fmt.Fprintln(&b, "These two should add up to top line")
	fmt.Fprintln(&b, "Rows with dups", 0)
	fmt.Fprintln(&b, "Rows with no dups", n)
	fmt.Fprintf(&b, "0 + %d = %d\n", n, n)
	fmt.Fprintf(&b, "original: %d inferred_parents %d combined %d\n", n, inferred, n+inferred)
	return b.String()
}

// fullRows counts the events that have a parent in the log and no null among their own values
// and those of the parent.
func (f *Forest) fullRows() int {
	full := make([]bool, f.events.Nrow())
	for i, m := range f.links.matched {
		full[i] = m >= 0 && f.id.of[m].name >= 0 && f.id.of[i].name >= 0
	}
	clear := func(null func(i int) bool) {
		for i := range full {
			full[i] = full[i] && !null(i)
		}
	}
	for _, c := range f.log.Columns() {
		if c.Nulls() > 0 && c.Name() != f.schema.ParentName { // its nulls are read as "unknown"
			clear(func(i int) bool { return c.IsNull(f.findings.row(int32(i))) })
		}
	}
	for _, c := range []dataframe.Column{f.events.Col(f.schema.ProcessID), f.events.Col(f.schema.ParentID), f.id.effective()} {
		clear(func(i int) bool { return c.IsNull(i) || full[i] && c.IsNull(int(f.links.matched[i])) })
	}
	count := 0
	for _, ok := range full {
		if ok {
			count++
		}
	}
	return count
}
