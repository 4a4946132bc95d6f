package ptree

import (
	"slices"
	"sort"
	"strings"
	"time"
)

// find returns the first position with a key; several tells that processes of several hosts have
// it. A key holds the time, by which the events are in order, so that nothing needs to be
// remembered of them. Inferred processes and those without a time are looked up.
func (f *Forest) find(key string) (p int32, several, ok bool) {
	f.keyOnce.Do(f.rememberKeys)
	hits := slices.Clone(f.keys[key])
	if at := strings.LastIndexByte(key, '|'); at >= 0 {
		if t, err := time.Parse(keyTime, key[at+1:]); err == nil {
			hits = f.appendAt(hits, t.UnixMicro(), key)
		}
	}
	if len(hits) == 0 {
		return 0, false, false
	}
	return slices.Min(hits), len(hits) > 1, true
}

func (f *Forest) rememberKeys() {
	f.keys = map[string][]int32{}
	remember := func(p int32) {
		if p >= 0 {
			key := f.key(p)
			f.keys[key] = append(f.keys[key], p)
		}
	}
	for _, p := range f.position[f.events.Nrow():] {
		remember(p)
	}
	for event, missing := range f.events.untimed {
		if missing {
			remember(f.position[event])
		}
	}
}

// appendAt appends the positions of the events at a time that have a key.
func (f *Forest) appendAt(hits []int32, micros int64, key string) []int32 {
	for _, timed := range f.events.timedRuns() {
		in := f.events.entries[timed.from:timed.to]
		i := sort.Search(len(in), func(i int) bool { return roundedMicros(in[i].nanos) >= micros })
		for ; i < len(in) && roundedMicros(in[i].nanos) == micros; i++ {
			if p := f.position[timed.from+i]; p >= 0 && f.key(p) == key {
				hits = append(hits, p)
			}
		}
	}
	return hits
}

// timedRuns are the runs of events that are in the order of time and have one.
func (e *creations) timedRuns() []part {
	ends := []int32{0, int32(e.Nrow())}
	if e.hosts != nil {
		ends = e.hosts.from
	}
	out := make([]part, 0, len(ends)-1)
	for i, from := range ends[:len(ends)-1] {
		n := sort.Search(int(ends[i+1]-from), func(k int) bool { return !e.known(int(from) + k) })
		out = append(out, part{int(from), int(from) + n})
	}
	return out
}
