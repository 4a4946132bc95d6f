package dataframe

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"
)

var (
	plural = [...]string{"text", "integers", "numbers", "true and false", "times"}
	wanted = [...]string{"text in quotes", "a number", "a number", "true or false", "a time.Time or text that reads as a time"}
)

// typeName says in a message what a value is.
func typeName(v any) string {
	if s, ok := v.(string); ok {
		return "the text " + Clip(s)
	}
	name := fmt.Sprintf("%T", v)
	if strings.ContainsRune("aeiou", rune(name[0])) && !strings.HasPrefix(name, "ui") {
		return "an " + name
	}
	return "a " + name
}

// integer prepares an integer for columns of integers and of numbers.
func integer(n int64) value {
	f := float64(n)
	return value{number: n, float: f, wide: new(big.Float).SetInt64(n).Cmp(big.NewFloat(f))}
}

// wideness tells whether an integer is above (1) or below (-1) the float64 nearest to it.
func wideness(u uint64) int {
	return new(big.Float).SetUint64(u).Cmp(big.NewFloat(float64(u)))
}

// real prepares a floating point number for columns of integers and of numbers.
func real(f float64) value {
	v := value{float: f, nan: math.IsNaN(f)}
	down := math.Floor(f)
	switch {
	case v.nan:
	case down < math.MinInt64:
		v.number, v.above = math.MinInt64, -1
	case down >= math.MaxInt64: // which float64 rounds up to 1<<63
		v.number, v.above = math.MaxInt64, 1
	default:
		v.number = int64(down)
		if f > down {
			v.above = 1
		}
	}
	return v
}

// instant prepares a time; one beyond the nanoseconds' years is before or after all others.
func instant(t time.Time) value {
	switch {
	case t.Before(time.Unix(0, math.MinInt64)):
		return value{number: math.MinInt64, above: -1}
	case t.After(time.Unix(0, math.MaxInt64)):
		return value{number: math.MaxInt64, above: 1}
	}
	return value{number: t.UnixNano()}
}
