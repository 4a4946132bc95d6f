package ptree

import (
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
	id, from := identityColumns(events, s, nil)
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

// imageCoding codes the names of processes and parents alike, in lower case.
type imageCoding struct {
	own, parent coding
	words       []string
}

// identityColumns codes the columns; known is what their images are coded by already, if they are.
func identityColumns(events *creations, s Schema, known *imageCoding) (*identities, identityCoding) {
	id := &identities{hasParentName: s.ParentName != "", hosts: s.HostName != ""}
	var from identityCoding
	abreast(events.log.Nrow(),
		func() { from.pid, from.parentID, id.pids = processIDs(events, s) },
		func() {
			if known == nil {
				known = images(events, s)
			}
			from.name, from.parentName, id.names = known.own, known.parent, known.words
		},
		func() {
			if id.hosts {
				hosts := dictionary{}
				from.host = hosts.coded(events, s.HostName, -1)
				id.hostNames = hosts.words
			}
		},
	)
	return id, from
}

func images(events *creations, s Schema) *imageCoding {
	names := dictionary{fold: lower}
	own := names.coded(events, s.ProcessName, -1)
	parent := coding{same: names.code(unknownName)}
	if s.ParentName != "" {
		parent = names.coded(events, s.ParentName, names.code(unknownName))
	}
	return &imageCoding{own, parent, names.words}
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
