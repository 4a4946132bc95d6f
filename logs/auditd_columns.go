package logs

import (
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
)

// auditColumn collects the values of one field. Rows without one are filled in when the next
// value comes, so that a row costs only the columns it has.
type auditColumn struct {
	builder *dataframe.Builder
	number  bool // its values are numbers; 4294967295 is -1, "not set"
}

// auditNumbers are the fields that hold decimal numbers.
var auditNumbers = map[string]bool{
	"pid": true, "ppid": true, "auid": true, "uid": true, "gid": true, "euid": true, "suid": true, "fsuid": true, "egid": true,
	"sgid": true, "fsgid": true, "ses": true, "old-ses": true, "old-auid": true, "argc": true, "exit": true, "items": true,
	"syscall": true, "opid": true, "oauid": true, "ouid": true, "ogid": true, "oses": true,
}

// auditNames are the fields that an interpreted record gives names for; the columns of the names
// are in upper case, as in enriched records.
var auditNames = map[string]string{
	"auid": "AUID", "uid": "UID", "gid": "GID", "euid": "EUID", "suid": "SUID", "fsuid": "FSUID", "egid": "EGID",
	"sgid": "SGID", "fsgid": "FSGID", "ouid": "OUID", "oauid": "OAUID", "old-auid": "OLD-AUID", "arch": "ARCH",
}

// auditLeading are the columns of every frame, in the order in which msticpy's fields come.
var auditLeading = []string{"TimeGenerated", "Computer", "EventType", "mssg_id"}

// auditOrder are the columns that come first of those that a log has.
var auditOrder = []string{
	"pid", "ppid", "uid", "exe", "comm", "cmdline", "argc", "a0", "a1", "a2", "cwd", "proctitle", "success", "auid", "ses",
	"gid", "euid", "egid", "syscall", "SYSCALL", "arch", "exit", "clone_flags",
}

// maxFieldColumns bounds the columns that fields with ever new names can make.
const maxFieldColumns = 1000

// columnLimit is the number of columns that so many rows may have. Every row has a cell in every
// column, so a log of short records with ever new names would unfold to a multiple of its size.
func columnLimit(rows, bytes int) int {
	return min(maxFieldColumns, max(64, max(1<<26, 2*bytes)/max(1, rows)))
}

// column returns the column of a name, nil when there are too many.
func (b *auditBuilder) column(name string) *auditColumn {
	if c, ok := b.byName[name]; ok {
		return c
	}
	if len(b.byName) >= b.limit {
		return nil
	}
	c := &auditColumn{builder: dataframe.NewBuilder(name), number: auditNumbers[name]}
	b.byName[name] = c
	b.names = append(b.names, name)
	return c
}

// ready fills the column up to the current row, and reports whether the row has no value yet.
func (b *auditBuilder) ready(c *auditColumn) bool {
	for c.builder.Len() < b.rows {
		c.builder.AppendNull()
	}
	return c.builder.Len() == b.rows
}

// set appends a value to a column that is ready.
func (b *auditBuilder) set(c *auditColumn, value []byte) {
	if c.number {
		if n, ok := auditNumber(value); ok {
			c.builder.AppendInt(n)
			return
		}
	}
	c.builder.AppendBytes(b.valid(value))
}

// auditNumber reads a decimal number.
func auditNumber(text []byte) (int64, bool) {
	if string(text) == "4294967295" || string(text) == "unset" {
		return -1, true
	}
	if len(text) > 1 && text[0] == '-' {
		n, ok := digits(text[1:], 18)
		return -int64(n), ok
	}
	n, ok := digits(text, 18)
	return int64(n), ok
}

// columns ends the builder.
func (b *auditBuilder) columns() []dataframe.Column {
	if b.rows == 0 {
		return nil
	}
	out := []dataframe.Column{
		dataframe.Nanos("TimeGenerated", b.nanos, true),
		b.finish("Computer"),
		b.finish("EventType"),
		dataframe.Coded("mssg_id", b.idCodes, b.ids),
	}
	done := map[string]bool{}
	for _, name := range auditLeading {
		done[name] = true
	}
	for _, name := range append(append([]string(nil), auditOrder...), b.names...) {
		if _, ok := b.byName[name]; !ok || done[name] {
			continue
		}
		done[name] = true
		if c := b.finish(name); c.Nulls() < c.Len() || name == "cmdline" { // which a schema names
			out = append(out, c)
		}
	}
	return out
}

func (b *auditBuilder) finish(name string) dataframe.Column {
	c := b.byName[name]
	b.ready(c)
	if mixed := c.builder.Mixed(); mixed != "" {
		b.mixed = append(b.mixed, mixed)
	}
	return c.builder.Column()
}

// notes tells what is not in the columns.
func (b *auditBuilder) notes() []string {
	out := b.mixed
	add := func(n int, what string) {
		if n > 0 {
			out = append(out, fmt.Sprintf("%d %s", n, what))
		}
	}
	for _, t := range b.types {
		add(t.unused, t.name+" records are not in the columns: those of a program's start, and all but the last of an event")
	}
	add(b.count.crowded, fmt.Sprintf("fields were dropped: the log has more than %d kinds of fields", b.limit))
	add(b.count.repeated, "fields were dropped: their record has the same field before them")
	add(b.count.notUTF8, "values in hexadecimal are not UTF-8 text: kept in hexadecimal")
	add(b.count.replaced, "values have bytes that are not UTF-8: replaced by U+FFFD")
	add(b.count.withoutArguments, "program starts have no EXECVE record: cmdline is from PROCTITLE, which is cut at 128 bytes, or null")
	add(b.count.fewArguments, "program starts have fewer arguments than argc says: cmdline is not whole")
	return out
}
