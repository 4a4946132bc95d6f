package logs

import (
	"bytes"
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/valyala/fastjson"
)

// dataText finds the fields of an event in one text that holds all its EventData, as XML or as
// JSON: Sentinel's tables Event, SecurityEvent and WindowsEvent have it so, and exports of them.
// Only what the event lacks is taken, and how much is counted; the text stays in its column.
// https://learn.microsoft.com/azure/azure-monitor/reference/tables/windowsevent
type dataText struct {
	fields *eventTable // the fields of one text
	xml    *xmlEvents
	parser fastjson.Parser
	filled map[string]int
	broken int
}

func newDataText(s *source) dataText {
	t := newEventTable(s)
	x := &xmlEvents{table: t, elements: elements{table: t}, words: map[string]string{}}
	return dataText{fields: t, xml: x, filled: map[string]int{}}
}

// fill gives the current event of a table the fields that its EventData has.
func (d *dataText) fill(t *eventTable) error {
	text, ok := t.value("EventData")
	if !ok || !d.read(text) {
		return nil
	}
	for _, f := range d.fields.pending {
		name := d.fields.columns[f.column].name
		if _, there := t.value(name); there {
			continue
		}
		if err := t.set(name, d.fields.text[f.from:f.to]); err != nil {
			return err
		}
		d.filled[name]++
	}
	return nil
}

// read reads the fields of a text; ok is false when it holds none.
func (d *dataText) read(text []byte) (ok bool) {
	d.fields.drop()
	switch first := firstByte(text); {
	case len(text) > maxMessage:
		return false
	case first == '<':
		ok = d.readXML(text)
	case first == '{':
		ok = d.readJSON(text)
	default:
		return false
	}
	if !ok {
		d.broken++
		d.fields.drop()
	}
	return ok
}

var dataBegin, dataEnd = []byte("<EventData"), []byte("</EventData>")

func (d *dataText) readXML(text []byte) bool {
	from, to := bytes.Index(text, dataBegin), bytes.LastIndex(text, dataEnd)
	if from < 0 || to < from {
		return bytes.HasSuffix(bytes.TrimSpace(text), []byte("/>")) // <EventData/>
	}
	whole := append(append([]byte("<Event>"), text[from:to+len(dataEnd)]...), "</Event>"...)
	d.xml.source = &source{data: whole, offset: -1}
	next, err := d.xml.event(0)
	return err == nil && next == len(whole)
}

func (d *dataText) readJSON(text []byte) bool {
	v, err := d.parser.ParseBytes(text)
	if err != nil {
		return false
	}
	j := jsonEvents{table: d.fields}
	j.each(v, func(key string, v *fastjson.Value) { j.field(dataColumn("EventData", key), v) })
	return j.err == nil
}

func (d *dataText) notes() []string {
	notes := filledNotes(d.filled, "EventData")
	if d.broken > 0 {
		notes = append(notes, fmt.Sprintf("%d texts of EventData could not be read as XML or JSON: they stay as they are", d.broken))
	}
	return notes
}

// expandEventData gives a table of events with EventData as one text the fields that are in it
// as columns, after its own.
func expandEventData(s *source, df dataframe.DataFrame) dataframe.DataFrame {
	if !df.Has("EventData") || !df.Has("EventID") || df.Col("EventData").Kind() != dataframe.String {
		return df
	}
	codes, texts := df.Col("EventData").Codes()
	d, t := newDataText(s), newEventTable(s)
	for row, code := range codes {
		if code >= 0 && d.read([]byte(texts[code])) {
			d.add(t, df, row)
		}
		t.keep()
	}
	return d.merge(t, df)
}

// add takes what a row of the frame lacks.
func (d *dataText) add(t *eventTable, df dataframe.DataFrame, row int) {
	for _, f := range d.fields.pending {
		name := d.fields.columns[f.column].name
		if df.Has(name) && !df.Col(name).IsNull(row) {
			continue
		}
		if t.set(name, d.fields.text[f.from:f.to]) != nil {
			d.broken++
			return
		}
		d.filled[name]++
	}
}

// merge gives the frame the columns of the table: new ones behind its own, and values in the
// place of nulls.
func (d *dataText) merge(t *eventTable, df dataframe.DataFrame) dataframe.DataFrame {
	notes := append(df.Notes(), d.notes()...)
	columns := df.Columns()
	for _, c := range t.columns {
		c.pad(t.rows)
		if !df.Has(c.name) {
			columns = append(columns, c.eventColumn())
			continue
		}
		own := df.Col(c.name)
		both := newCells(c.name)
		for row, code := range c.codes {
			switch {
			case code >= 0:
				both.addString(c.texts[code])
			case own.IsNull(row):
				both.addNull()
			default:
				both.addString(own.Text(row))
			}
		}
		for i := range columns {
			if columns[i].Name() == c.name {
				columns[i] = both.eventColumn()
			}
		}
	}
	if len(t.columns) == 0 {
		return df
	}
	out := dataframe.New(columns...).WithBad(df.Bad()).WithNotes(notes...)
	if index := df.Index(); !counts(index) {
		out = out.WithIndex(index)
	}
	return out
}
