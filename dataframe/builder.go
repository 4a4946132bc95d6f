package dataframe

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// Builder makes one column from values whose type is known only as they arrive, as readers of
// logs need. The first value fixes the kind; integers become numbers when a fraction follows
// and none of them loses digits by it; any other mixture becomes text, and [Builder.Mixed]
// says so. Nulls fit every kind; a column of nulls alone is text.
type Builder struct {
	name  string
	kind  Kind
	begun bool // a value has fixed the kind
	zoned bool // a time came with a zone

	words map[string]int32 // text: code of each distinct text
	texts []string
	codes []int32 // text; -1 is null
	last  int32   // code of the latest text: logs repeat themselves

	ints   []int64 // integers, times in nanoseconds, bools as 0 and 1
	floats []float64
	valid  []bool
	nulls  int

	seen [Time + 1]int // values that arrived, by kind
}

// NewBuilder starts a column.
func NewBuilder(name string) *Builder { return &Builder{name: name} }

// Len returns the number of rows so far.
func (b *Builder) Len() int {
	if b.begun && b.kind == String {
		return len(b.codes)
	}
	return len(b.valid)
}

// Mixed tells in one sentence that values of several types became text, or is "".
func (b *Builder) Mixed() string {
	if b.kind != String || b.seen[String] == b.seen[String]+b.seen[Int]+b.seen[Float]+b.seen[Bool]+b.seen[Time] {
		return ""
	}
	var parts []string
	for k, n := range b.seen {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, Kind(k)))
		}
	}
	return fmt.Sprintf("column %q mixes %s values: kept as text", b.name, strings.Join(parts, ", "))
}

// AppendNull adds a row without a value.
func (b *Builder) AppendNull() {
	b.nulls++
	if b.begun && b.kind == String {
		b.codes = append(b.codes, -1)
		return
	}
	b.valid = append(b.valid, false)
	if b.kind == Float {
		b.floats = append(b.floats, 0)
	} else {
		b.ints = append(b.ints, 0)
	}
}

// AppendString adds a text.
func (b *Builder) AppendString(s string) {
	b.arrive(String)
	b.codes = append(b.codes, b.code(s))
}

// AppendBytes adds a text; the bytes may be used again by the caller.
func (b *Builder) AppendBytes(s []byte) {
	b.arrive(String)
	if len(b.texts) == 0 || b.texts[b.last] != string(s) {
		c, ok := b.words[string(s)]
		if !ok {
			c = b.code(string(s))
		}
		b.last = c
	}
	b.codes = append(b.codes, b.last)
}

// AppendInt adds an integer.
func (b *Builder) AppendInt(v int64) {
	if b.kind == Float && b.begun && !exact(v) {
		b.become(String)
	}
	switch b.arrive(Int) {
	case String:
		b.codes = append(b.codes, b.code(Ints("", []int64{v}).Text(0)))
	case Float:
		b.floats = append(b.floats, float64(v))
		b.valid = append(b.valid, true)
	default:
		b.append(v)
	}
}

// AppendFloat adds a number.
func (b *Builder) AppendFloat(v float64) {
	if b.arrive(Float) == String {
		b.codes = append(b.codes, b.code(FormatFloat(v)))
		return
	}
	b.floats = append(b.floats, v)
	b.valid = append(b.valid, true)
}

// AppendBool adds true or false.
func (b *Builder) AppendBool(v bool) {
	n := int64(0)
	if v {
		n = 1
	}
	if b.arrive(Bool) == String {
		b.codes = append(b.codes, b.code(fmt.Sprint(v)))
		return
	}
	b.append(n)
}

// AppendNanos adds an instant in nanoseconds since 1970 UTC. zoned says whether the source
// gave a zone; one such value makes the whole column zoned.
func (b *Builder) AppendNanos(v int64, zoned bool) {
	if b.arrive(Time) == String {
		b.codes = append(b.codes, b.code(time.Unix(0, v).UTC().Format(time.RFC3339Nano)))
		return
	}
	b.zoned = b.zoned || zoned
	b.append(v)
}

