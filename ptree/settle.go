package ptree

import "time"

// settle replaces links by id, image and time where the log tells more: a replay of forks, then
// unique identities, then creation times; and cuts those to processes that had ended.
func (e *evidence) settle(l *links, found *Findings) {
	if e == nil {
		return
	}
	starts := e.starts()
	byTime := e.byCreation()
	tolerance := int64(0)
	if e.ends != nil {
		tolerance = e.exitTolerance(l)
	}
	for i := range l.matched {
		switch {
		case e.told != nil:
			l.matched[i], l.kind[i] = e.told[i].parent, e.told[i].kind
		case e.settleByGUID(l, i, starts, found):
		case e.settleByTime(l, i, byTime):
		case l.matched[i] >= 0 && e.ends != nil && e.ends[l.matched[i]] != never &&
			e.id.of[i].nanos > e.ends[l.matched[i]]+tolerance:
			found.add(ParentEnded, int32(i), l.matched[i])
			l.matched[i] = -1
		}
	}
}

// start is a unique identity on a host.
type start struct{ host, guid int32 }

// starts finds the event of every identity, the first where several have one.
func (e *evidence) starts() map[start]int32 {
	if e.guid == nil {
		return nil
	}
	out := make(map[start]int32, len(e.guid))
	for i, g := range e.guid {
		at := start{e.id.of[i].host, g}
		if _, known := out[at]; g >= 0 && !known {
			out[at] = int32(i)
		}
	}
	return out
}

// settleByGUID links a row that names its parent's identity: to its start, to that of a split
// GUID, or to nobody in the log. It reports whether that settles it.
func (e *evidence) settleByGUID(l *links, i int, starts map[start]int32, found *Findings) bool {
	if len(starts) == 0 || e.parentGUID == nil || e.parentGUID[i] < 0 {
		return false
	}
	if m, ok := starts[start{e.id.of[i].host, e.parentGUID[i]}]; ok {
		l.matched[i], l.kind[i] = m, ByGUID
		if i < e.timed && int(m) < e.timed && e.id.of[m].nanos > e.id.of[i].nanos {
			found.add(ClockStep, int32(i), m)
		}
		return true
	}
	m := l.matched[i]
	switch {
	case m >= 0 && e.split(i, int(m)):
		l.kind[i] = ByRepairedGUID
		found.add(SplitGUID, int32(i), m)
	case m >= 0 && e.guid[m] < 0:
		// that start has no identity of its own: nothing speaks against it
	default:
		l.matched[i] = -1
	}
	return true
}

// creation is a process by its id and the moment of its creation.
type creation struct {
	host, pid int32
	micros    int64
}

func (e *evidence) byCreation() map[creation]int32 {
	if e.parentTime == nil {
		return nil
	}
	out := make(map[creation]int32, e.timed)
	for i := range e.timed {
		at := creation{e.id.of[i].host, e.id.of[i].pid, roundedMicros(e.id.of[i].nanos)}
		if _, known := out[at]; !known {
			out[at] = int32(i)
		}
	}
	for i, t := range e.parentTime {
		if _, hit := out[creation{e.id.of[i].host, e.id.of[i].parentID, roundedMicros(t)}]; hit && t != 0 {
			return out
		}
	}
	return nil // the log's times are not those of creations: they say nothing about one another
}

// latestLogging is how long after a creation Defender may log it: 47 seconds were seen.
const latestLogging = int64(2 * time.Minute)

// settleByTime links a row that tells when its parent was created.
func (e *evidence) settleByTime(l *links, i int, byTime map[creation]int32) bool {
	if e.parentTime == nil || e.parentTime[i] == 0 || e.id.of[i].parentID < 0 {
		return false
	}
	if byTime == nil {
		// the events' own times are those of their logging: a parent was logged soon after it was created
		m := l.matched[i]
		if m >= 0 && (e.id.of[m].nanos < e.parentTime[i]-leastTolerance || e.id.of[m].nanos > e.parentTime[i]+latestLogging) {
			l.matched[i] = -1
		}
		return false
	}
	l.matched[i] = -1
	if m, ok := byTime[creation{e.id.of[i].host, e.id.of[i].parentID, roundedMicros(e.parentTime[i])}]; ok {
		l.matched[i], l.kind[i] = m, ByCreationTime
	}
	return true
}

// merge keeps a process that two rows tell of under one identity only once.
func (e *evidence) merge(l *links, found *Findings) {
	if e == nil || e.guid == nil || e.told != nil {
		return
	}
	first := e.starts()
	for i, g := range e.guid {
		if g < 0 || l.kept[i] != int32(i) {
			continue
		}
		f := first[start{e.id.of[i].host, g}]
		if f != int32(i) && l.kept[f] == f && e.id.of[i].pid == e.id.of[f].pid && e.id.of[i].name == e.id.of[f].name {
			l.kept[i] = f
			found.add(DuplicateKey, int32(i), f)
		}
	}
}
