package logs

import (
	"fmt"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// powershellKeys are the columns by which a table is known to be of Get-WinEvent.
var powershellKeys = []string{"Id", "ProviderName", "LogName", "MachineName"}

// powershellEvents gives a table that Get-WinEvent | Export-Csv wrote the columns that its JSON
// gets: those of the event log itself, and what the events' text says. Other tables stay.
func powershellEvents(s *source, df dataframe.DataFrame) (dataframe.DataFrame, error) {
	for _, key := range powershellKeys {
		if !df.Has(key) {
			return df, nil
		}
	}
	t := newEventTable(s)
	message := messageFields{table: t, filled: map[string]int{}}
	for row := range df.Nrow() {
		for _, c := range df.Columns() {
			if c.IsNull(row) || c.Text(row) == "" {
				continue
			}
			if err := t.set(powershellName(df, c.Name()), []byte(c.Text(row))); err != nil {
				return df, err
			}
		}
		if err := message.fill(); err != nil {
			return df, err
		}
		t.keep()
	}
	t.notes = append(t.notes, message.notes()...)
	if note := t.datePowershell(); note != "" {
		t.notes = append(t.notes, note)
	}
	t.bad, t.notes = df.Bad(), append(t.notes, df.Notes()...)
	return t.frame()
}

// powershellName is the event log's own name of a column, unless the table has that as well.
func powershellName(df dataframe.DataFrame, name string) string {
	if own := powershellNames[name]; own != "" && !df.Has(own) {
		return own
	}
	return name
}

// powershellDates are the ways in which Export-Csv writes a time, which are those of the machine's
// language: month before day, and day before month.
var powershellDates = [2][]string{
	{"1/2/2006 3:04:05 PM", "1/2/2006 15:04:05"},
	{"2/1/2006 15:04:05", "2/1/2006 3:04:05 PM", "2.1.2006 15:04:05", "2-1-2006 15:04:05"},
}

// datePowershell reads the times of a table, all of them in one order of day and month, and says
// what it took them for. Times that are ISO 8601 already, and those that no order fits, stay.
func (t *eventTable) datePowershell() (note string) {
	i, ok := t.number["TimeCreated"]
	if !ok {
		return ""
	}
	texts := t.columns[i].texts
	for order, layouts := range powershellDates {
		if dated, ok := datesOf(texts, layouts); ok {
			copy(texts, dated)
			return fmt.Sprintf("times written by PowerShell have no zone and no fraction of a second: taken as UTC, dates as %s",
				[2]string{"month/day, since none of them says otherwise", "day/month"}[order])
		}
	}
	return ""
}

// datesOf reads texts by the first layout that fits each.
func datesOf(texts, layouts []string) (dated []string, ok bool) {
	for _, text := range texts {
		var at time.Time
		for _, layout := range layouts {
			var err error
			if at, err = time.Parse(layout, text); err == nil {
				break
			}
		}
		if at.IsZero() {
			return nil, false
		}
		dated = append(dated, at.Format("2006-01-02T15:04:05Z"))
	}
	return dated, len(dated) > 0
}
