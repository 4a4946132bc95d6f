package notebook

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// encoder writes JSON as Python's json.dumps(indent=1, sort_keys=True, ensure_ascii=False)
// does. encoding/json cannot: it always escapes U+2028 and its kin.
type encoder struct{ strings.Builder }

func (e *encoder) value(v any, depth int) {
	switch v := v.(type) {
	case nil:
		e.WriteString("null")
	case bool, int, json.Number:
		fmt.Fprint(e, v)
	case string:
		e.text(v)
	case []any:
		e.list(v, depth)
	case map[string]any:
		e.object(v, depth)
	default:
		e.value(plain(v), depth)
	}
}

// plain is any value as nil, bool, json.Number, string, list or object.
func plain(v any) any {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	var out any
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.UseNumber()
	if decoder.Decode(&out) != nil {
		return fmt.Sprint(v)
	}
	return out
}

func (e *encoder) list(list []any, depth int) {
	if len(list) == 0 {
		e.WriteString("[]")
		return
	}
	for i, v := range list {
		e.separate("[,"[min(i, 1)], depth+1)
		e.value(v, depth+1)
	}
	e.separate(0, depth)
	e.WriteByte(']')
}

func (e *encoder) object(m map[string]any, depth int) {
	if len(m) == 0 {
		e.WriteString("{}")
		return
	}
	for i, key := range slices.Sorted(maps.Keys(m)) {
		e.separate("{,"[min(i, 1)], depth+1)
		e.text(key)
		e.WriteString(": ")
		e.value(m[key], depth+1)
	}
	e.separate(0, depth)
	e.WriteByte('}')
}

// separate writes mark, unless it is 0, and begins a line.
func (e *encoder) separate(mark byte, depth int) {
	if mark != 0 {
		e.WriteByte(mark)
	}
	e.WriteByte('\n')
	e.WriteString(strings.Repeat(" ", depth))
}

func (e *encoder) text(s string) {
	e.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			e.WriteByte('\\')
			e.WriteRune(r)
		case r >= ' ':
			e.WriteRune(r)
		default:
			if short := strings.IndexRune("\b\f\n\r\t", r); short >= 0 {
				e.WriteByte('\\')
				e.WriteByte("bfnrt"[short])
			} else {
				fmt.Fprintf(e, "\\u%04x", r)
			}
		}
	}
	e.WriteByte('"')
}
