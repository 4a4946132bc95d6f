package dataframe

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// cells formats the shown rows of a column, together: numbers get the same number of
// decimals, times the same precision.
func cells(c Column, limit int) []cell {
	out := make([]cell, c.Len())
	var format func(i int) cell
	null := cell{Text: "NaN", Null: true}
	switch c.Kind() {
	case Bool:
		null.Text = "None"
		format = func(i int) cell { return cell{Text: c.Text(i)} }
	case String:
		null.Text = "None"
		format = func(i int) cell { return textCell(c.Text(i), limit) }
	case Float:
		values := c.Floats()
		texts := floatTexts(values)
		format = func(i int) cell { return cell{Text: texts[i], Null: math.IsNaN(values[i])} }
	case Time:
		null.Text = "NaT"
		nanos, layout := c.Nanos(), timeLayout(c)
		format = func(i int) cell { return cell{Text: time.Unix(0, nanos[i]).UTC().Format(layout)} }
	default:
		format = func(i int) cell { return cell{Text: c.Text(i)} }
	}
	for i := range out {
		if c.IsNull(i) {
			out[i] = null
		} else {
			out[i] = format(i)
		}
	}
	return out
}

// textCell makes a text safe to show and keeps more of it for a tooltip where it is cut.
func textCell(s string, limit int) cell {
	out := cell{Text: Printable(s, limit)}
	if strings.HasSuffix(out.Text, "…") && out.Text != s {
		out.Title = Printable(s, titleText)
	}
	return out
}

// timeLayout returns one layout for the whole column, as pandas chooses it: the date alone
// when every time is midnight and has no zone, else as many decimals as any of them needs.
func timeLayout(c Column) string {
	unit := int64(24 * time.Hour)
	for i, n := range c.Nanos() {
		for !c.IsNull(i) && n%unit != 0 {
			unit = finer[unit]
		}
	}
	layout := map[int64]string{
		int64(24 * time.Hour):   "2006-01-02",
		int64(time.Second):      "2006-01-02 15:04:05",
		int64(time.Millisecond): "2006-01-02 15:04:05.000",
		int64(time.Microsecond): "2006-01-02 15:04:05.000000",
		1:                       "2006-01-02 15:04:05.000000000",
	}[unit]
	if c.Zoned() {
		if len(layout) == len("2006-01-02") {
			layout = "2006-01-02 15:04:05"
		}
		layout += "-07:00"
	}
	return layout
}

var finer = map[int64]int64{
	int64(24 * time.Hour):   int64(time.Second),
	int64(time.Second):      int64(time.Millisecond),
	int64(time.Millisecond): int64(time.Microsecond),
	int64(time.Microsecond): 1,
}

// floatTexts formats numbers as pandas does: six decimals, less the zeros that all of them
// end in; with an exponent when one is too small for that, or large and the text is long.
func floatTexts(values []float64) []string {
	out := make([]string, len(values))
	small, large := false, false
	for i, v := range values {
		out[i] = specialFloat(v)
		if out[i] == "" {
			abs := math.Abs(v)
			small = small || (abs > 0 && abs < 1e-6)
			large = large || abs > 1e6
			if abs < 1e15 {
				out[i] = strconv.FormatFloat(v, 'f', 6, 64)
			} else {
				small = true // six decimals of it would be noise
			}
		}
	}
	trimZeros(out)
	longest := 0
	for _, s := range out {
		longest = max(longest, len(strings.TrimPrefix(s, "-")))
	}
	if small || (large && longest > 11) {
		for i, v := range values {
			if out[i] = specialFloat(v); out[i] == "" {
				out[i] = strconv.FormatFloat(v, 'e', 6, 64)
			}
		}
	}
	return out
}

func specialFloat(v float64) string {
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	}
	return ""
}

// trimZeros removes the zeros that all decimal texts end in, but for one behind the point.
func trimZeros(texts []string) {
	trim := 5
	for _, s := range texts {
		if strings.Contains(s, ".") {
			trim = min(trim, len(s)-len(strings.TrimRight(s, "0")))
		}
	}
	for i, s := range texts {
		if strings.Contains(s, ".") {
			texts[i] = s[:len(s)-trim]
		}
	}
}

// labelCells shows row labels. A long one, such as a process's key, is cut in its middle: its
// end tells rows apart as much as its beginning.
func labelCells(labels Column) []cell {
	out := cells(labels, shownText)
	if labels.Kind() != String {
		return out
	}
	for i := range out {
		full := []rune(Printable(labels.Text(i), titleText))
		if len(full) > shownText && len(full) < titleText {
			head := shownText / 3
			tail := shownText - head - 1
			out[i].Text = string(full[:head]) + "…" + string(full[len(full)-tail:])
		}
	}
	return out
}
