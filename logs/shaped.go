package logs

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/valyala/fastjson"
)

// shape turns the JSON of one kind of log into rows: what is nested becomes columns, and a record
// of several results becomes several rows.
type shape struct {
	is     func(*fastjson.Value) bool                               // whether a record is of this kind
	rows   func(r *records, record *fastjson.Value) (string, error) // adds a record's rows, or says what is wrong with it
	finish func(dataframe.Column) dataframe.Column                  // gives a column its type; may be nil
}

// shapedFormat makes a format of a shape: one record in each line, an array of them, or one record
// after another.
func shapedFormat(f Format, sh *shape) *format {
	return &format{
		Format:  f,
		matches: func(s *source) bool { return s.looksLike(sh) },
		streams: streamsRecords,
		decode: func(s *source) (dataframe.DataFrame, error) {
			r := newRecords(s)
			r.shape = sh
			if firstByte(s.data) == '{' && looksLikeLines(s) {
				return readRecordLines(s, r)
			}
			return readShapedJSON(s, r)
		},
	}
}

// readShapedJSON reads an array of records, or records one after another.
func readShapedJSON(s *source, r *records) (dataframe.DataFrame, error) {
	d := &document{source: s, cursor: cursor{data: s.data}, records: r, line: 1}
	switch d.cursor.blanks() {
	case '[':
		return d.array(d.cursor.pos)
	case '{':
		return d.several(d.cursor.pos)
	}
	return dataframe.DataFrame{}, fmt.Errorf("JSON begins with { or [, this text with %s: leave Options.Format empty to find the format",
		dataframe.Clip(string(s.data[d.cursor.pos:min(len(s.data), d.cursor.pos+20)])))
}

const (
	shapeTries  = 5       // records that are looked at
	shapeSample = 1 << 20 // and the bytes that one of them may have
)

// looksLike reports whether most of the first records are of a kind.
func (s *source) looksLike(sh *shape) bool {
	c := cursor{data: s.data}
	if c.blanks() == '[' {
		c.pos++
	}
	tried, fit := 0, 0
	var parser fastjson.Parser
	for tried < shapeTries && c.blanks() != 0 {
		tried++
		record, ok := c.within(shapeSample).object()
		if !ok {
			c.nextLine() // a broken record must not hide the others
			continue
		}
		c.pos += len(record)
		if v, err := parser.ParseBytes(record); err == nil && sh.is(v) {
			fit++
		}
		if c.blanks() == ',' {
			c.pos++
		}
		if c.blanks() == ']' {
			break
		}
	}
	return 2*fit > tried
}

// within returns a cursor at the same place that sees only so many bytes.
func (c *cursor) within(most int) *cursor {
	c.blanks()
	return &cursor{data: c.data[c.pos:min(len(c.data), c.pos+most)]}
}

// object returns the text of the object that begins here.
func (c *cursor) object() ([]byte, bool) {
	if c.blanks() != '{' {
		return nil, false
	}
	from, to, ok := c.value()
	return c.data[from:to], ok
}

// nextLine goes to the beginning of the next line.
func (c *cursor) nextLine() {
	if i := bytes.IndexByte(c.data[c.pos:], '\n'); i >= 0 {
		c.pos += i + 1
		return
	}
	c.pos = len(c.data)
}

// set puts a value into the current row; the first of one name counts. Null is no value.
func (r *records) set(name []byte, v *fastjson.Value) error {
	if v == nil || v.Type() == fastjson.TypeNull {
		return nil
	}
	i, err := r.column(name)
	if err == nil && r.values[i] == nil {
		r.values[i] = v
	}
	return err
}

// setName is set for a name that the program has.
func (r *records) setName(name string, v *fastjson.Value) error {
	r.key = append(r.key[:0], name...)
	return r.set(r.key, v)
}

// others puts the members of an object into the row that are none of the ones named.
func (r *records) others(v *fastjson.Value, not ...string) error {
	o, err := v.Object()
	if err != nil {
		return nil
	}
	var failed error
	o.Visit(func(key []byte, v *fastjson.Value) {
		if failed != nil {
			return
		}
		for _, n := range not {
			if string(key) == n {
				return
			}
		}
		failed = r.setOwn(key, v)
	})
	return failed
}

// setOwn puts a value into the row, under NAME_x when the row has a value of its name already.
func (r *records) setOwn(key []byte, v *fastjson.Value) error {
	if v.Type() == fastjson.TypeNull {
		return nil
	}
	for {
		i, err := r.column(key)
		if err != nil {
			return err
		}
		if r.values[i] == nil {
			r.values[i] = v
			return nil
		}
		key = append(append(r.key[:0], key...), "_x"...)
		r.key = key
	}
}

func firstError(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// maxShapeDepth bounds the objects inside each other that become columns; what is deeper stays
// JSON text.
const maxShapeDepth = 8

// flatten puts an object's values into the current row, in columns named prefix, key, and the
// keys of the objects inside, with an underscore between. Arrays stay JSON text, and so do the
// objects for which whole is true: those whose keys are anybody's choice, such as labels.
func (r *records) flatten(prefix string, v *fastjson.Value, whole func(key []byte) bool) error {
	if v == nil {
		return nil
	}
	if v.Type() != fastjson.TypeObject {
		return r.setName(strings.TrimSuffix(prefix, "_"), v)
	}
	r.path = append(r.path[:0], prefix...)
	return r.flattenAt(v, whole, 0)
}

func (r *records) flattenAt(v *fastjson.Value, whole func([]byte) bool, depth int) error {
	o, err := v.Object()
	if err != nil {
		return nil
	}
	base := len(r.path)
	var failed error
	o.Visit(func(key []byte, v *fastjson.Value) {
		if failed != nil {
			return
		}
		r.path = append(r.path[:base], key...)
		if v.Type() == fastjson.TypeObject && depth < maxShapeDepth && !whole(key) {
			r.path = append(r.path, '_')
			failed = r.flattenAt(v, whole, depth+1)
		} else {
			failed = r.set(r.path, v)
		}
	})
	r.path = r.path[:base]
	return failed
}

// begin starts a row.
func (r *records) begin() {
	clear(r.values)
	r.visited = 0
}

// unixTimes turns a column of seconds or nanoseconds since 1970 into times, when all values are
// such; others stay.
func unixTimes(c dataframe.Column, unit int64) dataframe.Column {
	if c.Kind() != dataframe.Int {
		return c
	}
	const year = 365 * 24 * 3600 * 1_000_000_000
	nanos, valid := make([]int64, c.Len()), make([]bool, c.Len())
	for i, v := range c.Ints() {
		if c.IsNull(i) {
			continue
		}
		if v < year/unit || v > 200*year/unit {
			return c
		}
		nanos[i], valid[i] = v*unit, true
	}
	return dataframe.Nanos(c.Name(), nanos, true, valid)
}

// numbers turns a column of texts that are all integers into integers.
func numbers(c dataframe.Column) dataframe.Column {
	if c.Kind() != dataframe.String {
		return c
	}
	codes, texts := c.Codes()
	if out, ok := intColumn(c.Name(), codes, texts); ok {
		return out
	}
	return c
}

// isText reports whether a record has a text under a key.
func isText(v *fastjson.Value, key string) bool {
	field := v.Get(key)
	return field != nil && field.Type() == fastjson.TypeString
}

func isObject(v *fastjson.Value) bool { return v != nil && v.Type() == fastjson.TypeObject }

func endsInLabels(key []byte) bool {
	s := string(key)
	return strings.HasSuffix(s, "labels") || strings.HasSuffix(s, "annotations")
}
