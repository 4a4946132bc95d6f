package ptree

import (
	"fmt"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/gophertrees/gopherwood/dataframe"
)

// layout says which columns of a log a build reads, what they hold, and how they are written.
type layout struct {
	schema  Schema
	columns []logColumn // in the order of the output
	host    int         // index into columns; -1 without one
	found   *Findings   // about the schema
	carried []bool      // by column: linking does not read it, see bystanders
}

// logColumn is a column of the log. Its kind is that of the whole log, so that a host's rows do
// not depend on what other rows hold.
type logColumn struct {
	name string
	kind dataframe.Kind
	data arrow.DataType // of the output
}

// The columns that a build adds, in their order.
const (
	positionColumn  = "position"
	parentColumn    = "parent"
	sizeColumn      = "size"
	depthColumn     = "depth"
	inferredColumn  = "inferred"
	linkColumn      = "link"
	sourceRowColumn = "source_row"
)

var treeColumns = []string{positionColumn, parentColumn, sizeColumn, depthColumn, inferredColumn, linkColumn, sourceRowColumn}

var utcNanos = &arrow.TimestampType{Unit: arrow.Nanosecond, TimeZone: "UTC"}

// newLayout fits the schema to a log's columns, which are given as a frame without rows and with
// the types that Arrow has for them.
func newLayout(columns *arrow.Schema, empty dataframe.DataFrame, o ParquetOptions) (*layout, error) {
	s, found, err := fitted(empty, o.Schema)
	if err != nil {
		return nil, err
	}
	l := &layout{schema: s, host: -1, found: found}
	for _, name := range outputOrder(s, o.Columns) {
		if !empty.Has(name) {
			return nil, fmt.Errorf("a column to carry: %w", &dataframe.ColumnError{Column: name, Have: empty.Names()})
		}
		fields, _ := columns.FieldsByName(name)
		if len(fields) != 1 {
			return nil, fmt.Errorf("the log has %d columns named %s: rename all but one", len(fields), dataframe.Clip(name))
		}
		if name == s.HostName {
			l.host = len(l.columns)
		}
		l.columns = append(l.columns, l.typed(name, empty.Col(name).Kind(), fields[0].Type))
	}
	l.alike(s.ProcessID, s.ParentID)
	l.alike(s.ProcessName, s.ParentName)
	l.carried = l.bystanders()
	return l, nil
}

// outputOrder lists the columns that are read: who, when and where first.
func outputOrder(s Schema, more []string) []string {
	first := filled(s.HostName, s.TimeStamp, s.ProcessID, s.ParentID, s.ProcessName, s.ParentName, s.LogonID, s.TargetLogonID)
	return distinct(slices.Concat(first, s.Columns(), more))
}

// typed decides what a column holds. Hosts are names, whatever the log makes of them; creation
// times are instants, though the log may have them as text.
func (l *layout) typed(name string, kind dataframe.Kind, data arrow.DataType) logColumn {
	c := logColumn{name: name, kind: kind}
	switch {
	case name == l.schema.HostName, data.ID() == arrow.UINT64:
		c.kind = dataframe.String // a number beyond 63 bits must not change the column's type
	case name == l.schema.TimeStamp:
		c.kind = dataframe.Time
	}
	switch stamp, isStamp := data.(*arrow.TimestampType); {
	case c.kind == dataframe.Time && isStamp:
		c.data = stamp
	case c.kind == dataframe.Time && name == l.schema.TimeStamp:
		c.data = utcNanos
	case c.kind == dataframe.Time:
		c.data = &arrow.TimestampType{Unit: arrow.Nanosecond}
	case c.kind == dataframe.Int:
		c.data = arrow.PrimitiveTypes.Int64
	case c.kind == dataframe.Float:
		c.data = arrow.PrimitiveTypes.Float64
	case c.kind == dataframe.Bool:
		c.data = arrow.FixedWidthTypes.Boolean
	default:
		c.data = arrow.BinaryTypes.String
	}
	return c
}

// alike makes two columns text that hold the same things but not in the same type: an inferred
// process has in one what its child's row tells in the other.
func (l *layout) alike(a, b string) {
	i, j := l.at(a), l.at(b)
	if i < 0 || j < 0 || l.columns[i].kind == l.columns[j].kind {
		return
	}
	for _, k := range []int{i, j} {
		l.columns[k].kind, l.columns[k].data = dataframe.String, arrow.BinaryTypes.String
	}
}

// at returns a column's index, -1 for a role that no column plays.
func (l *layout) at(name string) int {
	return slices.IndexFunc(l.columns, func(c logColumn) bool { return name != "" && c.name == name })
}

func (l *layout) names() []string {
	out := make([]string, len(l.columns))
	for i, c := range l.columns {
		out[i] = c.name
	}
	return out
}

// written is the name of a column of the log in the output.
func (c logColumn) written() string {
	if slices.Contains(treeColumns, c.name) {
		return c.name + ownSuffix
	}
	return c.name
}
