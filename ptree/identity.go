package ptree

import (
	"strconv"
	"strings"
	"sync"

	"github.com/gophertrees/gopherwood/dataframe"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// identities tells who the processes of a log are and who they say their parents are, as codes:
// equal codes are equal texts, and a null is -1.
type identities struct {
	of                   []entry // per event
	pids                 numbers
	names                []string // lower case
	hostNames            []string
	hasParentName, hosts bool

	parentImage func() dataframe.Column // the parent's image as written, "unknown" when not given
	logon       func() dataframe.Column // the logon session
	effective   func() dataframe.Column // and the one the process runs in
}

const unknownName = "unknown"

// identify reads who the events' processes are.
func identify(events *creations, s Schema) *identities {
	id, from := identityColumns(events, s)
	id.of = events.entries
	stretches(len(id.of), func(low, high int) {
		var b codedBlock
		for ; low < high; low += blockRows {
			in := id.of[low:min(low+blockRows, high)]
			b.read(&from, low, len(in))
			for i := range in {
				b.put(&in[i], i)
			}
		}
	})
	id.describe(events, s)
	return id
}

// identityCoding is how the columns that tell who processes are become codes.
type identityCoding struct{ host, pid, parentID, name, parentName coding }

func identityColumns(events *creations, s Schema) (*identities, identityCoding) {
	id := &identities{hasParentName: s.ParentName != "", hosts: s.HostName != ""}
	var from identityCoding
	from.pid, from.parentID, id.pids = processIDs(events, s)
	names := dictionary{fold: lower}
	from.name = names.coded(events, s.ProcessName, -1)
	from.parentName = coding{same: names.code(unknownName)}
	if id.hasParentName {
		from.parentName = names.coded(events, s.ParentName, names.code(unknownName))
	}
	id.names = names.words
	if id.hosts {
		hosts := dictionary{}
		from.host = hosts.coded(events, s.HostName, -1)
		id.hostNames = hosts.words
	}
	return id, from
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
func processIDs(events *creations, s Schema) (own, parent coding, pids numbers) {
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
