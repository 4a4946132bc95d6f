package logs

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// auditUse says what a type of record is for.
type auditUse byte

const (
	auditOther auditUse = iota
	auditSyscall
	auditExecve
	auditCwd
	auditProctitle
	auditEnd // the record that ends an event, without any fields
)

var auditUses = map[string]auditUse{
	"SYSCALL": auditSyscall, "EXECVE": auditExecve, "CWD": auditCwd, "PROCTITLE": auditProctitle, "EOE": auditEnd,
}

// auditRecordType is a type of record with the columns of its fields. Records of a type have
// mostly the same fields in the same order, so that a field is found where it was before.
type auditRecordType struct {
	name   string
	number int32
	use    auditUse
	daemon bool
	fields []*auditTypeField // in the order of the record before
	byName map[string]*auditTypeField
	unused int // records that are not in the columns
	listed bool
	last   int // the type's last record of the current event
}

// auditTypeField is a field of a type of record.
type auditTypeField struct {
	name   string
	column *auditColumn // nil: not kept
	other  *auditColumn // NAME_TYPE, for events in which another record has the field, too
	hex    bool
	tried  bool
}

func newAuditRecordType(name string) *auditRecordType {
	return &auditRecordType{name: name, use: auditUses[name], daemon: strings.HasPrefix(name, "DAEMON_"), byName: map[string]*auditTypeField{}}
}

// auditRecord is a record of an event.
type auditRecord struct {
	kind        *auditRecordType
	body        []byte
	interpreted bool
}

// auditBuilder makes rows of events.
type auditBuilder struct {
	rows    int
	nanos   []int64
	ids     []string
	idCodes []int32
	idText  []byte
	byName  map[string]*auditColumn
	names   []string // of the columns, in the order of their first values
	types   []*auditRecordType

	computer, eventType, cmdline, call, flags *auditColumn

	limit     int  // of columns
	lossy     bool // some text is not UTF-8
	scratch   []byte
	text      []byte
	arguments auditArguments
	mixed     []string
	count     struct{ crowded, repeated, notUTF8, replaced, withoutArguments, fewArguments int }
}

func newAuditBuilder(limit int, lossy bool) *auditBuilder {
	b := &auditBuilder{byName: map[string]*auditColumn{}, limit: limit, lossy: lossy}
	b.column("TimeGenerated")
	b.column("mssg_id")
	b.computer, b.eventType = b.column("Computer"), b.column("EventType")
	b.cmdline, b.call, b.flags = b.column("cmdline"), b.column("SYSCALL"), b.column("clone_flags")
	return b
}

// event makes a row of an event's records.
func (b *auditBuilder) event(e auditEvent, node string, records []auditRecord) {
	b.nanos = append(b.nanos, e.nanos)
	b.idText = auditID(b.idText[:0], e.nanos, e.serial)
	b.idCodes = append(b.idCodes, int32(len(b.ids)))
	b.ids = append(b.ids, string(b.idText))
	if node != "" && b.ready(b.computer) {
		b.computer.builder.AppendString(node)
	}
	b.ready(b.eventType)
	if b.program(records) {
		b.eventType.builder.AppendString("SYSCALL_EXECVE")
	} else {
		b.others(records)
		b.eventType.builder.AppendString(records[0].kind.name)
	}
	b.rows++
}

// program reads the start of a program, and reports whether the event is one: it has a SYSCALL
// and an EXECVE record, or a SYSCALL that says so although the other was lost.
func (b *auditBuilder) program(records []auditRecord) bool {
	var found [auditEnd + 1]*auditRecord
	for i := range records {
		found[records[i].kind.use] = &records[i] // the last of several, as everywhere
	}
	syscall := found[auditSyscall]
	if syscall == nil || found[auditExecve] == nil && !startsProgram(syscall) {
		return false
	}
	b.record(syscall)
	if cwd := found[auditCwd]; cwd != nil {
		b.record(cwd)
	}
	if found[auditExecve] != nil {
		b.execve(records)
	}
	title := found[auditProctitle]
	if title != nil {
		b.record(title)
	}
	if found[auditExecve] == nil {
		b.titled(title)
	}
	for i := range records {
		r := &records[i]
		if r.kind.use != auditExecve && r != found[r.kind.use] || r.kind.use == auditOther {
			b.leave(r.kind)
		}
	}
	return true
}

