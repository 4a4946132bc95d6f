package dataframe

import (
	"strings"
	"time"
)

// ParseTime reads a date and time as logs write them and returns nanoseconds since 1970 UTC.
// It knows ISO 8601 with T or a blank, with or without seconds, fraction and zone
// ("2019-02-10T15:21:06.89Z", "2019-02-10 15:21:06+01:00", "2019-02-10"), and the American
// form with the month first ("1/13/2024 1:02:03 PM"), and C's ctime, which osquery uses
// ("Thu Mar 16 03:08:58 2023 UTC"). zoned says whether the text gave a
// zone; without one it is read as UTC. ok is false when the text is none of these or lies
// outside the years 1678 to 2262, which nanoseconds cannot hold.
func ParseTime(s string) (nanos int64, zoned, ok bool) {
	if len(s) < 8 || len(s) > 40 {
		return 0, false, false
	}
	if s[4] == '-' {
		return parseISO(s)
	}
	if strings.IndexByte(s[:3], '/') > 0 {
		return parseAmerican(s)
	}
	if s[3] == ' ' {
		if t, err := time.Parse(time.ANSIC, strings.TrimSuffix(s, " UTC")); err == nil {
			return inRange(t.Unix(), 0, strings.HasSuffix(s, " UTC"))
		}
	}
	return 0, false, false
}

func parseISO(s string) (nanos int64, zoned, ok bool) {
	year, ok1 := digits(s, 0, 4)
	month, ok2 := digits(s, 5, 2)
	day, ok3 := digits(s, 8, 2)
	if !ok1 || !ok2 || !ok3 || s[7] != '-' {
		return 0, false, false
	}
	var clock [3]int
	var fraction int64
	rest := s[10:]
	if rest != "" {
		if rest[0] != 'T' && rest[0] != ' ' {
			return 0, false, false
		}
		clock[0], ok1 = digits(rest, 1, 2)
		clock[1], ok2 = digits(rest, 4, 2)
		if !ok1 || !ok2 || rest[3] != ':' {
			return 0, false, false
		}
		rest = rest[6:]
		if strings.HasPrefix(rest, ":") {
			if clock[2], ok = digits(rest, 1, 2); !ok {
				return 0, false, false
			}
			if fraction, rest, ok = parseFraction(rest[3:]); !ok {
				return 0, false, false
			}
		}
	}
	offset, zoned, ok := parseZone(rest)
	if !ok || month < 1 || month > 12 || clock[0] > 23 || clock[1] > 59 || clock[2] > 59 {
		return 0, false, false
	}
	t := time.Date(year, time.Month(month), day, clock[0], clock[1], clock[2], 0, time.UTC)
	if t.Day() != day {
		return 0, false, false
	}
	return inRange(t.Unix()-offset, fraction, zoned)
}

// inRange joins seconds and nanoseconds when the sum fits 64 bits.
func inRange(seconds, fraction int64, zoned bool) (int64, bool, bool) {
	const most = 1<<63/1_000_000_000 - 1
	if seconds > most || seconds < -most {
		return 0, false, false
	}
	return seconds*1_000_000_000 + fraction, zoned, true
}

// parseFraction reads ".123456789" (or with a comma) and returns what follows; digits beyond
// nanoseconds are dropped.
func parseFraction(s string) (nanos int64, rest string, ok bool) {
	if s == "" || s[0] != '.' && s[0] != ',' {
		return 0, s, true
	}
	unit := int64(100_000_000)
	i := 1
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		nanos += int64(s[i]-'0') * unit
		unit /= 10
	}
	return nanos, s[i:], i > 1
}

// parseZone reads "", "Z", "+01:00", "+0100", "+01" or " UTC" as seconds east of UTC.
func parseZone(s string) (seconds int64, zoned, ok bool) {
	switch s {
	case "":
		return 0, false, true
	case "Z", "z", " UTC", " Z", "UTC":
		return 0, true, true
	}
	if s[0] != '+' && s[0] != '-' {
		return 0, false, false
	}
	hours, ok := digits(s, 1, 2)
	minutes := 0
	if tail := s[min(3, len(s)):]; ok && tail != "" {
		minutes, ok = digits(strings.TrimPrefix(tail, ":"), 0, 2)
		ok = ok && len(strings.TrimPrefix(tail, ":")) == 2
	}
	if !ok || hours > 15 || minutes > 59 {
		return 0, false, false
	}
	seconds = int64(hours)*3600 + int64(minutes)*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return seconds, true, true
}

// digits reads n decimal digits of s at from.
func digits(s string, from, n int) (v int, ok bool) {
	if from+n > len(s) {
		return 0, false
	}
	for _, c := range []byte(s[from : from+n]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int(c-'0')
	}
	return v, true
}

var americanLayouts = []string{"1/2/2006 3:04:05 PM", "1/2/2006 15:04:05", "1/2/2006 3:04 PM", "1/2/2006 15:04", "1/2/2006"}

func parseAmerican(s string) (nanos int64, zoned, ok bool) {
	for _, layout := range americanLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return inRange(t.Unix(), int64(t.Nanosecond()), false)
		}
	}
	return 0, false, false
}
