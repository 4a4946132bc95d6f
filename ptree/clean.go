package ptree

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/gophertrees/gopherwood/dataframe"
)

// clean prepares the events for linking, in msticpy's order: exact duplicates dropped (first
// kept), sorted by time (stable, rows without a time last), other kinds of events dropped,
// numeric columns of the schema turned into decimal text. It returns the described columns
// alone, with the log's row labels; found.source then says which row of the log an event is.
// The exits and forks of the log are returned beside the events.
func clean(log dataframe.DataFrame, s Schema, found *Findings) (events dataframe.DataFrame, other lifecycle, err error) {
	stamps, err := instants(log.Col(s.TimeStamp))
	if err != nil {
		return events, other, err
	}
	rows := distinctRows(replaced(log.Columns(), stamps), found)
	byTime(rows, stamps)
	rows, other, err = sift(rows, log, s, found)
	if err != nil {
		return events, other, err
	}
	other.stamps = stamps
	if len(other.forks) > 0 {
		if rows = other.replay(log, rows, s, found); len(rows) == 0 {
			return events, other, errors.New("every exec of the log failed: there is no process to build a tree of")
		}
	}
	found.source = rows
	events = log.Select(distinct(s.described())...)
	if len(rows) != log.Nrow() || !inOrder(rows) {
		events, stamps = events.Take(rows), stamps.Take(rows)
	}
	columns := replaced(events.Columns(), stamps)
	for i, c := range columns {
		if c.Name() != s.TimeStamp {
			columns[i] = asText(c)
		}
	}
	if len(other.forks) > 0 {
		other.rename(columns, log, rows, s)
	}
	return dataframe.New(columns...).WithIndex(events.Index()), other, nil
}

// distinct drops repeated names: a column may play several roles.
func distinct(names []string) []string {
	var out []string
	for _, n := range names {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

func inOrder(rows []int32) bool {
	for i, r := range rows {
		if int(r) != i {
			return false
		}
	}
	return true
}

// replaced puts a column in the place of the one with its name.
func replaced(columns []dataframe.Column, c dataframe.Column) []dataframe.Column {
	for i := range columns {
		if columns[i].Name() == c.Name() {
			columns[i] = c
		}
	}
	return columns
}

// distinctRows returns the rows without exact repetitions of an earlier row, nulls being equal.
func distinctRows(log []dataframe.Column, found *Findings) []int32 {
	hashes := make([]uint64, log[0].Len())
	columns := make([][]uint64, 0, len(log))
	for _, c := range log {
		bits := valueBits(c)
		columns = append(columns, bits)
		for i, b := range bits {
			hashes[i] = (hashes[i] ^ b) * 0x9E3779B97F4A7C15
			hashes[i] ^= hashes[i] >> 29
		}
	}
	same := func(a, b int32) bool {
		for _, bits := range columns {
			if bits[a] != bits[b] {
				return false
			}
		}
		return true
	}
	first := make(map[uint64]int32, len(hashes)) // the first row with a hash
	next := map[int32]int32{}                    // further, different rows with the same hash
	rows := make([]int32, 0, len(hashes))
	for i, h := range hashes {
		row := int32(i)
		before, known := first[h]
		if !known {
			first[h] = row
			rows = append(rows, row)
			continue
		}
		for more := true; more && !same(before, row); {
			var after int32
			if after, more = next[before]; more {
				before = after
			}
		}
		if same(before, row) {
			found.add(ExactDuplicate, row, before)
			continue
		}
		next[before] = row
		rows = append(rows, row)
	}
	return rows
}

// valueBits gives each row of a column a number that is equal exactly when the values are.
func valueBits(c dataframe.Column) []uint64 {
	out := make([]uint64, c.Len())
	switch c.Kind() {
	case dataframe.String:
		codes, _ := c.Codes()
		for i, code := range codes {
			out[i] = uint64(code)
		}
		return out
	case dataframe.Int:
		for i, v := range c.Ints() {
			out[i] = uint64(v)
		}
	case dataframe.Time:
		for i, v := range c.Nanos() {
			out[i] = uint64(v)
		}
	case dataframe.Float:
		for i, v := range c.Floats() {
			out[i] = math.Float64bits(v)
		}
	case dataframe.Bool:
		for i, v := range c.Bools() {
			if v {
				out[i] = 1
			}
		}
	}
	const null = 0x7FF8_DEAD_BEEF_0001 // a NaN that no log writes, and a time beyond every log
	if c.Nulls() > 0 {
		for i := range out {
			if c.IsNull(i) {
				out[i] = null
			}
		}
	}
	return out
}

// byTime sorts rows by time, rows without one last, equal times in their order.
func byTime(rows []int32, stamps dataframe.Column) {
	nanos := stamps.Nanos()
	if stamps.Nulls() > 0 {
		nanos = slices.Clone(nanos)
		for i := range nanos {
			if stamps.IsNull(i) {
				nanos[i] = math.MaxInt64
			}
		}
	}
	order := func(a, b int32) int { return cmp.Compare(nanos[a], nanos[b]) }
	if !slices.IsSortedFunc(rows, order) {
		slices.SortStableFunc(rows, order)
	}
}

// asText turns numbers into decimal text, fractions cut off, so that identifiers compare by
// value whatever type the log gave them. Text and other kinds stay as they are.
func asText(c dataframe.Column) dataframe.Column {
	b := dataframe.NewBuilder(c.Name())
	var buf []byte
	switch c.Kind() {
	case dataframe.Int:
		for i, v := range c.Ints() {
			appendDecimal(b, &buf, v, c.IsNull(i))
		}
	case dataframe.Float:
		for _, v := range c.Floats() {
			appendDecimal(b, &buf, int64(v), math.IsNaN(v))
		}
	case dataframe.Bool, dataframe.Time:
		for i, v := range c.Strings() {
			if c.IsNull(i) {
				b.AppendNull()
			} else {
				b.AppendString(v)
			}
		}
	default:
		return c
	}
	return b.Column()
}

func appendDecimal(b *dataframe.Builder, buf *[]byte, v int64, null bool) {
	if null {
		b.AppendNull()
		return
	}
	*buf = strconv.AppendInt((*buf)[:0], v, 10)
	b.AppendBytes(*buf)
}
