package dataframe

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/gophertrees/gopherwood/internal/wholefile"
)

// WriteCSV writes the frame to a file as comma-separated values (RFC 4180, lines ended by \n)
// under a line of names. Numbers keep all their digits, times are RFC 3339 with the
// nanoseconds they have, null is an empty field and empty text is "". The file is replaced
// only when all is written.
func (d DataFrame) WriteCSV(path string) error { return wholefile.Write(path, d.ToCSV) }

// ToCSV writes what [DataFrame.WriteCSV] does. (gota's WriteCSV takes a writer.)
func (d DataFrame) ToCSV(w io.Writer) error {
	columns := d.exported()
	if len(columns) == 0 {
		return nil
	}
	null := "" // a lone null would be an empty line, which readers skip
	if len(columns) == 1 {
		null = `""`
	}
	var head []byte
	fields := make([]rowWriter, len(columns))
	for j, c := range columns {
		if j > 0 {
			head = append(head, ',')
		}
		head = append(head, csvField(c.name)...)
		fields[j] = csvWriter(c, null)
	}
	if _, err := w.Write(append(head, '\n')); err != nil {
		return err
	}
	return writeRows(w, d.Nrow(), func(line []byte, i int) []byte {
		for j, field := range fields {
			if j > 0 {
				line = append(line, ',')
			}
			line = field(line, i)
		}
		return append(line, '\n')
	})
}

func csvWriter(c Column, null string) rowWriter {
	if c.Kind() == String {
		return textWriter(c, null, csvField)
	}
	value := valueWriter(c)
	return func(line []byte, i int) []byte {
		if c.IsNull(i) {
			return append(line, null...)
		}
		return value(line, i)
	}
}

// valueWriter writes values that are not text in decimal digits, true and false, RFC 3339.
func valueWriter(c Column) rowWriter {
	switch c.Kind() {
	case Int:
		values := c.Ints()
		return func(line []byte, i int) []byte { return strconv.AppendInt(line, values[i], 10) }
	case Float:
		values := c.Floats()
		return func(line []byte, i int) []byte { return appendFloat(line, values[i]) }
	case Bool:
		values := c.Bools()
		return func(line []byte, i int) []byte { return strconv.AppendBool(line, values[i]) }
	}
	values := c.Nanos()
	return func(line []byte, i int) []byte {
		return time.Unix(0, values[i]).UTC().AppendFormat(line, time.RFC3339Nano)
	}
}

// csvField quotes a text where a reader would misread it.
func csvField(s string) string {
	if s != "" && !strings.ContainsAny(s, ",\"\r\n") && s[0] != ' ' && s[0] != '\t' && s != `\.` {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
