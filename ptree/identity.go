package ptree

import (
	"strconv"
	"strings"
	"sync"

	"github.com/gophertrees/gopherwood/dataframe"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// identities holds, per event, who the process is and who it says its parent is, as codes:
// equal codes are equal texts. A null is -1.
type identities struct {
	host                 []int32
	pid, parentID        []int32 // into pids
	name, parentName     []int32 // into names; lower case, parent names "unknown" when not given
	pids                 numbers
	names                []string
	hostNames            []string // what the codes in host stand for
	hasParentName, hosts bool

	parentImage func() dataframe.Column // the parent's image as written, "unknown" when not given
	logon       func() dataframe.Column // the logon session
	effective   func() dataframe.Column // and the one the process runs in
}

const unknownName = "unknown"

func identify(events *creations, s Schema) *identities {
	id := codes(events, s)
	id.describe(events, s)
	return id
}

// codes reads who the processes of a log and their parents are.
func codes(events *creations, s Schema) *identities {
	id := &identities{hasParentName: s.ParentName != "", hosts: s.HostName != ""}
	id.pid, id.parentID, id.pids = processIDs(events, s)
	names := dictionary{fold: lower}
	id.name = names.coded(events, s.ProcessName, -1)
	if id.hasParentName {
		id.parentName = names.coded(events, s.ParentName, names.code(unknownName))
	} else {
		id.parentName = repeated(names.code(unknownName), events.Nrow())
	}
	id.names = names.words
	id.host = make([]int32, events.Nrow())
	if id.hosts {
		hosts := dictionary{}
		id.host = hosts.coded(events, s.HostName, -1)
		id.hostNames = hosts.words
	}
	return id
}

// describe says where the columns are that are read when somebody asks.
func (id *identities) describe(events *creations, s Schema) {
	id.parentImage = func() dataframe.Column { return dataframe.FromSlice("", unknownName, events.Nrow()) }
	if id.hasParentName {
		id.parentImage = sync.OnceValue(func() dataframe.Column { return named(events.Col(s.ParentName)) })
	}
	id.logon, id.effective = logons(events, s)
}

func repeated(v int32, n int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = v
	}
	return out
}

// numbers are the process ids that codes stand for: texts, or, where the log has small numbers,
// the codes themselves.
type numbers struct{ words []string }

func (n numbers) text(code int32) string {
	if n.words == nil {
		return strconv.Itoa(int(code))
	}
	return n.words[code]
}

// find returns the code of a text.
func (n numbers) find() func(text string) (int32, bool) {
	if n.words == nil {
		return func(text string) (int32, bool) {
			v, err := strconv.ParseInt(text, 10, 32)
			return int32(v), err == nil && v >= 0 && strconv.Itoa(int(v)) == text
		}
	}
	return finder(n.words)
}

// finder returns the codes of words.
func finder(words []string) func(word string) (int32, bool) {
	code := make(map[string]int32, len(words))
	for i, w := range words {
		code[w] = int32(i)
	}
	return func(word string) (int32, bool) { c, ok := code[word]; return c, ok }
}

// decimals reads codes as decimal numbers; -1 for what is none.
func (n numbers) decimals() func(code int32) int64 {
	if n.words == nil {
		return func(code int32) int64 { return int64(code) }
	}
	values := make([]int64, len(n.words))
	for i, w := range n.words {
		v, err := strconv.ParseInt(w, 10, 64)
		if err != nil || v < 0 {
			v = -1
		}
		values[i] = v
	}
	return func(code int32) int64 { return values[code] }
}

// processIDs codes the ids of processes and parents alike.
func processIDs(events *creations, s Schema) (own, parent []int32, pids numbers) {
	own, whole := events.small(s.ProcessID)
	if whole {
		if parent, whole = events.small(s.ParentID); whole {
			return own, parent, numbers{}
		}
	}
	ids := dictionary{}
	own, parent = ids.coded(events, s.ProcessID, -1), ids.coded(events, s.ParentID, -1)
	if ids.words == nil {
		ids.words = []string{} // no id at all
	}
	return own, parent, numbers{ids.words}
}

