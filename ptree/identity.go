package ptree

import (
	"strings"

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
	pids, names          []string
	hostNames            []string         // what the codes in host stand for
	parentImage          dataframe.Column // the parent's image as written, "unknown" when not given
	logon, effective     dataframe.Column // the logon session, and the one the process runs in
	hasParentName, hosts bool
}

const unknownName = "unknown"

func identify(events dataframe.DataFrame, s Schema) *identities {
	id := &identities{hasParentName: s.ParentName != "", hosts: s.HostName != ""}
	pid, parentID := events.Col(s.ProcessID), events.Col(s.ParentID)
	id.pid, id.parentID, id.pids = unify(pid, parentID, nil)
	image := events.Col(s.ProcessName)
	if id.hasParentName {
		id.parentImage = named(events.Col(s.ParentName))
		id.name, id.parentName, id.names = unify(image, id.parentImage, lower)
	} else {
		unknown := dataframe.FromSlice("", unknownName, events.Nrow())
		id.name, id.parentName, id.names = unify(image, unknown, lower)
	}
	id.host = make([]int32, events.Nrow())
	if id.hosts {
		id.host, id.hostNames = asText(events.Col(s.HostName)).Codes()
	}
	id.logon, id.effective = logons(events, s)
	return id
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
func unify(a, b dataframe.Column, fold func(string) string) (left, right []int32, texts []string) {
	code := map[string]int32{}
	left, right = recoded(a, code, fold), recoded(b, code, fold)
	texts = make([]string, len(code))
	for text, c := range code {
		texts[c] = text
	}
	return left, right, texts
}

// recoded codes a column by a dictionary that several columns share, after changing each distinct
// text by fold, if there is one.
func recoded(c dataframe.Column, code map[string]int32, fold func(string) string) []int32 {
	codes, words := asText(c).Codes()
	to := make([]int32, len(words))
	for i, w := range words {
		if fold != nil {
			w = fold(w)
		}
		n, ok := code[w]
		if !ok {
			n = int32(len(code))
			code[w] = n
		}
		to[i] = n
	}
	out := make([]int32, len(codes))
	for i, c := range codes {
		out[i] = -1
		if c >= 0 {
			out[i] = to[c]
		}
	}
	return out
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

// logons returns the logon session as recorded and the effective one: the target session
// where there is one. Without a logon column both are 0.
func logons(events dataframe.DataFrame, s Schema) (logon, effective dataframe.Column) {
	if s.LogonID == "" {
		zero := dataframe.FromSlice("EffectiveLogonId", 0, events.Nrow())
		return zero, zero
	}
	logon = events.Col(s.LogonID)
	if s.TargetLogonID == "" {
		return logon, logon.Named("EffectiveLogonId")
	}
	subject, target, texts := unify(logon, events.Col(s.TargetLogonID), nil)
	for i, t := range target {
		if t >= 0 && texts[t] != "0x0" {
			subject[i] = t
		}
	}
	return logon, dataframe.Coded("EffectiveLogonId", subject, texts)
}
