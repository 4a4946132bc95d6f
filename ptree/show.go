package ptree

import (
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// beforeTheLog is what people read where the table has the time 1970-01-01 of an inferred process.
const beforeTheLog = "before the log"

// HTML shows the tree as a table. Inferred processes, whose time in the table is 1970-01-01,
// are shown as what they are: created before the log. Under a whole forest stands what building it met.
func (t Tree) HTML() string {
	df := t.DataFrame()
	if t.forest == nil {
		return df.HTML()
	}
	inferred, children := make([]bool, t.Len()), make([]bool, t.Len())
	some := false
	for i := range inferred {
		p := t.position(i)
		inferred[i] = t.forest.inferred(p) && t.forest.born(p) == 0
		if up := t.forest.parent[p]; up >= 0 {
			children[i] = t.forest.inferred(up) && t.forest.born(up) == 0
		}
		some = some || inferred[i] || children[i]
	}
	if some {
		df = df.With(t.forest.schema.TimeStamp, dated(df.Col(t.forest.schema.TimeStamp), inferred))
		df = df.With("timestamp_orig_par", dated(df.Col("timestamp_orig_par"), children))
	}
	if t.whole() {
		return df.HTML() + t.Findings().HTML()
	}
	return df.HTML()
}

// dated writes times out, except those that are not known.
func dated(c dataframe.Column, unknown []bool) dataframe.Column {
	b := dataframe.NewBuilder(c.Name())
	for i := range c.Len() {
		switch at, _ := c.Value(i).(time.Time); {
		case unknown[i]:
			b.AppendString(beforeTheLog)
		case at.IsZero():
			b.AppendNull()
		default:
			b.AppendString(at.Format("2006-01-02 15:04:05.000"))
		}
	}
	return b.Column()
}
