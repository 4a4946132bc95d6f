package logs

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/valyala/fastjson"
)

var jsonFormat = &format{
	Format: Format{"json", "JSON: an array of objects, columns and rows, or columns",
		[]string{".json"}, "https://www.rfc-editor.org/rfc/rfc8259"},
	matches: func(s *source) bool {
		c := cursor{data: s.data}
		switch c.blanks() {
		case '[':
			c.pos++
			b := c.blanks() // not a line such as "[2019-02-10] started"
			return b == '{' || b == '[' || b == ']' || b == 0
		case '{':
			c.pos++
			b := c.blanks()
			return b == '"' || b == '}' || b == 0
		}
		return false
	},
	decode: readJSON,
}

// document reads a JSON text as a whole.
type document struct {
	source  *source
	cursor  cursor
	records *records
	line    int // of position lined
	lined   int
	steps   int
}

func readJSON(s *source) (dataframe.DataFrame, error) { return newRecords(s).document() }

// document reads the records of a JSON text as a whole.
func (r *records) document() (dataframe.DataFrame, error) {
	s := r.source
	d := &document{source: s, cursor: cursor{data: s.data}, records: r, line: 1}
	switch d.cursor.blanks() {
	case '[':
		return d.array(d.cursor.pos)
	case '{':
		return d.object(d.cursor.pos)
	}
	return dataframe.DataFrame{}, fmt.Errorf("JSON begins with { or [, this text with %s: leave Options.Format empty to find the format",
		dataframe.Clip(string(s.data[d.cursor.pos:min(len(s.data), d.cursor.pos+20)])))
}

// objects reads records of which each is an object or an element of an array: an object is never
// taken for a table of its own.
func (r *records) objects() (dataframe.DataFrame, error) {
	s := r.source
	if looksLikeLines(s) {
		return r.lines()
	}
	d := &document{source: s, cursor: cursor{data: s.data}, records: r, line: 1}
	if d.cursor.blanks() == '{' {
		return d.several(d.cursor.pos)
	}
	return r.document()
}

// lineOf returns the line of a position that is not before the last one asked for.
func (d *document) lineOf(pos int) int {
	if pos > d.lined {
		d.line += bytes.Count(d.source.data[d.lined:pos], []byte{'\n'})
		d.lined = pos
	}
	return d.line
}

// step is called for each record or value.
func (d *document) step() error {
	if d.steps++; d.steps%1024 == 0 {
		return d.source.decoded(d.cursor.pos, len(d.source.data))
	}
	return nil
}

// array reads the objects of the array at from as rows.
func (d *document) array(from int) (dataframe.DataFrame, error) {
	whole, err := d.cursor.elements(from, func(_, v span) error {
		if err := d.step(); err != nil {
			return err
		}
		return d.records.add(d.lineOf(v.from), v.from, v.to)
	})
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	return d.end(whole)
}

// end makes the frame; what follows a broken or missing end is one bad record.
func (d *document) end(whole bool) (dataframe.DataFrame, error) {
	if !whole {
		at := d.cursor.pos
		reason := "the array is broken here, what follows was not read"
		if at == len(d.source.data) || !d.closes(at) {
			reason = "the text ends inside a value: the file is truncated"
		}
		d.source.reject(&d.records.bad, d.lineOf(at), at, len(d.source.data), "%s", reason)
	}
	return d.records.frame()
}

// closes reports whether the value at a position is whole.
func (d *document) closes(pos int) bool {
	c := cursor{data: d.source.data, pos: pos}
	_, _, ok := c.value()
	return ok || c.pos < len(d.source.data)
}

// member is one key and value of an object.
type member struct {
	key   string
	value span
	rows  bool // an array whose first element is an object
	first byte // of the value
}

// members lists an object's keys; whole is false when it is broken or ends too early.
func (d *document) members(from int) (out []member, whole bool, err error) {
	var parser fastjson.Parser
	whole, err = d.cursor.elements(from, func(key, v span) error {
		if err := d.step(); err != nil {
			return err
		}
		m := member{value: v, first: d.source.data[v.from]}
		if k, err := parser.ParseBytes(d.source.data[key.from:min(key.to, key.from+1<<16)]); err == nil {
			text, _ := k.StringBytes()
			m.key = strings.ToValidUTF8(string(text), "\uFFFD")
		}
		inner := cursor{data: d.source.data[:v.to], pos: v.from + 1}
		m.rows = m.first == '[' && inner.blanks() == '{'
		out = append(out, m)
		return nil
	})
	return out, whole, err
}

// object reads a document that is one object: columns and rows, one array of records inside,
// columns, or a single record.
func (d *document) object(from int) (dataframe.DataFrame, error) {
	members, whole, err := d.members(from)
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	if !whole {
		return d.truncated(members)
	}
	d.cursor.blanks()
	if d.cursor.pos < len(d.source.data) {
		return d.several(from)
	}
	if columns, rows, ok := columnsAndRows(members); ok {
		return d.split(columns, rows)
	}
	if m, ok := tables(members); ok {
		return d.onlyTable(m)
	}
	m, err := recordArray(members)
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	if m != nil {
		return d.array(m.value.from)
	}
	if columnar(members) {
		return d.columns(members)
	}
	return d.several(from)
}

// truncated reads what is there of an object that ends too early, when it is an array of records.
func (d *document) truncated(members []member) (dataframe.DataFrame, error) {
	c := cursor{data: d.source.data, pos: d.cursor.pos}
	if c.blanks() == '[' {
		c.pos++
		if c.blanks() == '{' {
			return d.array(d.cursor.pos)
		}
	}
	return dataframe.DataFrame{}, fmt.Errorf("the JSON object is broken or ends too early at byte %d, line %d, after %d keys: get a whole copy",
		d.source.place(d.cursor.pos), d.lineOf(d.cursor.pos), len(members))
}

// several reads objects one after another, which may be a single one, as rows.
func (d *document) several(from int) (dataframe.DataFrame, error) {
	d.cursor.pos = from
	for d.cursor.blanks() != 0 {
		if err := d.step(); err != nil {
			return dataframe.DataFrame{}, err
		}
		from, to, ok := d.cursor.value()
		if !ok {
			d.cursor.pos = from
			return d.end(false)
		}
		if err := d.records.add(d.lineOf(from), from, to); err != nil {
			return dataframe.DataFrame{}, err
		}
	}
	return d.records.frame()
}

// usualNames are the keys under which services put their records.
var usualNames = []string{"value", "results", "data", "rows", "records", "events", "hits"}

// recordArray finds the member that holds the records.
func recordArray(members []member) (*member, error) {
	var found []*member
	var names []string
	for i := range members {
		if members[i].rows {
			found = append(found, &members[i])
			names = append(names, dataframe.Clip(members[i].key))
		}
	}
	if len(found) <= 1 {
		if len(found) == 0 {
			return nil, nil
		}
		return found[0], nil
	}
	for _, usual := range usualNames {
		for _, m := range found {
			if strings.EqualFold(m.key, usual) {
				return m, nil
			}
		}
	}
	return nil, errors.New("the JSON object holds several arrays of records (" + strings.Join(names[:min(8, len(names))], ", ") +
		"): write the one you want into a file of its own")
}
