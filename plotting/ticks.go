package plotting

import (
	"math"
	"strconv"
	"time"
)

// numberTicks returns round numbers between low and high, three to six of them.
func numberTicks(low, high float64, whole bool) []tick {
	if low == high {
		return []tick{{0.5, number(low, 0)}}
	}
	step := roundStep((high/2 - low/2) / 2.5)
	if whole {
		step = max(1, step)
	}
	if !(step > 1e-12*max(math.Abs(low), math.Abs(high))) { // too close together for round numbers
		return []tick{{0, number(low, 10)}, {1, number(high, 10)}}
	}
	digits := max(0, int(-math.Floor(math.Log10(step)+1e-9)))
	var out []tick
	first := math.Ceil(low/step - 1e-9)
	for i := 0.0; i < 12; i++ {
		v := (first + i) * step
		if v > high+1e-9*step {
			break
		}
		out = append(out, tick{place(v, low, high), number(v, digits)})
	}
	return out
}

// roundStep returns 1, 2 or 5 times a power of ten, at least as large as a step.
func roundStep(step float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(step)))
	if power == 0 || math.IsInf(power, 0) {
		return step
	}
	for _, m := range []float64{1, 2, 5} {
		if m*power >= step*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// number writes a tick: plainly where that is short, else with an exponent.
func number(v float64, digits int) string {
	if v == 0 {
		v = 0 // no minus zero
	}
	if size := math.Abs(v); size != 0 && (size >= 1e10 || size < 1e-5) {
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	text := strconv.FormatFloat(v, 'f', min(digits, 10), 64)
	if digits == 0 && math.Abs(v) >= 1e4 {
		return grouped(int(v))
	}
	return text
}

// timeSteps are the distances between ticks of time, with the layout that tells them apart.
var timeSteps = []struct {
	seconds float64
	layout  string
}{
	{0.001, "15:04:05.000"}, {0.01, "15:04:05.00"}, {0.1, "15:04:05.0"}, {1, "15:04:05"}, {5, "15:04:05"}, {15, "15:04:05"}, {60, "15:04"},
	{5 * 60, "15:04"}, {15 * 60, "15:04"}, {3600, "Jan 2 15:04"}, {3 * 3600, "Jan 2 15:04"}, {6 * 3600, "Jan 2 15:04"},
	{12 * 3600, "Jan 2 15:04"}, {86400, "2006-01-02"}, {2 * 86400, "2006-01-02"}, {7 * 86400, "2006-01-02"}, {14 * 86400, "2006-01-02"},
	{30 * 86400, "2006-01-02"}, {91 * 86400, "2006-01-02"}, {365 * 86400, "2006-01-02"},
	{3650 * 86400, "2006-01-02"}, {36500 * 86400, "2006-01-02"},
}

// timeTicks returns round times between two times in seconds since 1970, and a note with the
// first and last time in full.
func timeTicks(low, high float64) ([]tick, string) {
	const full = "2006-01-02 15:04:05"
	note := instant(low).Format(full) + " – " + instant(high).Format(full) + " UTC"
	if low == high {
		return []tick{{0.5, instant(low).Format(full)}}, "UTC"
	}
	step := timeSteps[len(timeSteps)-1]
	for _, s := range timeSteps {
		if (high-low)/s.seconds <= 5 {
			step = s
			break
		}
	}
	var out []tick
	first := math.Ceil(low / step.seconds)
	for i := 0.0; i < 8; i++ {
		v := (first + i) * step.seconds
		if v > high {
			break
		}
		out = append(out, tick{place(v, low, high), instant(v).Format(step.layout)})
	}
	return out, note
}

func instant(seconds float64) time.Time {
	whole := math.Floor(seconds)
	nanos := math.Round((seconds-whole)*1e6) * 1e3
	return time.Unix(int64(whole), int64(nanos)).UTC()
}

// grouped writes a count with separated thousands: 22,992.
func grouped(n int) string {
	text := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, text = "-", text[1:]
	}
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return sign + text
}