// small returns a column of integers that are no negative 32-bit numbers, -1 for null; else false.
func (e *creations) small(name string) (values []int32, ok bool) {
	if e.replaced(name) || e.log.Col(name).Kind() != dataframe.Int {
		return nil, false
	}
	c := e.log.Col(name)
	ints, nulls := c.Ints(), c.Nulls() > 0
	wide := uint64(0)
	for i, v := range ints {
		if !nulls || !c.IsNull(i) {
			wide |= uint64(v)
		}
	}
	if wide >= 1<<31 {
		return nil, false
	}
	out := make([]int32, e.Nrow())
	stretches(len(out), func(from, to int) {
		for i := from; i < to; i++ {
			row := i
			if e.rows != nil {
				row = int(e.rows[i])
			}
			out[i] = int32(ints[row])
			if nulls && c.IsNull(row) {
				out[i] = -1
			}
		}
	})
	return out, true
}

// dictionary codes several columns alike, after changing each distinct text by fold.
type dictionary struct {
	fold  func(string) string
	words []string
	known map[string]int32
}

func (d *dictionary) code(word string) int32 {
	if d.known == nil {
		d.known = map[string]int32{}
	}
	n, ok := d.known[word]
	if !ok {
		n = int32(len(d.words))
		d.known[word] = n
		d.words = append(d.words, word)
	}
	return n
}

// coded returns the codes of a described column; that of absent for null and, where null has a
// code, for the empty text.
func (d *dictionary) coded(e *creations, name string, absent int32) []int32 {
	if e.replaced(name) {
		return d.codes(e.Col(name), nil, absent)
	}
	return d.codes(e.log.Col(name), e.rows, absent)
}

// codes is coded for some rows of a column, or for all of them.
func (d *dictionary) codes(c dataframe.Column, rows []int32, absent int32) []int32 {
	codes, words := asText(c).Codes()
	to := make([]int32, len(words)+1)
	to[0] = absent
	for i, w := range words {
		switch {
		case w == "" && absent >= 0:
			to[i+1] = absent
		case d.fold != nil:
			to[i+1] = d.code(d.fold(w))
		default:
			to[i+1] = d.code(w)
		}
	}
	n := len(codes)
	if rows != nil {
		n = len(rows)
	}
	out := make([]int32, n)
	stretches(n, func(from, end int) {
		for i := from; i < end; i++ {
			row := i
			if rows != nil {
				row = int(rows[i])
			}
			out[i] = to[codes[row]+1]
		}
	})
	return out
}

// named fills parents' names that the log does not give.
func named(c dataframe.Column) dataframe.Column {
	codes, texts := asText(c).Codes()
	b := dataframe.NewBuilder(c.Name())
	for _, code := range codes {
		if code < 0 || texts[code] == "" {
			b.AppendString(unknownName)
		} else {
			b.AppendString(texts[code])
		}
	}
	return b.Column()
}

// unify codes two text columns by one dictionary, after changing each distinct text by fold.
func unify(a, b dataframe.Column, fold func(string) string) (left, right []int32, words []string) {
	d := dictionary{fold: fold}
	left, right = d.codes(a, nil, -1), d.codes(b, nil, -1)
	return left, right, d.words
}

var fullLower = cases.Lower(language.Und)

// lower is Unicode's full lower case, as Python's str.lower does it (final sigma, dotted I).
func lower(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return fullLower.String(s)
		}
	}
	return strings.ToLower(s)
}

// logons return the logon session as recorded and the effective one: the target session
// where there is one. Without a logon column both are 0.
func logons(events *creations, s Schema) (logon, effective func() dataframe.Column) {
	if s.LogonID == "" {
		zero := sync.OnceValue(func() dataframe.Column { return dataframe.FromSlice("EffectiveLogonId", 0, events.Nrow()) })
		return zero, zero
	}
	logon = func() dataframe.Column { return events.Col(s.LogonID) }
	if s.TargetLogonID == "" {
		return logon, func() dataframe.Column { return logon().Named("EffectiveLogonId") }
	}
	return logon, sync.OnceValue(func() dataframe.Column {
		subject, target, texts := unify(logon(), events.Col(s.TargetLogonID), nil)
		for i, t := range target {
			if t >= 0 && texts[t] != "0x0" {
				subject[i] = t
			}
		}
		return dataframe.Coded("EffectiveLogonId", subject, texts)
	})
}

// identity is a process without its time. Codes are those of identities; name is -2 where the
// schema has no parent names, which then play no part in matching.
type identity struct{ host, pid, name int32 }
