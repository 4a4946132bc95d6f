package dataframe

import (
	"fmt"
	"slices"
	"sync"

	gota "github.com/go-gota/gota/dataframe"
)

// Frame is what every function that takes a data frame accepts: a [DataFrame], or a gota
// DataFrame as it is. [From] turns it into a DataFrame.
type Frame interface {
	Nrow() int
	Ncol() int
	Names() []string
}

// From is the one door through which frames come in: it knows [DataFrame] and gota's
// DataFrame; any other type is a panic that says so.
func From(f Frame) DataFrame {
	switch f := f.(type) {
	case DataFrame:
		return f
	case gota.DataFrame:
		return FromGota(f)
	case interface{ DataFrame() DataFrame }:
		return f.DataFrame()
	}
	panic(usage("%T is not a data frame: give a dataframe.DataFrame or a gota DataFrame", f))
}

// DataFrame is an immutable table. Its zero value is an empty frame.
type DataFrame struct{ t *table }

// table is what the copies of a frame share.
type table struct {
	columns []Column
	number  map[string]int // column number by name
	rows    int
	index   Column // the rows' labels; unused while counted
	counted bool   // the labels are 0, 1, 2 …
	bad     BadRecords
	notes   []string

	gotaOnce sync.Once
	gotaCopy gota.DataFrame
	keyOnce  sync.Once
	keyRow   map[any]int
}

var empty = &table{counted: true}

func (d DataFrame) table() *table {
	if d.t == nil {
		return empty
	}
	return d.t
}

// New makes a frame of columns of equal length with distinct names; anything else is a panic.
func New(columns ...Column) DataFrame {
	columns = slices.Clone(columns) // the caller may go on using its slice
	t := &table{columns: columns, counted: true, number: make(map[string]int, len(columns))}
	for i, c := range columns {
		if i > 0 && c.Len() != t.rows {
			panic(usage("column %q has %d rows where %q has %d", c.name, c.Len(), columns[0].name, t.rows))
		}
		if _, dup := t.number[c.name]; dup {
			panic(usage("two columns are named %q: rename one", c.name))
		}
		t.rows = c.Len()
		t.number[c.name] = i
		if c.data == nil {
			t.columns[i] = Strings(c.name, nil)
		}
	}
	return DataFrame{t}
}

// derived makes a frame of other columns that keeps this one's notes and bad records.
func (d DataFrame) derived(columns []Column) DataFrame {
	out := New(columns...)
	out.t.bad, out.t.notes = d.table().bad, d.table().notes
	return out
}

// sameRows makes a frame of other columns for the same rows: the index stays.
func (d DataFrame) sameRows(columns []Column) DataFrame {
	out := d.derived(columns)
	out.t.rows = d.Nrow()
	out.t.index, out.t.counted = d.table().index, d.table().counted
	return out
}

// Nrow returns the number of rows.
func (d DataFrame) Nrow() int { return d.table().rows }

// Ncol returns the number of columns.
func (d DataFrame) Ncol() int { return len(d.table().columns) }

// Names returns the columns' names in order.
func (d DataFrame) Names() []string {
	out := make([]string, d.Ncol())
	for i, c := range d.table().columns {
		out[i] = c.name
	}
	return out
}

// Has reports whether the frame has a column of that name.
func (d DataFrame) Has(name string) bool {
	_, ok := d.table().number[name]
	return ok
}

// Col returns a column; an unknown name is a panic with a [*ColumnError].
func (d DataFrame) Col(name string) Column {
	i, ok := d.table().number[name]
	if !ok {
		panic(&ColumnError{Column: name, Have: d.Names()})
	}
	return d.table().columns[i]
}

// Columns returns all columns in order.
func (d DataFrame) Columns() []Column { return append([]Column(nil), d.table().columns...) }

// Take returns the rows with the given numbers, in that order, with their labels. A negative
// number gives a row of nulls.
func (d DataFrame) Take(rows []int32) DataFrame {
	columns := make([]Column, d.Ncol())
	for i, c := range d.table().columns {
		columns[i] = c.Take(rows)
	}
	out := d.derived(columns)
	out.t.rows = len(rows)
	out.t.index, out.t.counted = d.labels(rows), false
	return out
}

