package dataframe

import (
	"fmt"
	"strings"
)

// ColumnError reports a column that a frame does not have. Verbs panic with it, because it
// is a mistake in the caller's code and a silent empty result would read as "nothing found".
type ColumnError struct {
	Column string   // the name asked for
	Have   []string // the frame's columns
}

// Error names the nearest columns, or the first few when none is near.
func (e *ColumnError) Error() string { return unknown("column", e.Column, e.Have) }

// Mistake marks the error as the caller's own, for kernels that print such errors in one line.
func (*ColumnError) Mistake() {}

// KeyError reports an index label that a frame does not have.
type KeyError struct {
	Key  string
	Have []string // labels of the frame, possibly only the first ones
}

// Error names the nearest labels, or the first few when none is near.
func (e *KeyError) Error() string { return unknown("row", e.Key, e.Have) }

// Mistake marks the error as the caller's own.
func (*KeyError) Mistake() {}

// UsageError reports a call that cannot mean anything, such as the mean of a text column.
type UsageError struct{ Message string }

// Error returns the message.
func (e *UsageError) Error() string { return e.Message }

// Mistake marks the error as the caller's own.
func (*UsageError) Mistake() {}

// usage makes a UsageError; a message with a column's name in it is as long as that may be.
func usage(format string, args ...any) *UsageError {
	return &UsageError{Message: Printable(fmt.Sprintf(format, args...), 1000)}
}

// unknown words the one sentence for a name that is not there.
func unknown(what, name string, have []string) string {
	if near := Nearest(name, have); len(near) > 0 {
		return fmt.Sprintf("no %s %s: did you mean %s?", what, Clip(name), quoted(near))
	}
	if len(have) == 0 {
		return fmt.Sprintf("no %s %s: there are none", what, Clip(name))
	}
	const shown = 12
	rest := ""
	if len(have) > shown {
		rest = fmt.Sprintf(" and %d more", len(have)-shown)
		have = have[:shown]
	}
	return fmt.Sprintf("no %s %s: there are %s%s", what, Clip(name), quoted(have), rest)
}

func quoted(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = Clip(n)
	}
	return strings.Join(out, ", ")
}

// Clip quotes a text for a message: control characters escaped, at most 80 characters of it.
func Clip(s string) string {
	const limit = 80
	n := 0
	for i := range s {
		if n == limit {
			return fmt.Sprintf("%q…", s[:i])
		}
		n++
	}
	return fmt.Sprintf("%q", s)
}
