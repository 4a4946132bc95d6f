package logs

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/valyala/fastjson"
)

// records collects JSON objects as rows. Columns come in the order in which their keys are
// first seen; a row without a key has null there.
type records struct {
	source  *source
	parser  fastjson.Parser
	columns []*jsonColumn
	number  map[string]int
	values  []*fastjson.Value // of the current record, by column
	rows    int
	bad     dataframe.BadRecords
	visited int // keys of the current record so far
	scratch []byte
	events  *jsonEvents // takes the records where they are Windows events

	children string // key under which a record holds others, "" when it holds none

	shape     *shape // nil: a record's own keys are the columns
	arena     fastjson.Arena
	key, path []byte // of a column
}

// jsonColumn is one key's values.
type jsonColumn struct {
	name    string
	builder *dataframe.Builder
	nested  int // values that were objects or arrays
}

func newRecords(s *source) *records { return &records{source: s, number: map[string]int{}} }

// maxRecord is the length of a record that is still read: parsing needs 44 times the memory.
const maxRecord = 8 << 20

// add reads data[from:to] as one JSON object and makes it a row, or a bad record.
func (r *records) add(line, from, to int) error {
	if to-from > maxRecord {
		r.source.reject(&r.bad, line, from, to, "record of %d bytes, more than %d", to-from, maxRecord)
		return nil
	}
	value, fault := r.parse(r.source.data[from:to])
	if fault != "" {
		r.source.reject(&r.bad, line, from, to, "%s", fault)
		return nil
	}
	return r.row(value, line, from, to)
}

// parse reads one JSON text.
func (r *records) parse(text []byte) (value *fastjson.Value, fault string) {
	if !utf8.Valid(text) {
		return nil, "text is not UTF-8"
	}
	value, err := r.parser.ParseBytes(text)
	if err != nil {
		return nil, "not JSON: " + shortCause(err)
	}
	return value, ""
}

// shortCause returns the parser's reason without the record's text, which it repeats.
func shortCause(err error) string {
	reason, _, _ := strings.Cut(err.Error(), ";")
	return strings.ToValidUTF8(strings.TrimPrefix(reason, "cannot parse JSON: "), "\uFFFD")
}

// row makes a parsed object a row.
func (r *records) row(value *fastjson.Value, line, from, to int) error {
	object, err := value.Object()
	if err != nil {
		r.source.reject(&r.bad, line, from, to, "not a JSON object but %s", withArticle(value.Type()))
		return nil
	}
	if r.events != nil {
		if err := r.events.record(value); err != nil {
			r.source.reject(&r.bad, line, from, to, "%v", err)
		}
		return nil
	}
	if r.children != "" {
		return r.nested(value, line, from, to)
	}
	if r.shape != nil {
		r.arena.Reset()
		fault, err := r.shape.rows(r, value)
		if fault != "" {
			r.source.reject(&r.bad, line, from, to, "%s", fault)
		}
		return err
	}
	clear(r.values)
	r.visited = 0
	fault := ""
	var failed error
	object.Visit(func(key []byte, v *fastjson.Value) {
		if failed != nil || fault != "" {
			return
		}
		if fault = badNumber(v, &r.scratch); fault != "" {
			return
		}
		var i int
		if i, failed = r.column(key); failed == nil {
			r.values[i] = v // of equal keys the last counts, as in most languages
		}
	})
	if failed != nil {
		return failed
	}
	if fault != "" {
		r.source.reject(&r.bad, line, from, to, "%s", fault)
		return nil
	}
	r.append()
	return nil
}

// append makes the current values a row.
func (r *records) append() {
	for i, v := range r.values {
		r.columns[i].add(v, &r.scratch)
	}
	r.rows++
}

func withArticle(t fastjson.Type) string {
	switch t {
	case fastjson.TypeArray:
		return "an array"
	case fastjson.TypeNull:
		return "null"
	}
	return "a " + t.String()
}

