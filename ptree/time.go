package ptree

import (
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
)

// instants turns the creation-time column into UTC times. Text is parsed by
// [dataframe.ParseTime], numbers are nanoseconds since 1970; a value that is neither is an
// error with its column and row.
func instants(c dataframe.Column) (dataframe.Column, error) {
	switch c.Kind() {
	case dataframe.Time, dataframe.Int:
		return c.UTC(), nil
	case dataframe.Float:
		nanos := make([]int64, c.Len())
		for i, f := range c.Floats() {
			if !c.IsNull(i) {
				nanos[i] = int64(f)
			}
		}
		return dataframe.Nanos(c.Name(), nanos, true, validity(c)), nil
	case dataframe.String:
		return parsedTimes(c)
	}
	return c, fmt.Errorf("column %q holds %s values, which are not times: name another column as time_stamp", c.Name(), c.Kind())
}

func parsedTimes(c dataframe.Column) (dataframe.Column, error) {
	codes, texts := c.Codes()
	byText := make([]int64, len(texts))
	good := make([]bool, len(texts))
	for i, s := range texts {
		byText[i], _, good[i] = dataframe.ParseTime(s)
	}
	nanos := make([]int64, len(codes))
	for i, code := range codes {
		if code < 0 {
			continue
		}
		if !good[code] {
			return c, fmt.Errorf("column %q, row %d: %s is not a time: correct the value or drop the row", c.Name(), i, dataframe.Clip(texts[code]))
		}
		nanos[i] = byText[code]
	}
	return dataframe.Nanos(c.Name(), nanos, true, validity(c)), nil
}

// validity returns which rows of a column have a value, nil when all have.
func validity(c dataframe.Column) []bool {
	if c.Nulls() == 0 {
		return nil
	}
	valid := make([]bool, c.Len())
	for i := range valid {
		valid[i] = !c.IsNull(i)
	}
	return valid
}
