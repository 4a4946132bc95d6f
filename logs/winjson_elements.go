package logs

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/valyala/fastjson"
)

// event reads an event whose members are its XML's elements, as evtx_dump and Velociraptor write
// it. Attributes are under "#attributes", or under the element's name with "_attributes".
// https://github.com/omerbenamram/evtx
func (j *jsonEvents) event(v *fastjson.Value) {
	root := v
	if inner := v.Get("Event"); inner != nil && inner.Type() == fastjson.TypeObject {
		root = inner
		j.each(v, func(key string, v *fastjson.Value) {
			if v != root && !isAttributes(key) {
				j.field(key, v)
			}
		})
	}
	j.open("Event")
	j.each(root, func(key string, v *fastjson.Value) {
		switch {
		case isAttributes(key):
		case key == "System" || v.Type() == fastjson.TypeObject:
			j.section(key, v)
		default:
			j.field(key, v)
		}
	})
	j.close()
}

func isAttributes(key string) bool {
	return key == "#attributes" || strings.HasSuffix(key, "_attributes")
}

func (j *jsonEvents) open(name string) {
	if j.err == nil {
		j.err = j.elements.start(name)
	}
}

func (j *jsonEvents) close() {
	if j.err == nil {
		j.err = j.elements.end()
	}
}

// section reads System, EventData or UserData.
func (j *jsonEvents) section(name string, v *fastjson.Value) {
	j.open(name)
	j.each(v, func(key string, inner *fastjson.Value) {
		switch {
		case name == "System" && key == "TimeCreated" && inner.Get("SystemTime") != nil:
			j.time(inner.Get("SystemTime"))
		case strings.HasSuffix(key, "_attributes"):
			j.attributes(strings.TrimSuffix(key, "_attributes"), inner)
		case key != "#attributes":
			j.element(name, key, inner)
		}
	})
	j.close()
}

// attributes reads the attributes of an element that stand apart from it.
func (j *jsonEvents) attributes(name string, v *fastjson.Value) {
	j.open(name)
	j.each(v, j.attribute)
	j.close()
}

func (j *jsonEvents) attribute(name string, v *fastjson.Value) {
	if text, ok := j.textOf(v); ok && j.err == nil {
		j.err = j.elements.attribute(name, text)
	}
}

// element reads one element: a text, an object of attributes and elements, or an array of texts.
func (j *jsonEvents) element(section, name string, v *fastjson.Value) {
	if !validName(name) {
		j.err = fmt.Errorf("the name of a field has %d bytes", len(name))
		return
	}
	switch v.Type() {
	case fastjson.TypeArray:
		for _, item := range v.GetArray() {
			j.element(section, name, item)
		}
		return
	case fastjson.TypeNull:
		if section == "System" {
			return
		}
	}
	j.open(name)
	if v.Type() != fastjson.TypeObject {
		j.content(v)
	} else {
		j.each(v, func(key string, inner *fastjson.Value) {
			switch {
			case key == "#attributes":
				j.each(inner, j.attribute)
			case key == "#text" || key == "Value" && section == "System":
				j.content(inner)
			case section == "System":
				j.attribute(key, inner)
			case isAttributes(key):
				j.attributes(strings.TrimSuffix(key, "_attributes"), inner)
			default:
				j.element(section, key, inner)
			}
		})
	}
	j.close()
}

// content adds a value to the text of the open element; the texts of an array are fields of
// their own.
func (j *jsonEvents) content(v *fastjson.Value) {
	if v.Type() == fastjson.TypeArray {
		for i, item := range v.GetArray() {
			if i > 0 {
				j.elements.item()
			}
			j.content(item)
		}
		return
	}
	if text, ok := j.textOf(v); ok && j.err == nil {
		top := j.elements.top()
		top.text = append(top.text, text...)
	}
}

// time reads the time of an event: ISO 8601, seconds since 1970 (Velociraptor), or
// "/Date(milliseconds)/" (Windows PowerShell).
func (j *jsonEvents) time(v *fastjson.Value) {
	if v.Type() == fastjson.TypeObject && v.Exists("#attributes") {
		v = v.Get("#attributes", "SystemTime")
	}
	if v == nil || j.err != nil {
		return
	}
	text, ok := j.textOf(v)
	if !ok {
		return
	}
	s := string(text)
	if v.Type() == fastjson.TypeNumber {
		if seconds, err := strconv.ParseFloat(s, 64); err == nil && seconds > 0 && seconds < 1e11 {
			s = time.UnixMicro(int64(seconds*1e6 + 0.5)).UTC().Format("2006-01-02T15:04:05.000000Z")
		}
	} else if ms, ok := strings.CutPrefix(s, "/Date("); ok {
		if n, err := strconv.ParseInt(strings.TrimSuffix(ms, ")/"), 10, 64); err == nil {
			s = time.UnixMilli(n).UTC().Format("2006-01-02T15:04:05.000Z")
		}
	}
	if _, zoned, ok := parseTime(s); ok && !zoned {
		s += "Z"
		j.clock.assumed++
	}
	if j.err == nil {
		j.err = j.table.set("TimeCreated", []byte(s))
	}
}
