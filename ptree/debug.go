package ptree

import (
	"fmt"
	"strings"
)

// debug returns the counts that msticpy's debug option prints, in its words: rows after
// cleaning, rows without any null after matching, and how many parents were inferred.
func (f *Forest) debug() string {
	n := f.events.Nrow()
	inferred := len(f.links.kept) - n
	labels := map[any]bool{}
	index := f.events.Index()
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
		full[i] = m >= 0 && f.id.name[m] >= 0 && f.id.name[i] >= 0
	}
	for _, c := range append(f.events.Columns(), f.id.effective) {
		if c.Nulls() == 0 {
			continue
		}
		own := c.Name() != f.schema.ParentName // its nulls are read as "unknown"
		parents := c.Name() == f.schema.ProcessID || c.Name() == f.schema.ParentID || c.Name() == f.schema.ProcessName || c.Name() == "EffectiveLogonId"
		for i, m := range f.links.matched {
			if own && c.IsNull(i) || parents && m >= 0 && c.IsNull(int(m)) {
				full[i] = false
			}
		}
	}
	count := 0
	for _, ok := range full {
		if ok {
			count++
		}
	}
	return count
}