// labels returns the labels of the given rows.
func (d DataFrame) labels(rows []int32) Column {
	t := d.table()
	if !t.counted {
		return t.index.Take(rows)
	}
	labels, valid := make([]int64, len(rows)), make([]bool, len(rows))
	for i, r := range rows {
		labels[i], valid[i] = int64(r), r >= 0
	}
	return Ints("", labels, valid)
}

// Slice returns rows from to to-1 with their labels, without copying.
func (d DataFrame) Slice(from, to int) DataFrame {
	if from < 0 || to > d.Nrow() || from > to {
		panic(usage("rows %d to %d of a frame with %d rows", from, to, d.Nrow()))
	}
	columns := make([]Column, d.Ncol())
	for i, c := range d.table().columns {
		columns[i] = c.Slice(from, to)
	}
	out := d.derived(columns)
	out.t.rows = to - from
	if !d.table().counted || from > 0 {
		out.t.index, out.t.counted = d.Index().Slice(from, to), false
	}
	return out
}

// Index returns the rows' labels as a column: 0, 1, 2 … unless one was set. Its name is the
// index's name, "" when it has none.
func (d DataFrame) Index() Column {
	t := d.table()
	if !t.counted {
		return t.index
	}
	labels := make([]int64, t.rows)
	for i := range labels {
		labels[i] = int64(i)
	}
	return Ints("", labels)
}

// WithIndex returns the frame with other row labels, such as keys that [DataFrame.Loc] finds.
func (d DataFrame) WithIndex(labels Column) DataFrame {
	if labels.Len() != d.Nrow() {
		panic(usage("an index of %d labels for %d rows", labels.Len(), d.Nrow()))
	}
	out := d.derived(d.table().columns)
	out.t.rows, out.t.index, out.t.counted = d.Nrow(), labels, false
	return out
}

// ResetIndex returns the frame with the labels 0, 1, 2 …; a named index becomes the first column.
func (d DataFrame) ResetIndex() DataFrame {
	t := d.table()
	columns := t.columns
	if !t.counted && t.index.name != "" && !d.Has(t.index.name) {
		columns = append([]Column{t.index}, columns...)
	}
	out := d.derived(columns)
	out.t.rows = t.rows
	return out
}

// Notes returns what a reader did that a person should know, such as a column of mixed types
// that was kept as text. They are shown under the frame.
func (d DataFrame) Notes() []string { return d.table().notes }

// WithNotes returns the frame with more notes.
func (d DataFrame) WithNotes(notes ...string) DataFrame {
	out := d.sameRows(d.table().columns)
	out.t.notes = append(append([]string(nil), d.table().notes...), notes...)
	return out
}

// Bad returns the records that a reader could not read.
func (d DataFrame) Bad() BadRecords { return d.table().bad }

// WithBad returns the frame with the records that its reader could not read.
func (d DataFrame) WithBad(bad BadRecords) DataFrame {
	out := d.sameRows(d.table().columns)
	out.t.bad = bad
	return out
}

// BadRecord is one record that a reader could not read, with its place in the source.
type BadRecord struct {
	Source string // file name, "" when there is none
	Line   int64  // line or record number from 1; 0 when the format has none
	Offset int64  // byte offset of the record; -1 when not known
	Reason string // one clause: "row has 3 fields, want 5"
	Text   string // the start of the record's text
}

// String tells place and reason in one line; the record's text is quoted.
func (b BadRecord) String() string {
	where := b.Source
	if b.Line > 0 {
		where = fmt.Sprintf("%s line %d", where, b.Line)
	} else if b.Offset >= 0 {
		where = fmt.Sprintf("%s byte %d", where, b.Offset)
	}
	if b.Text == "" {
		return fmt.Sprintf("%s: %s", where, b.Reason)
	}
	return fmt.Sprintf("%s: %s: %s", where, b.Reason, Clip(b.Text))
}

// BadRecords counts the records that a reader could not read and keeps the first ones.
type BadRecords struct {
	Total int
	First []BadRecord // at most KeptBadRecords
}

// KeptBadRecords is the number of bad records that are kept with their text.
const KeptBadRecords = 1000

// Add counts one more bad record and keeps it while there is room.
func (b *BadRecords) Add(r BadRecord) {
	b.Total++
	if len(b.First) < KeptBadRecords {
		if len(r.Text) > 200 {
			r.Text = r.Text[:200]
		}
		b.First = append(b.First, r)
	}
}
