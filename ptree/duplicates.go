package ptree

import (
	"math"
	"slices"

	"github.com/gophertrees/gopherwood/dataframe"
)

// dropRepeated takes out of rows, which are in the order of time, the exact repetitions of a row
// before it in the log, nulls being equal. Only rows of one moment can repeat each other, so
// only those are compared.
func dropRepeated(log dataframe.DataFrame, stamps dataframe.Column, rows []int32, found *Findings) []int32 {
	suspects := ofOneMoment(rows, stamps)
	if len(suspects) == 0 {
		return rows
	}
	repeated := repeatedRows(log, stamps, suspects, found)
	if len(repeated) == 0 {
		return rows
	}
	return slices.DeleteFunc(rows, func(row int32) bool { return repeated[row] })
}

// repeatedRows finds, among the suspects, the exact repetitions of a row before them in the log.
func repeatedRows(log dataframe.DataFrame, stamps dataframe.Column, suspects []int32, found *Findings) map[int32]bool {
	slices.Sort(suspects)
	columns := replaced(log.Columns(), stamps)
	if len(suspects) < log.Nrow() {
		for i, c := range columns {
			columns[i] = c.Take(suspects)
		}
	}
	repeated := map[int32]bool{}
	for _, r := range repetitions(columns) {
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

// replaced puts a column in the place of the one with its name.
func replaced(columns []dataframe.Column, c dataframe.Column) []dataframe.Column {
	for i := range columns {
		if columns[i].Name() == c.Name() {
			columns[i] = c
		}
	}
	return columns
}

// repetitions returns every row that repeats an earlier one, and the first such.
func repetitions(log []dataframe.Column) [][2]int32 {
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
