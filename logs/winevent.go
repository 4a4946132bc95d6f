package logs

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Windows events become rows the same way, whether they come as binary XML (evtx), as XML or as
// JSON. The fields of System have the columns of [systemColumns]; the fields of EventData and
// UserData have columns of their own names, as their provider's manifest gives them. A name that
// System has as well gets its section before it ("EventData.Version"); a name that comes again in
// one event gets a number ("Data", "Data.1"), so nothing is overwritten.
// https://learn.microsoft.com/windows/win32/wes/eventschema-systempropertiestype-complextype

// systemColumns are the columns of the fields of System, in their order in the frame.
var systemColumns = []string{
	"TimeCreated", "TimeGenerated", "EventID", "Computer", "Channel", "Provider", "ProviderGuid", "EventSourceName",
	"EventRecordID", "Level", "Task", "Opcode", "Keywords", "Version", "Qualifiers",
	"ActivityID", "RelatedActivityID", "ExecutionProcessID", "ThreadID", "UserID",
}

// systemColumn says which of the columns have the names that events must not use again.
var systemColumn = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range systemColumns {
		m[name] = true
	}
	return m
}()

// eventTable collects events as rows.
type eventTable struct {
	source  *source
	columns []*cells
	number  map[string]int
	latest  []int // by column, the event that had it latest

	event   int // number of the current event, from 1
	pending []eventField
	text    []byte // the values of the current event

	rows  int
	bad   dataframe.BadRecords
	notes []string
}

// eventField is one value of the current event: text[from:to].
type eventField struct{ column, from, to int }

func newEventTable(s *source) *eventTable {
	return &eventTable{source: s, number: map[string]int{}, event: 1}
}

// set gives the current event a value. It fails when there are too many names for a table.
func (t *eventTable) set(name string, value []byte) error {
	i, ok := t.number[name]
	if ok && t.latest[i] == t.event {
		return t.again(name, value)
	}
	if !ok {
		var err error
		if i, err = t.add(name); err != nil {
			return err
		}
	}
	t.latest[i] = t.event
	from := len(t.text)
	t.text = append(t.text, value...)
	t.pending = append(t.pending, eventField{i, from, len(t.text)})
	return nil
}

// again gives the current event another value of the same name.
func (t *eventTable) again(name string, value []byte) error {
	for k := 1; ; k++ {
		numbered := name + "." + strconv.Itoa(k)
		if i, ok := t.number[numbered]; !ok || t.latest[i] != t.event {
			return t.set(numbered, value)
		}
		if k == maxRepeats {
			return fmt.Errorf("more than %d values of the same name", maxRepeats)
		}
	}
}

// maxRepeats is the number of equal names in an event that are kept apart.
const maxRepeats = 1000

// add makes a column. Every row has a cell in every column, so ever new names must not fill the
// memory.
func (t *eventTable) add(name string) (int, error) {
	if n := (len(t.columns) + 1) * (t.rows + 1); n > max(1<<24, 2*t.source.bytes()) {
		return 0, fmt.Errorf("%d different names of fields are too many for a table", len(t.columns)+1)
	}
	i := len(t.columns)
	t.columns = append(t.columns, newCells(name))
	t.latest = append(t.latest, 0)
	t.number[name] = i
	return i, nil
}

// value returns what the current event has under a name.
func (t *eventTable) value(name string) ([]byte, bool) {
	i, ok := t.number[name]
	if !ok || t.latest[i] != t.event {
		return nil, false
	}
	for _, f := range t.pending {
		if f.column == i {
			return t.text[f.from:f.to], true
		}
	}
	return nil, false
}

// keep makes the current event a row.
func (t *eventTable) keep() {
	for _, f := range t.pending {
		c := t.columns[f.column]
		c.pad(t.rows)
		c.add(t.text[f.from:f.to])
	}
	t.rows++
	t.drop()
}

// drop forgets the current event.
func (t *eventTable) drop() {
	t.event++
	t.pending, t.text = t.pending[:0], t.text[:0]
}

// pad adds nulls up to a number of rows.
func (c *cells) pad(rows int) {
	for len(c.codes) < rows {
		c.addNull()
	}
}

// frame ends the reading: the fields of System come first, then the others as they came.
func (t *eventTable) frame() (dataframe.DataFrame, error) {
	if t.rows == 0 && t.bad.Total == 0 {
		return dataframe.DataFrame{}, fmt.Errorf("there is no event in the file: the log was empty, or has been cleared")
	}
	t.coalesce("TimeGenerated", "TimeCreated")
	t.coalesce("TimeCreated", "TimeGenerated")
	var system, others []dataframe.Column
	for _, c := range t.columns {
		if c.pad(t.rows); len(c.texts) == 0 {
			continue // only an event that was dropped had it
		}
		column := c.eventColumn()
		if systemColumn[c.name] {
			system = append(system, column)
		} else {
			others = append(others, column)
		}
		if err := t.source.stopped(); err != nil {
			return dataframe.DataFrame{}, err
		}
	}
	return frame(append(ordered(system), others...), t.bad, t.notes)
}

// coalesce gives the events without a value in one column that of another, when there are both.
func (t *eventTable) coalesce(name, other string) {
	i, ok1 := t.number[name]
	k, ok2 := t.number[other]
	if !ok1 || !ok2 {
		return
	}
	to, from := t.columns[i], t.columns[k]
	to.pad(t.rows)
	from.pad(t.rows)
	codes := to.codes
	to.codes = nil
	for row, code := range codes {
		if code < 0 && from.codes[row] >= 0 {
			to.addString(from.texts[from.codes[row]])
		} else {
			to.codes = append(to.codes, code)
		}
	}
}

// ordered puts the fields of System into their order, and gives the time its second name: the
// one that Sentinel uses, by which process schemas find it.
func ordered(system []dataframe.Column) []dataframe.Column {
	named := func(name string) int {
		return slices.IndexFunc(system, func(c dataframe.Column) bool { return c.Name() == name })
	}
	if i := named("TimeCreated"); i >= 0 && named("TimeGenerated") < 0 {
		system = append(system, system[i].Named("TimeGenerated"))
	}
	slices.SortStableFunc(system, func(a, b dataframe.Column) int {
		return slices.Index(systemColumns, a.Name()) - slices.Index(systemColumns, b.Name())
	})
	return system
}

// eventColumn returns a column as integers or times when all its texts are, as text otherwise.
// Numbers with a fraction stay text: most are versions, "4.50" is not 4.5.
func (c *cells) eventColumn() dataframe.Column {
	c.words = nil
	if column, ok := intColumn(c.name, c.codes, c.texts); ok {
		return column
	}
	if column, ok := timeColumn(c.name, c.codes, c.texts); ok {
		return column
	}
	return c.text()
}