// Append adds a value of any basic Go type or a pointer to one; nil and the zero time are null.
// Maps, slices and structs are kept as JSON text, what prints itself (a String or Error
// method) as what it prints, and a time outside the years 1678 to 2262 as text.
func (b *Builder) Append(v any) {
	switch v := v.(type) {
	case nil:
		b.AppendNull()
	case string:
		b.AppendString(v)
	case int:
		b.AppendInt(int64(v))
	case int32:
		b.AppendInt(int64(v))
	case int64:
		b.AppendInt(v)
	case uint32:
		b.AppendInt(int64(v))
	case float32:
		b.AppendFloat(float64(v))
	case float64:
		b.AppendFloat(v)
	case bool:
		b.AppendBool(v)
	case time.Time:
		b.appendTime(v)
	default:
		b.appendOther(v)
	}
}

// Column ends the builder and returns its column.
func (b *Builder) Column() Column {
	var valid [][]bool
	if b.nulls > 0 {
		valid = [][]bool{b.valid}
	}
	switch {
	case !b.begun:
		return Coded(b.name, filled(len(b.valid), -1), nil)
	case b.kind == Int:
		return Ints(b.name, b.ints, valid...)
	case b.kind == Float:
		return Floats(b.name, b.floats, valid...)
	case b.kind == Time:
		return Nanos(b.name, b.ints, b.zoned, valid...)
	case b.kind == Bool:
		a := array.NewBooleanBuilder(memory.DefaultAllocator)
		for i, v := range b.ints {
			if b.valid[i] {
				a.Append(v != 0)
			} else {
				a.AppendNull()
			}
		}
		return Column{b.name, a.NewBooleanArray()}
	}
	return Coded(b.name, b.codes, b.texts)
}

func (b *Builder) append(v int64) {
	b.ints = append(b.ints, v)
	b.valid = append(b.valid, true)
}

func (b *Builder) code(s string) int32 {
	c, ok := b.words[s]
	if !ok {
		c = int32(len(b.texts))
		b.words[s] = c
		b.texts = append(b.texts, s)
	}
	return c
}

// arrive notes that a value of kind k comes next and returns the kind that it must be stored as.
func (b *Builder) arrive(k Kind) Kind {
	b.seen[k]++
	switch {
	case !b.begun:
		b.become(k)
	case b.kind == k, b.kind == String, b.kind == Float && k == Int:
	case b.kind == Int && k == Float && b.exact():
		b.widen()
	default:
		b.become(String)
	}
	return b.kind
}

// become fixes the kind, turning the rows so far into text when the new kind is text.
func (b *Builder) become(k Kind) {
	if k == String {
		b.words = map[string]int32{}
		for i, ok := range b.valid {
			if ok {
				b.codes = append(b.codes, b.code(b.text(i)))
			} else {
				b.codes = append(b.codes, -1)
			}
		}
		b.ints, b.floats, b.valid = nil, nil, nil
	}
	if k == Float {
		b.floats, b.ints = make([]float64, len(b.valid)), nil
	}
	b.kind, b.begun = k, true
}

func (b *Builder) text(i int) string {
	switch b.kind {
	case Float:
		return FormatFloat(b.floats[i])
	case Bool:
		return fmt.Sprint(b.ints[i] != 0)
	case Time:
		return time.Unix(0, b.ints[i]).UTC().Format(time.RFC3339Nano)
	}
	return fmt.Sprint(b.ints[i])
}

// exact reports whether every integer so far is the same number as a float64.
func (b *Builder) exact() bool {
	return !slices.ContainsFunc(b.ints, func(v int64) bool { return !exact(v) })
}

func exact(v int64) bool {
	f := float64(v)
	return f < 1<<63 && int64(f) == v
}

func (b *Builder) widen() {
	b.floats = make([]float64, len(b.ints))
	for i, v := range b.ints {
		b.floats[i] = float64(v)
	}
	b.ints, b.kind = nil, Float
}
