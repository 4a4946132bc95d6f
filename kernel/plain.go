package kernel

import (
	"fmt"
	"image"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	// maxPlain bounds the text form of a value, in bytes.
	maxPlain = 10_000
	// maxDepth bounds how deep nested values are followed.
	maxDepth = 12
	// lineWidth is where a list of composite values is broken into one line for each.
	lineWidth = 80
)

// plainText is the text form of v. Receiver carries v's methods, or is nil; rich says that v
// has other forms, so that its inner life need not be printed.
func plainText(v, receiver any, rich bool) string {
	switch m := receiver.(type) {
	case fmt.Stringer:
		return bounded(described("String", m.String))
	case error:
		return bounded(described("Error", m.Error))
	}
	if picture, ok := receiver.(image.Image); ok {
		size, failure := call("Bounds", func() image.Point { return picture.Bounds().Size() })
		return fmt.Sprintf("%T, %d × %d pixels%s", v, size.X, size.Y, failure)
	}
	if rich {
		return fmt.Sprintf("<%T>", v)
	}
	if m, ok := receiver.(fmt.Formatter); ok {
		return bounded(described("Format", func() string { return fmt.Sprintf("%v", m) }))
	}
	p := printer{seen: map[uintptr]bool{}}
	return bounded(p.top(reflect.ValueOf(v)))
}

// described is the result of a method, or the report of its panic.
func described(name string, method func() string) string {
	text, failure := call(name, method)
	if failure != "" {
		return failure
	}
	return text
}

// bounded cuts text at maxPlain bytes and says so.
func bounded(text string) string {
	if len(text) <= maxPlain {
		return text
	}
	cut := maxPlain
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return fmt.Sprintf("%s… (%d more bytes)", text[:cut], len(text)-cut)
}

// printer writes values as fmt's %v does, but follows pointers instead of printing their
// addresses, survives cycles and panicking methods, and stops when there is enough.
type printer struct {
	out   strings.Builder
	depth int
	seen  map[uintptr]bool // pointers above the present value
}

// top prints a whole value. A list of composite values that is too long for one line gets
// one line for each.
func (p *printer) top(v reflect.Value) string {
	p.value(v)
	text := p.out.String()
	if len(text) <= lineWidth || !v.IsValid() || v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
		return text
	}
	switch v.Type().Elem().Kind() {
	case reflect.Struct, reflect.Slice, reflect.Array, reflect.Map, reflect.Pointer:
		p.out.Reset()
		p.list(v, "\n ")
	}
	return p.out.String()
}

// full says that nothing more will be shown.
func (p *printer) full() bool { return p.out.Len() > maxPlain }

func (p *printer) value(v reflect.Value) {
	if p.full() {
		return
	}
	if p.depth > maxDepth {
		p.out.WriteString("…")
		return
	}
	p.depth++
	defer func() { p.depth-- }()
	if v.IsValid() && p.depth > 1 && p.byMethod(v) {
		return
	}
	p.byKind(v)
}

// byMethod prints an inner value that has String or Error. Like fmt it passes over
// unexported fields, whose methods reflection may not call.
func (p *printer) byMethod(v reflect.Value) bool {
	if !v.CanInterface() || (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil() {
		return false
	}
	switch m := v.Interface().(type) {
	case error:
		p.out.WriteString(described("Error", m.Error))
	case fmt.Stringer:
		p.out.WriteString(described("String", m.String))
	default:
		return false
	}
	return true
}

func (p *printer) byKind(v reflect.Value) {
	switch v.Kind() {
	case reflect.Invalid:
		p.out.WriteString("nil")
	case reflect.Bool:
		p.out.WriteString(strconv.FormatBool(v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.out.WriteString(strconv.FormatInt(v.Int(), 10))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		p.out.WriteString(strconv.FormatUint(v.Uint(), 10))
	case reflect.Float32:
		fmt.Fprint(&p.out, float32(v.Float()))
	case reflect.Float64:
		fmt.Fprint(&p.out, v.Float())
	case reflect.Complex64, reflect.Complex128:
		fmt.Fprint(&p.out, v.Complex())
	case reflect.String:
		p.text(v.String())
	case reflect.Slice, reflect.Array:
		p.list(v, " ")
	case reflect.Map:
		p.mapping(v)
	case reflect.Struct:
		p.structure(v)
	case reflect.Interface:
		p.value(v.Elem())
	case reflect.Pointer:
		p.pointer(v)
	default: // func, chan, unsafe.Pointer: their addresses say nothing
		p.out.WriteString(v.Type().String())
	}
}

// text adds a string, of which no more is copied than can be shown.
func (p *printer) text(s string) { p.out.WriteString(s[:min(len(s), maxPlain+1)]) }

func (p *printer) list(v reflect.Value, separator string) {
	p.out.WriteByte('[')
	for i := range v.Len() {
		if p.full() {
			break
		}
		if i > 0 {
			p.out.WriteString(separator)
		}
		p.value(v.Index(i))
	}
	p.out.WriteByte(']')
}

// mapping prints a map with its keys in order, as fmt does.
func (p *printer) mapping(v reflect.Value) {
	keys := v.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return lessKey(keys[i], keys[j]) })
	p.out.WriteString("map[")
	for i, key := range keys {
		if p.full() {
			break
		}
		if i > 0 {
			p.out.WriteByte(' ')
		}
		p.value(key)
		p.out.WriteByte(':')
		p.value(v.MapIndex(key))
	}
	p.out.WriteByte(']')
}

func lessKey(a, b reflect.Value) bool {
	switch {
	case a.CanInt() && b.CanInt():
		return a.Int() < b.Int()
	case a.CanUint() && b.CanUint():
		return a.Uint() < b.Uint()
	case a.CanFloat() && b.CanFloat():
		return a.Float() < b.Float()
	case a.Kind() == reflect.String && b.Kind() == reflect.String:
		return a.String() < b.String()
	}
	left, right := printer{seen: map[uintptr]bool{}}, printer{seen: map[uintptr]bool{}}
	left.value(a)
	right.value(b)
	return left.out.String() < right.out.String()
}

func (p *printer) structure(v reflect.Value) {
	p.out.WriteByte('{')
	for i := range v.NumField() {
		if i > 0 {
			p.out.WriteByte(' ')
		}
		p.value(v.Field(i))
	}
	p.out.WriteByte('}')
}

func (p *printer) pointer(v reflect.Value) {
	if v.IsNil() {
		p.out.WriteString("nil")
		return
	}
	address := v.Pointer()
	if p.seen[address] {
		p.out.WriteString("&…") // a cycle
		return
	}
	p.seen[address] = true
	defer delete(p.seen, address)
	p.out.WriteByte('&')
	p.value(v.Elem())
}
