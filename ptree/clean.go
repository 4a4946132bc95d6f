package ptree

import (
	"errors"
	"math"
	"strconv"

	"github.com/gophertrees/gopherwood/dataframe"
)

// clean prepares the events for linking, in msticpy's order: exact duplicates dropped (first
// kept), sorted by time (stable, rows without a time last), other kinds of events dropped.
// found.source then says which row of the log an event is. The exits and forks of the log are
// returned beside the events.
func clean(log dataframe.DataFrame, s Schema, k known, found *Findings) (events *creations, other lifecycle, err error) {
	stamps, err := instants(log.Col(s.TimeStamp))
	if err != nil {
		return events, other, err
	}
	rows := make([]int32, log.Nrow())
	for i := range rows {
		rows[i] = int32(i)
	}
	byTime(rows, stamps)
	rows = dropRepeated(comparing(log, stamps, k.others), stamps, rows, found)
	rows, other, err = sift(rows, log, s, found)
	if err != nil {
		return events, other, err
	}
	other.stamps = stamps
	if len(other.forks) > 0 {
		if rows = other.replay(log, rows, s, found); len(rows) == 0 {
			return events, other, errNoExec
		}
	}
	found.source = rows
	events = newCreations(log, s)
	events.order(rows, stamps)
	if len(other.forks) > 0 {
		other.rename(events, s)
	}
	return events, other, nil
}

// errNoExec is the failure of a log that is left without a process.
var errNoExec = errors.New("every exec of the log failed: there is no process to build a tree of")

// asText turns numbers into decimal text, fractions cut off, so that identifiers compare by
// value whatever type the log gave them. Text and other kinds stay as they are.
func asText(c dataframe.Column) dataframe.Column {
	switch c.Kind() {
	case dataframe.Int:
		ints := c.Ints()
		return decimal(c, func(i int) (int64, bool) { return ints[i], !c.IsNull(i) })
	case dataframe.Float:
		floats := c.Floats()
		return decimal(c, func(i int) (int64, bool) { return int64(floats[i]), !math.IsNaN(floats[i]) })
	case dataframe.Bool, dataframe.Time:
		return texts(c.Name(), c.Len(), func(i int) (string, bool) { return c.Text(i), !c.IsNull(i) })
	}
	return c
}

// decimal writes integers down, each distinct one once.
func decimal(c dataframe.Column, value func(i int) (v int64, there bool)) dataframe.Column {
	code := map[int64]int32{}
	var words []string
	codes := make([]int32, c.Len())
	last, before := int64(0), int32(-1) // a value and its code: many columns repeat one
	for i := range codes {
		v, there := value(i)
		if !there {
			codes[i] = -1
			continue
		}
		if v != last || before < 0 {
			n, known := code[v]
			if !known {
				n = int32(len(words))
				code[v] = n
				words = append(words, strconv.FormatInt(v, 10))
			}
			last, before = v, n
		}
		codes[i] = before
	}
	return dataframe.Coded(c.Name(), codes, words)
}
