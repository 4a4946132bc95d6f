package ptree

import (
	"math"
	"slices"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/gophertrees/gopherwood/dataframe"
)

// dropRepeated takes out of rows, which are in the order of time, the exact repetitions of a row
// before it in the log, nulls being equal. Only rows of one moment can repeat each other, so
// only those are compared.
func dropRepeated(same comparison, stamps dataframe.Column, rows []int32, found *Findings) []int32 {
	suspects := ofOneMoment(rows, stamps)
	if len(suspects) == 0 {
		return rows
	}
	repeated := repeatedRows(same, suspects, found)
	if len(repeated) == 0 {
		return rows
	}
	return slices.DeleteFunc(rows, func(row int32) bool { return repeated[row] })
}

// repeatedRows finds, among the suspects, the exact repetitions of a row before them in the log.
func repeatedRows(same comparison, suspects []int32, found *Findings) map[int32]bool {
	slices.Sort(suspects)
	repeated := map[int32]bool{}
	for _, r := range same.repetitions(suspects) {
		row, before := suspects[r[0]], suspects[r[1]]
		found.add(ExactDuplicate, row, before)
		repeated[row] = true
	}
	return repeated
}

// ofOneMoment returns the rows, given in the order of time, that share their time with another.
func ofOneMoment(rows []int32, stamps dataframe.Column) []int32 {
	nanos := stamps.Nanos()
	var out []int32
	timed := rows
	if stamps.Nulls() > 0 {
		at, _ := slices.BinarySearchFunc(rows, true, func(row int32, _ bool) int {
			if stamps.IsNull(int(row)) {
				return 0
			}
			return -1
		})
		timed = rows[:at]
	}
	joined := false // the row before has this one's time
	for i, r := range timed {
		next := i+1 < len(timed) && nanos[timed[i+1]] == nanos[r]
		if joined || next {
			out = append(out, r)
		}
		joined = next
	}
	return append(out, rows[len(timed):]...)
}

// comparison is what tells whether rows are equal: the columns of a log, and others that are not in its frame.
type comparison struct {
	columns []dataframe.Column
	others  []cells
}

// comparing compares the rows of a log by its times as they were read.
func comparing(log dataframe.DataFrame, stamps dataframe.Column, others []cells) comparison {
	c := comparison{log.Columns(), others}
	for i := range c.columns {
		if c.columns[i].Name() == stamps.Name() {
			c.columns[i] = stamps
		}
	}
	return c
}

// repetitions returns which of some rows repeat an earlier one of them, and the first such, by
// their places among rows.
func (c comparison) repetitions(rows []int32) [][2]int32 {
	hashes := make([]uint64, len(rows))
	columns := make([][]uint64, len(c.columns)+len(c.others))
	each(len(columns), len(rows), func(_ *struct{}, i int) {
		if i < len(c.columns) {
			columns[i] = valueBits(c.columns[i], rows)
		} else {
			columns[i] = c.others[i-len(c.columns)].valueBits(rows)
		}
	})
	for _, bits := range columns {
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
	var out [][2]int32
	for i, h := range hashes {
		row := int32(i)
		before, known := first[h]
		if !known {
			first[h] = row
			continue
		}
		for more := true; more && !same(before, row); {
			var after int32
			if after, more = next[before]; more {
				before = after
			}
		}
		if same(before, row) {
			out = append(out, [2]int32{row, before})
		} else {
			next[before] = row
		}
	}
	return out
}

// nullBits stand for null: a NaN that no log writes, and a time beyond every log.
const nullBits = 0x7FF8_DEAD_BEEF_0001

// valueBits gives each of some rows of a column a number that is equal exactly when the values are.
func valueBits(c dataframe.Column, rows []int32) []uint64 {
	out := make([]uint64, len(rows))
	switch a := c.Arrow().(type) {
	case *array.Dictionary:
		picked(out, a.Indices().(*array.Int32).Int32Values(), rows)
	case *array.Int64:
		picked(out, a.Int64Values(), rows)
	case *array.Timestamp:
		picked(out, a.TimestampValues(), rows)
	case *array.Float64:
		for i, row := range rows {
			out[i] = math.Float64bits(a.Value(int(row)))
		}
	case *array.Boolean:
		for i, row := range rows {
			if a.Value(int(row)) {
				out[i] = 1
			}
		}
	}
	if c.Nulls() > 0 {
		for i, row := range rows {
			if c.IsNull(int(row)) {
				out[i] = nullBits
			}
		}
	}
	return out
}

func picked[T ~int32 | ~int64](out []uint64, values []T, rows []int32) {
	for i, row := range rows {
		out[i] = uint64(values[row])
	}
}

// valueBits does the same for rows of cells.
func (c *cells) valueBits(rows []int32) []uint64 {
	out := make([]uint64, len(rows))
	var words wordTable
	for i, row := range rows {
		switch {
		case c.codes == nil && c.valid != nil && !c.valid[row]:
			out[i] = nullBits
		case c.codes == nil:
			out[i] = uint64(c.values[row])
		case c.codes[row] >= 0 && c.of.repeats:
			out[i] = uint64(words.code(c.words[c.codes[row]]))
		default:
			out[i] = uint64(c.codes[row])
		}
	}
	return out
}
