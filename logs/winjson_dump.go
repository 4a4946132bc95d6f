package logs

import (
	"bytes"

	"github.com/gophertrees/gopherwood/dataframe"
)

// evtx_dump -o json writes "Record 7" on a line of its own before each event, which is an object
// over several lines.
// https://github.com/omerbenamram/evtx
var recordLine = []byte("Record ")

// skipRecordLine passes the line that numbers a record, and reports whether there was one.
func (c *cursor) skipRecordLine() bool {
	c.blanks()
	line, _, _ := bytes.Cut(c.data[c.pos:], []byte("\n"))
	number, ok := bytes.CutPrefix(bytes.TrimRight(line, "\r"), recordLine)
	if _, isNumber := digits(number, 20); !ok || !isNumber {
		return false
	}
	c.pos += len(line)
	return true
}

// numbered reads objects, each behind the line that numbers it. A broken one does not hide those
// behind the next such line.
func (r *records) numbered() (dataframe.DataFrame, error) {
	s := r.source
	d := &document{source: s, cursor: cursor{data: s.data}, records: r, line: 1}
	for next := 0; next < len(s.data); {
		from := next
		next = nextRecordLine(s.data, from)
		d.cursor = cursor{data: s.data[:next], pos: from}
		d.cursor.skipRecordLine()
		if err := d.objectsOf(r); err != nil {
			return dataframe.DataFrame{}, err
		}
	}
	return r.frame()
}

// objectsOf reads the objects up to the cursor's end.
func (d *document) objectsOf(r *records) error {
	for d.cursor.blanks() != 0 {
		if err := d.step(); err != nil {
			return err
		}
		from, to, ok := d.cursor.value()
		if !ok {
			d.source.reject(&r.bad, d.lineOf(from), from, len(d.cursor.data), "the record is broken or ends too early")
			return nil
		}
		if err := r.add(d.lineOf(from), from, to); err != nil {
			return err
		}
	}
	return nil
}

// nextRecordLine returns where the next line that may number a record begins, behind a position.
// No text of JSON holds the end of a line.
func nextRecordLine(data []byte, from int) int {
	if i := bytes.Index(data[from:], []byte("\nRecord ")); i >= 0 {
		return from + i + 1
	}
	return len(data)
}
