package plotting

import (
	"slices"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/plotting/viewer"
	"github.com/gophertrees/gopherwood/ptree"
)

// keyColumn is the page's name for the table's index.
const keyColumn = "proc_key"

// viewerColumns returns the columns of a tree's table, in an order, and which of them play a part.
func viewerColumns(t ptree.Tree, order []int32, o Options) ([]viewer.Column, viewer.Roles) {
	s, df := t.Schema(), t.DataFrame()
	roles := viewer.Roles{Name: s.ProcessName, PID: s.ProcessID, CommandLine: s.CommandLine, User: s.UserName, Host: s.HostName}
	var out []viewer.Column
	add := func(c dataframe.Column) {
		if order != nil {
			c = c.Take(order)
		}
		out = append(out, viewerColumn(c))
	}
	roles.Key = keyColumn
	if unique := guidColumn(df); o.PIDFormat == GUID && unique != "" {
		roles.PID = unique
	}
	for _, name := range byUse(df.Names(), s, o.LegendCol) {
		switch column := df.Col(name); {
		case name == s.ProcessID && (o.PIDFormat == Hex || o.PIDFormat == Decimal):
			add(writtenPIDs(column, o.PIDFormat))
		case column.Kind() == dataframe.Time && (name == s.TimeStamp || name == parentTime):
			add(knownTimes(column))
		default:
			add(column)
		}
	}
	if !df.Has(keyColumn) && df.Ncol() > 0 {
		add(df.Index().Named(keyColumn))
	}
	return out, roles
}

// byUse puts the columns first that tell what a process is, then the log's others as they stand.
func byUse(names []string, s ptree.Schema, legend string) []string {
	first := []string{s.ProcessName, s.ProcessID, s.CommandLine, s.TimeStamp, s.UserName, legend, s.ParentName, s.ParentID, s.HostName}
	rank := func(name string) int {
		if i := slices.Index(first, name); i >= 0 {
			return i
		}
		return len(first)
	}
	out := slices.Clone(names)
	slices.SortStableFunc(out, func(a, b string) int { return rank(a) - rank(b) })
	return out
}

// writtenPIDs returns process ids as a format writes them.
func writtenPIDs(c dataframe.Column, f PIDFormat) dataframe.Column {
	b := dataframe.NewBuilder(c.Name())
	for i := range c.Len() {
		if c.IsNull(i) {
			b.AppendNull()
		} else {
			b.AppendString(f.number(c.Text(i)))
		}
	}
	return b.Column()
}

// parentTime is the table's column of the parents' times.
const parentTime = "timestamp_orig_par"

// knownTimes returns times without 1970, which stands in a tree's table for a process that is not
// in the log.
func knownTimes(c dataframe.Column) dataframe.Column {
	nanos := c.Nanos()
	known := make([]bool, len(nanos))
	for i, n := range nanos {
		known[i] = n != 0 && !c.IsNull(i)
	}
	return dataframe.Nanos(c.Name(), nanos, c.Zoned(), known)
}

// viewerColumn shares the column's memory where it can.
func viewerColumn(c dataframe.Column) viewer.Column {
	out := viewer.Column{Name: c.Name(), Kind: viewer.Absent}
	if c.Nulls() == c.Len() {
		return out
	}
	if c.Nulls() > 0 {
		out.Null = make([]bool, c.Len())
		for i := range out.Null {
			out.Null[i] = c.IsNull(i)
		}
	}
	switch c.Kind() {
	case dataframe.Int:
		out.Kind, out.Ints = viewer.Int, c.Ints()
	case dataframe.Time:
		out.Kind, out.Ints = viewer.Time, c.Nanos()
	case dataframe.Float:
		out.Kind, out.Float = viewer.Float, c.Floats()
	case dataframe.Bool:
		out.Kind, out.Ints = viewer.Bool, make([]int64, c.Len())
		for i, b := range c.Bools() {
			if b {
				out.Ints[i] = 1
			}
		}
	default:
		out.Kind = viewer.Text
		out.Codes, out.Texts = c.Codes()
	}
	return out
}