// others reads the records of any other event: the last of each type, in the order of the types'
// first records.
func (b *auditBuilder) others(records []auditRecord) {
	for i := range records {
		records[i].kind.last = i
	}
	for i := range records {
		kind := records[i].kind
		switch {
		case kind.last < 0: // done
			b.leave(kind)
		default:
			b.record(&records[kind.last])
			kind.last = -1
		}
	}
}

// leave counts a record that is not in the columns.
func (b *auditBuilder) leave(t *auditRecordType) {
	if !t.listed {
		t.listed = true
		b.types = append(b.types, t)
	}
	t.unused++
}

// record puts a record's fields into the row.
func (b *auditBuilder) record(r *auditRecord) {
	s := auditScanner{text: r.body, interpreted: r.interpreted, nextKey: beginsKey}
	if r.kind.use == auditCwd || r.kind.use == auditProctitle {
		s.nextKey = never
	}
	var f auditField
	words := false
	var call auditCall
	for i := 0; s.next(&f); {
		if f.key == nil {
			if !words && len(f.value) > 0 {
				words = true
				f.value = s.words(f.value)
				b.put(b.field(r.kind, -1, []byte("msg")), r, f)
			}
			continue
		}
		if r.kind.use == auditSyscall {
			call.note(f)
			if isRegister(f.key) {
				continue
			}
		}
		b.put(b.field(r.kind, i, f.key), r, f)
		i++
	}
	if r.kind.use == auditSyscall {
		b.named(call)
	}
}

// isRegister reports whether a field of a SYSCALL is one of the registers a0 to a3.
func isRegister(key []byte) bool {
	return len(key) == 2 && key[0] == 'a' && key[1] >= '0' && key[1] <= '3'
}

// field finds a type's field, first where the record before had it.
func (b *auditBuilder) field(t *auditRecordType, i int, key []byte) *auditTypeField {
	if i >= 0 && i < len(t.fields) && t.fields[i].name == string(key) {
		return t.fields[i]
	}
	f, ok := t.byName[string(key)]
	if !ok {
		name := string(b.valid(key))
		f = &auditTypeField{name: string(key), column: b.column(name), hex: hexFields[name]}
		if len(t.byName) < maxFieldColumns {
			t.byName[f.name] = f
		}
	}
	if i >= 0 && i < maxFieldColumns {
		if i < len(t.fields) {
			t.fields[i] = f
		} else if i == len(t.fields) {
			t.fields = append(t.fields, f)
		}
	}
	return f
}

// put sets a field of the row. A field that another record has already set is NAME_TYPE.
func (b *auditBuilder) put(f *auditTypeField, r *auditRecord, value auditField) {
	c := f.column
	if c == nil {
		b.count.crowded++
		return
	}
	if upper := auditNames[f.name]; r.interpreted && upper != "" && !c.holds(value.value) {
		b.put(b.field(r.kind, -1, []byte(upper)), r, value)
		return
	}
	if !b.ready(c) {
		if f.other == nil && !f.tried {
			f.tried = true
			f.other = b.column(f.name + "_" + r.kind.name)
		}
		if c = f.other; c == nil {
			b.count.crowded++
			return
		}
		if !b.ready(c) {
			b.count.repeated++
			return
		}
	}
	text := value.value
	if f.hex && !value.quoted && !r.interpreted {
		var broken bool
		if text, broken = unhex(text, &b.text); broken {
			b.count.notUTF8++
		}
	}
	b.set(c, text)
}

// holds reports whether a column of numbers can hold a text.
func (c *auditColumn) holds(text []byte) bool {
	if !c.number {
		return true
	}
	_, ok := auditNumber(text)
	return ok
}

// valid returns text that is UTF-8.
func (b *auditBuilder) valid(text []byte) []byte {
	if !b.lossy || utf8.Valid(text) {
		return text
	}
	b.count.replaced++
	return bytes.ToValidUTF8(text, []byte("\uFFFD"))
}
