package logs

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"
)

// auditArgument is an argument of a program, or a part of one, as EXECVE records have them:
// a2="text", a2=HEX, and for a long one a2_len=9000 a2[0]=… a2[1]=… in one record or in several.
type auditArgument struct {
	number, part int
	value        []byte
	quoted       bool
}

type auditArguments struct {
	list    []auditArgument
	sorted  bool
	claimed int // argc
}

// parseArgument reads a name such as a2 or a2[1]. The number of a part is -1 when there are none.
func parseArgument(key []byte) (a auditArgument, ok bool) {
	if len(key) < 2 || key[0] != 'a' {
		return a, false
	}
	a.part = -1
	name := key[1:]
	if i := bytes.IndexByte(name, '['); i > 0 && name[len(name)-1] == ']' {
		part, ok := digits(name[i+1:len(name)-1], 9)
		if !ok {
			return a, false
		}
		a.part, name = int(part), name[:i]
	}
	n, ok := digits(name, 9)
	a.number = int(n)
	return a, ok
}

// add keeps an argument; those that come in order need not be sorted.
func (l *auditArguments) add(a auditArgument) {
	if n := len(l.list); n > 0 && compareArguments(l.list[n-1], a) >= 0 {
		l.sorted = false
	}
	l.list = append(l.list, a)
}

func compareArguments(x, y auditArgument) int {
	return cmp.Or(cmp.Compare(x.number, y.number), cmp.Compare(x.part, y.part))
}

// execve puts the arguments of an event's EXECVE records into the row.
func (b *auditBuilder) execve(records []auditRecord) {
	l := &b.arguments
	l.list, l.sorted, l.claimed = l.list[:0], true, 0
	interpreted := false
	for i := range records {
		if records[i].kind.use == auditExecve {
			interpreted = records[i].interpreted
			b.collectArguments(&records[i])
		}
	}
	if !l.sorted {
		slices.SortStableFunc(l.list, compareArguments)
		l.list = slices.CompactFunc(l.list, func(x, y auditArgument) bool { return compareArguments(x, y) == 0 })
	}
	b.commandLine(interpreted)
}

func (b *auditBuilder) collectArguments(r *auditRecord) {
	s := auditScanner{text: r.body, interpreted: r.interpreted, nextKey: beginsArgument}
	var f auditField
	for i := 0; s.next(&f); {
		if a, ok := parseArgument(f.key); ok {
			a.value, a.quoted = f.value, f.quoted
			b.arguments.add(a)
			continue
		}
		if f.key == nil || bytes.HasSuffix(f.key, []byte("_len")) {
			continue
		}
		if n, ok := digits(f.value, 9); ok && string(f.key) == "argc" {
			b.arguments.claimed = int(n)
		}
		if field := b.field(r.kind, i, f.key); field.column == nil || b.ready(field.column) {
			b.put(field, r, f) // a second record repeats argc
		}
		i++
	}
}

// commandLine joins the arguments by blanks, and sets a0, a1 and a2.
func (b *auditBuilder) commandLine(interpreted bool) {
	l := b.arguments.list
	line := b.scratch[:0]
	numbers := 0
	for i := 0; i < len(l); numbers++ {
		end := i + 1
		for end < len(l) && l[end].number == l[i].number {
			end++
		}
		if i > 0 {
			line = append(line, ' ')
		}
		from := len(line)
		line = b.argument(line, l[i:end], interpreted)
		if n := l[i].number; n < 3 {
			if c := b.column("a" + string(byte('0'+n))); c != nil && b.ready(c) {
				b.set(c, line[from:])
			}
		}
		i = end
	}
	b.scratch = line
	if len(l) > 0 && b.ready(b.cmdline) {
		b.cmdline.builder.AppendBytes(b.valid(line))
	}
	if b.arguments.claimed > numbers || len(l) > 0 && l[len(l)-1].number >= numbers {
		b.count.fewArguments++
	}
}

// argument appends one argument, of all its parts, to line.
func (b *auditBuilder) argument(line []byte, parts []auditArgument, interpreted bool) []byte {
	from := len(line)
	for _, p := range parts {
		if p.quoted || interpreted || !isHex(p.value) {
			line = append(line, p.value...)
			continue
		}
		line = hexDecoded(line, p.value)
	}
	if utf8.Valid(line[from:]) || parts[0].quoted {
		return line
	}
	b.count.notUTF8++
	line = line[:from]
	for _, p := range parts {
		line = append(line, p.value...)
	}
	return line
}

// titled makes a command line of the title of a process whose arguments were lost.
func (b *auditBuilder) titled(title *auditRecord) {
	b.count.withoutArguments++
	if title == nil {
		return
	}
	s := auditScanner{text: title.body, interpreted: title.interpreted, nextKey: never}
	var f auditField
	if !s.next(&f) || string(f.key) != "proctitle" {
		return
	}
	text := f.value
	if !f.quoted && !title.interpreted {
		text, _ = unhex(text, &b.text)
	}
	b.scratch = append(b.scratch[:0], bytes.TrimRight(text, "\x00")...)
	for i, c := range b.scratch {
		if c == 0 {
			b.scratch[i] = ' '
		}
	}
	if b.ready(b.cmdline) {
		b.cmdline.builder.AppendBytes(b.valid(b.scratch))
	}
}
