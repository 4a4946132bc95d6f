package ptree

import (
	"slices"

	"github.com/gophertrees/gopherwood/dataframe"
)

// byIdentityAlone reports whether a log tells nothing that could correct id, image and time, so
// that every host can be linked by itself.
func (s Schema) byIdentityAlone(log dataframe.DataFrame) bool {
	if s.toldMore() {
		return false
	}
	if s.EventIDColumn == "" || s.ExitEventID == "" && s.ForkEventID == "" {
		return true
	}
	_, kinds := asText(log.Col(s.EventIDColumn)).Codes()
	return !slices.ContainsFunc(kinds, func(kind string) bool { return kind != "" && (kind == s.ExitEventID || kind == s.ForkEventID) })
}

// toldMore reports whether the schema has columns that tell more of processes than id, image and time.
func (s Schema) toldMore() bool {
	return s.ProcessGUID != "" || s.ParentGUID != "" || s.ParentTime != "" || s.BootID != ""
}

// arrange does the work of clean and identify for logs that are linked by identity alone, and
// puts the events in another order: host after host, each host's in the order of time. The log
// is read from front to back, whatever its order, into buckets for every host and, where hosts
// are few, for ranges of time; each is then sorted where it fits a processor's cache.
func arrange(log dataframe.DataFrame, s Schema, k known, found *Findings) (*creations, *identities, error) {
	stamps, err := instants(log.Col(s.TimeStamp))
	if err != nil {
		return nil, nil, err
	}
	same := comparing(log, stamps, k.others)
	others, err := s.others(log, stamps, same, found)
	if err != nil {
		return nil, nil, err
	}
	id, from := identityColumns(&creations{log: log}, s, k.images)
	a := scatter(stamps, id, from, others)
	portions := a.portions()
	alike, complete := make([][]int32, len(portions)), make([]bool, len(portions))
	each(len(portions), len(a.entries), func(s *sorting, i int) {
		alike[i] = a.sort(portions[i], s)
		complete[i] = a.complete(portions[i])
	})
	a.dropRepeated(same, slices.Concat(alike...), found)
	events := newCreations(log, s)
	a.hand(events)
	found.entries, id.of = events.entries, events.entries
	if slices.Contains(complete, false) {
		id.noteMissing(found)
	}
	id.describe(events, s)
	return events, id, nil
}

// others marks the rows that are no creations, nil when all are. They are findings.
func (s Schema) others(log dataframe.DataFrame, stamps dataframe.Column, same comparison, found *Findings) ([]bool, error) {
	if log.Nrow() > 0 && s.creationsAlone(log) {
		return nil, nil
	}
	every := make([]int32, log.Nrow())
	for i := range every {
		every[i] = int32(i)
	}
	other := &Findings{}
	if _, _, err := sift(every, log, s, other); err != nil || len(other.List) == 0 {
		return nil, err
	}
	marks, rows := make([]bool, len(every)), make([]int32, len(other.List))
	for i, x := range other.List {
		marks[x.Row], rows[i] = true, int32(x.Row)
	}
	byTime(rows, stamps)
	for _, row := range dropRepeated(same, stamps, rows, found) {
		found.add(OtherEvent, row, -1)
	}
	return marks, nil
}

// creationsAlone reports whether no row is of another kind.
func (s Schema) creationsAlone(log dataframe.DataFrame) bool {
	if s.EventIDColumn == "" || s.EventID == "" {
		return true
	}
	codes, kinds := asText(log.Col(s.EventIDColumn)).Codes()
	creation := int32(slices.Index(kinds, s.EventID))
	return creation >= 0 && !slices.ContainsFunc(codes, func(kind int32) bool { return kind != creation })
}

// likeOthers returns the places of entries that share time, ids and names with another, of those
// between two places, which are in the order of time.
func likeOthers(entries []entry, from, end int) []int32 {
	var out []int32
	for from < end {
		to := from + 1
		for to < end && entries[to].nanos == entries[from].nanos {
			to++
		}
		if to > from+1 {
			out = appendAlike(out, entries, from, to)
		}
		from = to
	}
	return out
}

func appendAlike(out []int32, entries []entry, from, to int) []int32 {
	type likeness struct{ pid, parentID, name, parentName int32 }
	of := func(at int) likeness {
		e := &entries[at]
		return likeness{e.pid, e.parentID, e.name, e.parentName}
	}
	if to == from+2 { // the usual case
		if of(from) == of(from+1) {
			out = append(out, int32(from), int32(from+1))
		}
		return out
	}
	count := make(map[likeness]int, to-from)
	for at := from; at < to; at++ {
		count[of(at)]++
	}
	for at := from; at < to; at++ {
		if count[of(at)] > 1 {
			out = append(out, int32(at))
		}
	}
	return out
}
