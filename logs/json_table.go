package logs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/valyala/fastjson"
)

// named returns the member with a key, whatever its case.
func named(members []member, key string) *member {
	for i := range members {
		if strings.EqualFold(members[i].key, key) {
			return &members[i]
		}
	}
	return nil
}

// columnsAndRows recognises {"columns": [...], "data" or "rows": [[...], ...]}, as pandas
// (orient="split") and Azure's query services write tables.
func columnsAndRows(members []member) (columns, rows *member, ok bool) {
	columns, rows = named(members, "columns"), named(members, "rows")
	if rows == nil {
		rows = named(members, "data")
	}
	ok = columns != nil && rows != nil && columns.first == '[' && rows.first == '[' && !rows.rows
	return columns, rows, ok
}

// tables recognises {"tables": [{"columns": ..., "rows": ...}]}.
// https://learn.microsoft.com/en-us/rest/api/loganalytics/query/get
func tables(members []member) (*member, bool) {
	m := named(members, "tables")
	return m, m != nil && m.rows
}

// onlyTable reads the one table of an answer of a query service.
func (d *document) onlyTable(m *member) (dataframe.DataFrame, error) {
	var found []span
	if err := d.within("the array of tables", m.value.from, func(_, v span) error {
		found = append(found, v)
		return d.step()
	}); err != nil {
		return dataframe.DataFrame{}, err
	}
	if len(found) != 1 {
		return dataframe.DataFrame{}, fmt.Errorf("the JSON object holds %d tables: write the one you want into a file of its own", len(found))
	}
	members, _, err := d.members(found[0].from)
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	columns, rows, ok := columnsAndRows(members)
	if !ok {
		return d.array(m.value.from)
	}
	return d.split(columns, rows)
}

// split reads rows that are arrays, with the columns' names apart.
func (d *document) split(columns, rows *member) (dataframe.DataFrame, error) {
	names, err := d.columnNames(columns.value.from)
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	for _, name := range distinctNames(names) {
		if _, err := d.records.column([]byte(name)); err != nil {
			return dataframe.DataFrame{}, err
		}
	}
	whole, err := d.cursor.elements(rows.value.from, func(_, v span) error {
		d.records.addArray(d.lineOf(v.from), v.from, v.to)
		return d.step()
	})
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	return d.end(whole)
}

// within calls each for the elements of a part that must be whole.
func (d *document) within(what string, from int, each func(key, value span) error) error {
	whole, err := d.cursor.elements(from, each)
	if err == nil && !whole {
		return fmt.Errorf("%s is broken at byte %d", what, d.source.place(d.cursor.pos))
	}
	return err
}

// columnNames reads an array of names, or of objects with a name each.
func (d *document) columnNames(from int) ([]string, error) {
	var names []string
	var parser fastjson.Parser
	err := d.within("the array of column names", from, func(_, v span) error {
		if err := d.step(); err != nil {
			return err
		}
		value, err := parser.ParseBytes(d.source.data[v.from:min(v.to, v.from+1<<16)])
		if err != nil {
			return fmt.Errorf("the name of column %d cannot be read: %s", len(names)+1, shortCause(err))
		}
		for _, key := range []string{"name", "Name", "ColumnName"} {
			if inner := value.Get(key); inner != nil {
				value = inner
				break
			}
		}
		text, err := value.StringBytes()
		if err != nil {
			text = value.MarshalTo(nil)
		}
		names = append(names, strings.ToValidUTF8(string(text), "\uFFFD"))
		return nil
	})
	return names, err
}

// addArray reads data[from:to] as an array with one value for each column.
func (r *records) addArray(line, from, to int) {
	if to-from > maxRecord {
		r.source.reject(&r.bad, line, from, to, "record of %d bytes, more than %d", to-from, maxRecord)
		return
	}
	value, fault := r.parse(r.source.data[from:to])
	if fault == "" {
		var values []*fastjson.Value
		var err error
		if values, err = value.Array(); err != nil {
			fault = "not a JSON array but " + withArticle(value.Type())
		} else if len(values) != len(r.columns) {
			fault = fmt.Sprintf("row has %d values, want %d", len(values), len(r.columns))
		}
		for _, v := range values {
			if fault == "" {
				fault = badNumber(v, &r.scratch)
			}
		}
		if fault == "" {
			copy(r.values, values)
			r.append()
			return
		}
	}
	r.source.reject(&r.bad, line, from, to, "%s", fault)
}

// columnar reports whether every member is a column: all arrays, or all objects as pandas
// writes them (orient="columns", row labels as keys).
func columnar(members []member) bool {
	for _, m := range members {
		if m.first != members[0].first || m.first != '[' && m.first != '{' {
			return false
		}
	}
	return len(members) > 0
}

// columns reads one column from each member.
func (d *document) columns(members []member) (dataframe.DataFrame, error) {
	names := make([]string, len(members))
	for i, m := range members {
		names[i] = m.key
	}
	var labels []string
	for i, name := range distinctNames(names) {
		c := &jsonColumn{name: name, builder: dataframe.NewBuilder(name)}
		d.records.columns = append(d.records.columns, c)
		keys, err := d.column(c, members[i].value.from)
		if err != nil {
			return dataframe.DataFrame{}, err
		}
		if i == 0 {
			labels = keys
		} else if len(keys) != len(labels) || c.builder.Len() != d.records.columns[0].builder.Len() || !slices.Equal(keys, labels) {
			return dataframe.DataFrame{}, fmt.Errorf("column %s does not have the rows that column %s has: the columns of a table have equal rows",
				dataframe.Clip(name), dataframe.Clip(d.records.columns[0].name))
		}
	}
	df, err := d.records.frame()
	if err != nil || len(labels) == 0 || len(labels) != df.Nrow() {
		return df, err
	}
	c := newCells("")
	for _, label := range labels {
		c.addString(label)
	}
	if column := c.column(); !counts(column) {
		df = df.WithIndex(column)
	}
	return df, nil
}

// column reads the values of one column, and the row labels that are their keys.
func (d *document) column(c *jsonColumn, from int) (keys []string, err error) {
	r := d.records
	err = d.within("column "+dataframe.Clip(c.name), from, func(key, v span) error {
		if v.to-v.from > maxRecord || key.to-key.from > maxRecord {
			return fmt.Errorf("a value of %d bytes at byte %d is more than %d", v.to-v.from, d.source.place(v.from), maxRecord)
		}
		if key.to > key.from {
			k, fault := r.parse(d.source.data[key.from:key.to])
			if fault != "" {
				return fmt.Errorf("the key at byte %d: %s", d.source.place(key.from), fault)
			}
			text, _ := k.StringBytes()
			keys = append(keys, string(text))
		}
		value, fault := r.parse(d.source.data[v.from:v.to])
		if fault == "" {
			fault = badNumber(value, &r.scratch)
		}
		if fault != "" {
			return fmt.Errorf("the value at byte %d: %s", d.source.place(v.from), fault)
		}
		c.add(value, &r.scratch)
		return d.step()
	})
	return keys, err
}
