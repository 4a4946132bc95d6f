package main

import (
	"fmt"
	"slices"
	"strconv"
)

// How numbers are told.

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(values))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

// seconds tells a time in three digits.
func seconds(s float64) string {
	switch {
	case s < 0.9995e-3:
		return digits(s*1e6) + " µs"
	case s < 0.9995:
		return digits(s*1e3) + " ms"
	}
	return digits(s) + " s"
}

func digits(v float64) string {
	switch {
	case v < 9.995:
		return fmt.Sprintf("%.2f", v)
	case v < 99.95:
		return fmt.Sprintf("%.1f", v)
	}
	return grouped(int(v + 0.5))
}

// spread tells the median, the fastest and the slowest run.
func spread(values []float64) string {
	if len(values) == 0 {
		return "not measured"
	}
	return fmt.Sprintf("%s (%s – %s)", seconds(median(values)), seconds(slices.Min(values)), seconds(slices.Max(values)))
}

func ratio(v float64) string { return digits(v) }

// grouped writes a number with commas between its thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func bytes(n int64) string {
	if n < 1e9 {
		return fmt.Sprintf("%d MB", (n+5e5)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}
