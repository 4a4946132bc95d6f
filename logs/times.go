package logs

import "github.com/gophertrees/gopherwood/dataframe"

// parseTime reads a date-time of ISO 8601: a date, T or a blank, hours and minutes, and maybe
// seconds, a fraction and a zone. Blanks after it do not count. A date alone is no date-time,
// and the American order of day and month is too easily mistaken to be guessed.
func parseTime(s string) (nanos int64, zoned, ok bool) {
	for len(s) > 0 && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	if len(s) < len("2006-01-02T15:04") || s[4] != '-' {
		return 0, false, false
	}
	return dataframe.ParseTime(s)
}

// timeColumn turns a text column whose texts are all date-times into a time column; the empty
// text is null. Times with and without a zone in one column stay text, since guessing the
// missing zones would move events.
func timeColumn(name string, codes []int32, texts []string) (dataframe.Column, bool) {
	var nanos []int64
	naive, zoned := false, false
	for _, s := range texts {
		var n int64
		if s != "" {
			var withZone, ok bool
			if n, withZone, ok = parseTime(s); !ok {
				return dataframe.Column{}, false
			}
			zoned = zoned || withZone
			naive = naive || !withZone
		}
		nanos = append(nanos, n)
	}
	if naive == zoned { // both, or no time at all
		return dataframe.Column{}, false
	}
	values, valid := spread(codes, nanos, func(c int32) bool { return texts[c] != "" })
	return dataframe.Nanos(name, values, zoned, valid), true
}
