package ptree

import (
	"slices"

	"github.com/gophertrees/gopherwood/dataframe"
)

// inferred is a process that no event is: children tell of it.
type inferred struct {
	number int32 // of the process, once those of all hosts are known
	teller int32 // the event that first tells of it
	stays  int32 // which of the host's stands for it in the tree: itself, or an equal one
	born   int64 // when it was created, 0 when nothing tells
}

// told is what a row tells of its parent beside id and name: the image as written and the logon session.
type told struct{ image, logon int64 }

// absent is a parent that is not in the log.
type absent struct {
	pid, name int32
	mark      int64 // tells apart several parents of one id and image, where identities are logged
}

type tellingOf struct {
	absent
	told
}

// inference is a machine's scratch memory for absent parents.
type inference struct {
	first map[absent]firstTelling
	seen  map[tellingOf]bool // what was told later, in another way
}

// firstTelling is what the first row told of an absent parent, and which of the inferred processes
// stands for it.
type firstTelling struct {
	told
	stays int32
}

// infer makes a process for every parent that no event is, and returns them with each event's: an
// event of the machine, or, beyond those, an inferred one; the complement for events that are kept out.
// As in msticpy the same parent told of with another logon session or spelling takes a number of its
// own, and only the first stays.
func (m *machine) infer(k *linker, parent []int32, n *notes) []inferred {
	if m.seen == nil {
		m.seen, m.first = map[tellingOf]bool{}, map[absent]firstTelling{}
	}
	clear(m.seen)
	clear(m.first)
	var out []inferred
	for i, p := range m.matched {
		if p >= 0 {
			parent[i] = m.hung(int32(i), m.kept[p])
			continue
		}
		e := m.number(int32(i))
		mark, born := k.evidence.parentMark(int(e))
		who := absent{m.of[i].parentID, m.of[i].parentName, mark}
		tells := k.telling(e)
		f, known := m.first[who]
		if !known {
			f = firstTelling{tells, int32(len(out))}
			m.first[who] = f
			n.add(InferredParent, e, -1)
		}
		if again := (tellingOf{who, tells}); !known || tells != f.told && !m.seen[again] {
			if known {
				m.seen[again] = true
			}
			out = append(out, inferred{teller: e, stays: f.stays, born: born})
		}
		parent[i] = m.hung(int32(i), int32(len(m.matched))+f.stays)
	}
	return out
}

// hung is an event's parent, or the complement of it for an event that is kept out of the tree.
func (m *machine) hung(event, parent int32) int32 {
	if m.kept[event] != event {
		return ^parent
	}
	return parent
}

// parentTellings reads what rows tell of their parents, in numbers that are equal where the text is.
func parentTellings(events *creations, s Schema) func(event int32) told {
	image, logon := events.tags(s.ParentName, "", unknownName), events.tags(s.LogonID)
	return func(e int32) told { return told{image(e), logon(e)} }
}

// tags numbers the values of a column; null has -1, and so have the given texts.
func (e *creations) tags(name string, none ...string) func(event int32) int64 {
	if name == "" {
		return func(int32) int64 { return 0 }
	}
	c := e.log.Col(name)
	if c.Kind() == dataframe.Int && c.Nulls() == 0 {
		values := c.Ints()
		return func(event int32) int64 { return values[e.entries[event].row] }
	}
	codes, words := asText(c).Codes()
	var nothing []int32
	for i, w := range words {
		if slices.Contains(none, w) {
			nothing = append(nothing, int32(i))
		}
	}
	return func(event int32) int64 {
		code := codes[e.entries[event].row]
		if slices.Contains(nothing, code) {
			return -1
		}
		return int64(code)
	}
}
