package ptree

import "slices"

// byHost lists the events by their host, each host's in the order of time.
type byHost struct {
	from   []int32 // host h has the places from from[h] to before from[h+1]
	events []int32 // by place; nil where an event's number is its place
	places []int32 // the other way round
}

func (b *byHost) len() int { return len(b.from) - 1 }

// byHost groups the events, unless they stand host by host already. An unknown host, whose code
// is -1, counts as one, too.
func (e *creations) byHost() *byHost {
	if e.hosts != nil {
		return e.hosts
	}
	hosts, sorted := int32(-1), true
	for i := range e.entries {
		h := e.entries[i].host
		hosts, sorted = max(hosts, h), sorted && (i == 0 || e.entries[i-1].host <= h)
	}
	b := &byHost{from: make([]int32, hosts+3)}
	for i := range e.entries {
		b.from[e.entries[i].host+2]++
	}
	for h := range hosts + 2 {
		b.from[h+1] += b.from[h]
	}
	if sorted {
		return b
	}
	b.events, b.places = make([]int32, len(e.entries)), make([]int32, len(e.entries))
	next := slices.Clone(b.from)
	for i := range e.entries {
		at := &next[e.entries[i].host+1]
		b.events[*at], b.places[i] = int32(i), *at
		*at++
	}
	return b
}

// number is the number of the event at a place.
func (b *byHost) number(place int32) int32 {
	if b.events == nil {
		return place
	}
	return b.events[place]
}

// place is where an event is.
func (b *byHost) place(event int32) int32 {
	if b.places == nil {
		return event
	}
	return b.places[event]
}
