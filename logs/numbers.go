package logs

import (
	"math"
	"strconv"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// intColumn takes integers as programs write them: a leading zero or plus, or more digits than
// 64 bits hold, make the column text, since a number would not be read back the same.
func intColumn(name string, codes []int32, texts []string) (dataframe.Column, bool) {
	var values []int64
	found := false
	for _, s := range texts {
		v := int64(0)
		if s != "" {
			var ok bool
			if v, ok = parseInt(s); !ok {
				return dataframe.Column{}, false
			}
			found = true
		}
		values = append(values, v)
	}
	if !found {
		return dataframe.Column{}, false
	}
	out, valid := spread(codes, values, func(c int32) bool { return texts[c] != "" })
	return dataframe.Ints(name, out, valid), true
}

// parseInt reads an integer that is written back the same way.
func parseInt(s string) (int64, bool) {
	digits := s
	if digits != "" && digits[0] == '-' {
		digits = digits[1:]
	}
	if digits == "" || digits[0] < '0' || digits[0] > '9' || digits[0] == '0' && s != "0" {
		return 0, false
	}
	v, err := strconv.ParseInt(s, 10, 64)
	return v, err == nil
}

// floatColumn takes numbers as JSON writes them, inf and -inf. In such a column NaN is null, as
// in pandas; a column of nothing but NaN is text. An integer that float64 cannot hold exactly
// makes the column text.
func floatColumn(name string, codes []int32, texts []string) (dataframe.Column, bool) {
	var values []float64
	found := false
	for _, s := range texts {
		v := 0.0
		if s != "" && !isNaN(s) {
			var ok bool
			if v, ok = parseFloat(s); !ok {
				return dataframe.Column{}, false
			}
			found = true
		}
		values = append(values, v)
	}
	if !found {
		return dataframe.Column{}, false
	}
	out, valid := spread(codes, values, func(c int32) bool { return texts[c] != "" && !isNaN(texts[c]) })
	return dataframe.Floats(name, out, valid), true
}

func isNaN(s string) bool { return s == "NaN" || s == "nan" }

// parseFloat reads a number; an integer must be exact.
func parseFloat(s string) (float64, bool) {
	switch s {
	case "inf", "Infinity":
		return math.Inf(1), true
	case "-inf", "-Infinity":
		return math.Inf(-1), true
	}
	if !isNumber(s) {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, false // beyond the range
	}
	if _, rest := cutDigits(strings.TrimPrefix(s, "-")); rest == "" {
		whole, ok := parseInt(s)
		return v, ok && int64(v) == whole
	}
	return v, true
}

// isNumber reports whether s is a number as JSON writes it.
// https://www.rfc-editor.org/rfc/rfc8259#section-6
func isNumber(s string) bool {
	if s != "" && s[0] == '-' {
		s = s[1:]
	}
	whole, s := cutDigits(s)
	if whole == "" || len(whole) > 1 && whole[0] == '0' {
		return false
	}
	if s != "" && s[0] == '.' {
		var fraction string
		if fraction, s = cutDigits(s[1:]); fraction == "" {
			return false
		}
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		s = s[1:]
		if s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		exponent, rest := cutDigits(s)
		return exponent != "" && rest == ""
	}
	return s == ""
}

func cutDigits(s string) (digits, rest string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}

// boolColumn takes true and false in the three ways that programs write them.
func boolColumn(name string, codes []int32, texts []string) (dataframe.Column, bool) {
	values := make([]bool, 0, min(len(texts), 8))
	found := false
	for _, s := range texts {
		switch s {
		case "true", "True", "TRUE":
			values = append(values, true)
			found = true
		case "false", "False", "FALSE":
			values = append(values, false)
			found = true
		case "":
			values = append(values, false)
		default:
			return dataframe.Column{}, false
		}
	}
	if !found {
		return dataframe.Column{}, false
	}
	out, valid := spread(codes, values, func(c int32) bool { return texts[c] != "" })
	return dataframe.Bools(name, out, valid), true
}
