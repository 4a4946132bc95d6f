package ptree

// Linux gives process ids out in ascending order and begins again from the bottom when they
// reach the top. So the ids of new processes, read in order, tell how often a round has passed
// an id since a process took it. A process that still lives keeps its id through any number of
// rounds, but the last one seen with it is the parent ever more seldom: of the links of a traced
// machine with 163 rounds, 99 in a hundred of the same round were right, one in three of the round
// before, and one in fifty of older ones. Which of those are right, the others tell: see custom.
// https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html (pid_max)

const (
	ahead    = 8  // new processes looked ahead to tell a new round from a late one
	agreeing = 7  // of them, those that must stay below
	step     = 64 // ids by which a late process may lag behind
)

// round follows the ids of one host.
type round struct {
	number int32
	top    int64 // the highest id of this round
}

// overtaken is a link whose parent's id a round has passed since the parent took it.
type overtaken struct {
	event  int32
	rounds int32
}

// refuseReissued cuts links by process id alone whose id was given away since, and marks those
// that may have been.
func (l *links) refuseReissued(events *creations, id *identities, found *Findings) {
	if id.hasParentName {
		return // the image tells whether it is the same process
	}
	usual := customOf(id)
	for _, o := range l.followRounds(events, id, usual) {
		parent := l.matched[o.event]
		familiar, stranger := usual.judge(parent, o.event)
		if !familiar && (stranger || o.rounds > 1) {
			found.add(IDGivenAway, o.event, parent)
			l.matched[o.event] = -1
		} else {
			l.kind[o.event] = ByReissuedID
		}
	}
}

// followRounds marks the links within a round, tells custom of them, and returns the others.
func (l *links) followRounds(events *creations, id *identities, usual *custom) (doubtful []overtaken) {
	numbers := id.pids.decimals()
	next := nextOnHost(id)
	ascending := ascendingHosts(id, numbers)
	rounds := map[int32]*round{}
	taken := make([]int32, len(l.matched)) // the round in which an event's process took its id
	for i := range l.matched {
		if id.of[i].pid < 0 || id.of[i].parentID < 0 || !events.known(i) {
			continue
		}
		own, parent := numbers(id.of[i].pid), numbers(id.of[i].parentID)
		if own < 0 || parent < 0 || !ascending[id.of[i].host] {
			continue
		}
		r := rounds[id.of[i].host]
		if r == nil {
			r = &round{}
			rounds[id.of[i].host] = r
		}
		if own < r.top-step && r.begins(i, next, id, numbers) {
			r.number++
			r.top = own
		}
		r.top = max(r.top, own)
		if parent > r.top && parent-r.top < step {
			r.top = parent
		}
		taken[i] = r.number
		m := l.matched[i]
		if m < 0 || int(m) == i {
			continue
		}
		passed := r.number
		if parent > r.top {
			passed-- // this round has not come to the parent's id yet
		}
		if rounds := passed - taken[m]; rounds > 0 {
			doubtful = append(doubtful, overtaken{int32(i), rounds})
		} else {
			l.kind[i] = BySequence
			usual.add(m, int32(i))
		}
	}
	return doubtful
}

// begins reports whether the ids that follow event i stay below the top: a new round has begun.
func (r *round) begins(i int, next []int32, id *identities, numbers func(int32) int64) bool {
	below := 0
	at := next[i]
	for n := 0; n < ahead && at >= 0; n++ {
		if c := id.of[at].pid; c >= 0 && numbers(c) >= 0 && numbers(c) < r.top-step/2 {
			below++
		}
		at = next[at]
	}
	return below >= agreeing
}

// ascendingHosts finds the hosts that give ids out in ascending order: six in ten new processes,
// and fifty at least, have an id close to that of the one before.
func ascendingHosts(id *identities, numbers func(int32) int64) map[int32]bool {
	type count struct{ last, near, all int64 }
	counts := map[int32]*count{}
	for i := range id.of {
		p := id.of[i].pid
		if p < 0 || numbers(p) < 0 {
			continue
		}
		c := counts[id.of[i].host]
		if c == nil {
			c = &count{last: numbers(p)}
			counts[id.of[i].host] = c
		}
		c.all++
		if d := numbers(p) - c.last; -step <= d && d <= step {
			c.near++
		}
		c.last = numbers(p)
	}
	out := map[int32]bool{}
	for h, c := range counts {
		out[h] = c.all >= 50 && c.near*10 >= c.all*6
	}
	return out
}

// nextOnHost gives, per event, the next event of its host, -1 after the last.
func nextOnHost(id *identities) []int32 {
	next := make([]int32, len(id.of))
	last := map[int32]int32{}
	for i := len(id.of) - 1; i >= 0; i-- {
		next[i] = -1
		if n, ok := last[id.of[i].host]; ok {
			next[i] = n
		}
		last[id.of[i].host] = int32(i)
	}
	return next
}