// column returns the number of a key's column, which is new when the key is.
func (r *records) column(key []byte) (int, error) {
	// rows mostly have the same keys in the same order
	if i := r.visited; i < len(r.columns) && r.columns[i].name == string(key) {
		r.visited++
		return i, nil
	}
	r.visited++
	if i, ok := r.number[string(key)]; ok {
		return i, nil
	}
	// every row has a cell in every column: a file of ever new keys must not fill the memory
	if cells := (len(r.columns) + 1) * (r.rows + 1); cells > max(1<<24, 16*r.source.bytes()) {
		return 0, fmt.Errorf("%d different keys in %d records are not a table: the records may be nested differently", len(r.columns)+1, r.rows)
	}
	name := string(key)
	i := len(r.columns)
	c := &jsonColumn{name: name, builder: dataframe.NewBuilder(name)}
	for range r.rows {
		c.builder.AppendNull()
	}
	r.columns = append(r.columns, c)
	r.values = append(r.values, nil)
	r.number[name] = i
	return i, nil
}

// add appends a value; nil is null.
func (c *jsonColumn) add(v *fastjson.Value, scratch *[]byte) {
	if v == nil {
		c.builder.AppendNull()
		return
	}
	switch v.Type() {
	case fastjson.TypeNull:
		c.builder.AppendNull()
	case fastjson.TypeString:
		text, _ := v.StringBytes()
		c.builder.AppendBytes(text)
	case fastjson.TypeTrue, fastjson.TypeFalse:
		c.builder.AppendBool(v.Type() == fastjson.TypeTrue)
	case fastjson.TypeNumber:
		*scratch = v.MarshalTo((*scratch)[:0])
		c.addNumber(string(*scratch))
	default:
		*scratch = v.MarshalTo((*scratch)[:0])
		c.builder.AppendBytes(*scratch)
		c.nested++
	}
}

// addNumber appends a number as JSON writes it: an integer when it is written as one. An
// integer beyond 64 bits stays text; NaN, which JSON does not have but Python writes, is null.
func (c *jsonColumn) addNumber(s string) {
	if v, ok := parseInt(s); ok {
		c.builder.AppendInt(v)
		return
	}
	v, ok := parseFloat(s)
	switch {
	case ok && !math.IsNaN(v):
		c.builder.AppendFloat(v)
	case isNaN(s):
		c.builder.AppendNull()
	default:
		c.builder.AppendString(s)
	}
}

// badNumber finds what the parser takes for a number and is none.
func badNumber(v *fastjson.Value, scratch *[]byte) string {
	if v.Type() != fastjson.TypeNumber {
		return ""
	}
	*scratch = v.MarshalTo((*scratch)[:0])
	s := string(*scratch)
	if isNumber(s) || isNaN(s) {
		return ""
	}
	if _, ok := parseFloat(s); ok {
		return ""
	}
	return "not a number: " + dataframe.Clip(s)
}

// frame ends the reading.
func (r *records) frame() (dataframe.DataFrame, error) {
	if r.events != nil {
		return r.events.frame(r.bad)
	}
	columns := make([]dataframe.Column, len(r.columns))
	var notes []string
	for i, c := range r.columns {
		column, note := c.column()
		if r.shape != nil && r.shape.finish != nil {
			column = r.shape.finish(column)
		}
		columns[i] = column
		r.columns[i] = nil // so that its dictionary does not wait for the others
		if note != "" {
			notes = append(notes, note)
		}
		if err := r.source.stopped(); err != nil {
			return dataframe.DataFrame{}, err
		}
	}
	df, err := frame(columns, r.bad, notes)
	return snapshotColumns(expandEventData(r.source, df)), err
}

// column returns the values as a column, texts that are all date-times as times, and what a
// person should know about it.
func (c *jsonColumn) column() (dataframe.Column, string) {
	column := c.builder.Column()
	if c.nested > 0 {
		return column, fmt.Sprintf("column %q holds %d nested values: kept as JSON text", c.name, c.nested)
	}
	if mixed := c.builder.Mixed(); mixed != "" {
		return column, mixed
	}
	if column.Kind() == dataframe.String {
		if codes, texts := column.Codes(); len(texts) > 0 {
			if times, ok := timeColumn(c.name, codes, texts); ok {
				return times, ""
			}
		}
	}
	return column, ""
}
