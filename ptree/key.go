package ptree

import "time"

// roundedMicros rounds nanoseconds to a multiple of 10 microseconds, half to even, and returns
// microseconds: the precision of a process key's time.
func roundedMicros(nanos int64) int64 {
	const unit = 10_000
	q, r := nanos/unit, nanos%unit
	if r < 0 {
		q, r = q-1, r+unit
	}
	if r > unit/2 || r == unit/2 && q%2 != 0 {
		q++
	}
	return q * 10
}

// sameMicros reports whether two times, the earlier first, have the same key.
func sameMicros(earlier, later int64) bool {
	return later-earlier < 10_000 && roundedMicros(earlier) == roundedMicros(later)
}

const keyTime = "2006-01-02 15:04:05.000000"

// processKey is the text identity of a process within its host: lower-case image, process id
// and creation time in UTC to 10 microseconds, joined by "|". A null pid reads "None", as in
// msticpy; a null name or time is left out.
func processKey(name, pid string, nanos int64, timed bool) string {
	key := name + "|" + pid + "|"
	if timed {
		key += time.UnixMicro(roundedMicros(nanos)).UTC().Format(keyTime)
	}
	return key
}

// epochKey is the time of every inferred process's key, as msticpy writes it. People are shown
// "before the log" instead.
const epochKey = "1970-01-01 00:00:00.000000"
