package ptree

import "slices"

// byHost lists the events by their host, each host's in the order of time.
type byHost struct {
	from   []int32 // host h has the places from from[h] to before from[h+1]
	events []int32 // by place; nil where an event's number is its place
	places []int32 // the other way round
}

func (b *byHost) len() int { return len(b.from) - 1 }

// byHost groups the events, whose hosts' codes are given, unless they stand host by host already.
func (e *creations) byHost(host []int32) *byHost {
	if e.hosts != nil {
		return e.hosts
	}
	return groupByHost(host)
}

// groupByHost takes hosts' codes, -1 for an unknown one, which counts as a host, too.
func groupByHost(host []int32) *byHost {
	hosts := int32(-1)
	for _, h := range host {
		hosts = max(hosts, h)
	}
	b := &byHost{from: make([]int32, hosts+3)}
	for _, h := range host {
		b.from[h+2]++
	}
	for h := range hosts + 2 {
		b.from[h+1] += b.from[h]
	}
	if slices.IsSorted(host) {
		return b
	}
	b.events, b.places = make([]int32, len(host)), make([]int32, len(host))
	next := slices.Clone(b.from)
	for i, h := range host {
		b.events[next[h+1]], b.places[i] = int32(i), next[h+1]
		next[h+1]++
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
