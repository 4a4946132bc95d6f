package ptree

import (
	"slices"
	"sync"
	"time"
)

// judgements are what is worked out about the links when somebody first asks.
type judgements struct {
	once       sync.Once
	confidence []float32 // per event
	doubt      []doubt   // per event
}

// doubt is what lowers a link's confidence.
type doubt uint8

const (
	sameMoment  doubt = 1 << iota // another process of the same id and image began at the same moment
	reusedID                      // the parent's id was that of an earlier process, too
	acrossAGap                    // nothing was logged for hours between parent and child
	otherParent                   // another witness names another parent
)

const longGap = int64(6 * time.Hour)

func (f *Forest) judgements() *judgements {
	f.judged.once.Do(f.judge)
	return &f.judged
}

// judge weighs every link, host by host, and notes what a person should know of them.
func (f *Forest) judge() {
	n := f.events.Nrow()
	f.judged.confidence, f.judged.doubt = make([]float32, n), make([]doubt, n)
	hosts := f.events.byHost()
	heard := make([]notes, hosts.len())
	each(hosts.len(), len(f.links.matched), func(j *judge, h int) {
		j.Forest, j.hosts, j.from, j.notes = f, hosts, hosts.from[h], &heard[h]
		j.weigh(int(hosts.from[h+1] - hosts.from[h]))
	})
	f.findings.take(heard)
}

// judge weighs the links of one host's events, which are counted within the host here.
type judge struct {
	*Forest
	hosts *byHost
	from  int32
	notes *notes

	ids    numbering // process ids
	last   []int32   // by number, the last event that has it, and one
	named  numbering // process ids and images
	latest []int32   // likewise
	reused []bool    // an earlier process had the id
	twin   []bool    // an earlier one has the same id, image and moment, and would have done as well
	gaps   quiet
}

func (j *judge) number(i int) int32 { return j.hosts.number(j.from + int32(i)) }

func (j *judge) weigh(n int) {
	j.look(n)
	for i := range n {
		e := j.number(i)
		kind, m := j.links.kind[e], j.links.matched[e]
		confidence := kind.confidence()
		if j.disagreed(int(e)) {
			j.judged.doubt[e] = otherParent
			confidence = min(confidence, 0.6)
		}
		switch {
		case m < 0:
			j.notes.add(Orphan, e, -1)
		case kind >= ByName && kind <= ByReissuedID:
			d := j.doubts(e, m, kind)
			j.judged.doubt[e] |= d
			confidence = min(confidence, weighed(kind, j.judged.doubt[e]))
			if d&sameMoment != 0 || kind == ByReissuedID {
				j.notes.add(Ambiguous, e, m)
			}
		}
		j.judged.confidence[e] = confidence
	}
}

// doubts are what speaks against a link by id, image and time.
func (j *judge) doubts(e, parent int32, kind LinkKind) (d doubt) {
	at := j.hosts.place(parent) - j.from
	if j.twin[at] {
		d |= sameMoment
	}
	if j.reused[at] && kind != BySequence {
		d |= reusedID
	}
	if j.events.known(int(e)) && j.gaps.between(j.events.entries[parent].nanos, j.events.entries[e].nanos) {
		d |= acrossAGap
	}
	return d
}

// look goes over a host's events once: whose id was used before, who has a twin, and when
// nothing was logged.
func (j *judge) look(n int) {
	j.reused, j.twin, j.gaps = resized(j.reused, n), resized(j.twin, n), j.gaps[:0]
	clear(j.reused)
	clear(j.twin)
	j.ids.reset(n)
	j.named.reset(n)
	j.last, j.latest = resized(j.last, n+firstNumber), resized(j.latest, n+firstNumber)
	clear(j.last)
	clear(j.latest)
	for i := range n {
		e := j.number(i)
		if !j.events.known(int(e)) {
			break // they come last
		}
		j.lookForReuse(i, e)
		j.lookForTwin(i, e)
		if i == 0 {
			continue
		}
		if before := j.number(i - 1); j.events.entries[e].nanos-j.events.entries[before].nanos >= longGap {
			j.gaps = append(j.gaps, j.events.entries[e].nanos)
			j.notes.add(TimeGap, e, before)
		}
	}
}

func (j *judge) lookForReuse(i int, e int32) {
	if j.id.of[e].pid < 0 || j.links.kept[e] != e || j.links.kind[e] == ExecInPlace {
		return
	}
	pid := j.id.of[e].pid
	last := &j.last[j.ids.number(idAndNameOf(pid, 0))]
	if *last > 0 {
		j.reused[i] = true
		j.notes.add(ReusedID, e, j.number(int(*last)-1))
	}
	*last = int32(i) + 1
}

// lookForTwin compares with the latest event of the same id and image: the last of those of one
// moment was taken for the parent.
func (j *judge) lookForTwin(i int, e int32) {
	pid, name := j.id.of[e].pid, int32(0)
	if j.id.hasParentName {
		name = j.id.of[e].name
	}
	latest := &j.latest[j.named.number(idAndNameOf(pid, name))]
	if *latest > 0 {
		b := j.number(int(*latest) - 1)
		j.twin[i] = j.events.entries[b].nanos == j.events.entries[e].nanos && j.links.kept[b] != j.links.kept[e]
	}
	*latest = int32(i) + 1
}

// disagreed reports whether a witness names another parent than the log.
func (f *Forest) disagreed(event int) bool {
	if f.testimonies == nil {
		return false
	}
	return slices.ContainsFunc(f.testimonies[int32(f.findings.row(int32(event)))], func(t Testimony) bool { return t.Disagree })
}

// weighed lowers the confidence of links by id, image and time.
func weighed(kind LinkKind, d doubt) float32 {
	c := kind.confidence()
	if d&sameMoment != 0 {
		c = min(c, 0.5)
	}
	switch {
	case d&reusedID != 0 && kind == ByName:
		c -= 0.03
	case d&reusedID != 0:
		c -= 0.15
	}
	if d&acrossAGap != 0 {
		c -= 0.35 // the machine may have slept, or been started anew
	}
	return c
}

// quiet are the stretches in which a host logged nothing.
type quiet []int64 // the moments at which they end

func (q quiet) between(from, to int64) bool {
	at, _ := slices.BinarySearch(q, from+1)
	return at < len(q) && q[at] <= to
}
