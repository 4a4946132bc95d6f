package dataframe

import (
	"bytes"
	"encoding/json"
	"io"
	"math"

	"github.com/gophertrees/gopherwood/internal/wholefile"
)

// WriteJSONL writes the frame to a file as one JSON object a line, its keys in the order of
// the columns. Integers and numbers keep all their digits, times are RFC 3339 texts, null is
// null; so are NaN and the infinities, which JSON does not have. Bytes that are not UTF-8
// become U+FFFD. The file is replaced only when all is written.
func (d DataFrame) WriteJSONL(path string) error { return wholefile.Write(path, d.ToJSONL) }

// ToJSONL writes what [DataFrame.WriteJSONL] does.
func (d DataFrame) ToJSONL(w io.Writer) error {
	columns := d.exported()
	keys, values := make([]string, len(columns)), make([]rowWriter, len(columns))
	for j, c := range columns {
		keys[j] = "," + jsonText(c.name) + ":"
		if j == 0 {
			keys[j] = keys[j][1:]
		}
		values[j] = jsonWriter(c)
	}
	return writeRows(w, d.Nrow(), func(line []byte, i int) []byte {
		line = append(line, '{')
		for j, value := range values {
			line = value(append(line, keys[j]...), i)
		}
		return append(line, "}\n"...)
	})
}

func jsonWriter(c Column) rowWriter {
	if c.Kind() == String {
		return textWriter(c, "null", jsonText)
	}
	value := valueWriter(c)
	missing := c.missing()
	if c.Kind() == Float {
		missing = make([]bool, c.Len())
		for i, v := range c.Floats() {
			missing[i] = math.IsNaN(v) || math.IsInf(v, 0)
		}
	}
	return func(line []byte, i int) []byte {
		if missing != nil && missing[i] {
			return append(line, "null"...)
		}
		if c.Kind() == Time {
			return append(value(append(line, '"'), i), '"')
		}
		return value(line, i)
	}
}

func jsonText(s string) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a string always encodes
	}
	return string(bytes.TrimSuffix(out.Bytes(), []byte("\n")))
}
