package ptree

import (
	"strconv"
	"time"
)

// A Sysmon GUID is made of the machine's part (eight digits), the second of the process's start
// (the next two groups, the lower half first) and a token.
// https://learn.microsoft.com/sysinternals/downloads/sysmon#event-id-1-process-creation

// sysmonTime returns the second that a GUID of Sysmon's form holds, in nanoseconds since 1970.
func sysmonTime(guid string) (nanos int64, ok bool) {
	if len(guid) != 36 || guid[8] != '-' || guid[13] != '-' || guid[18] != '-' {
		return 0, false
	}
	seconds, err := strconv.ParseUint(guid[14:18]+guid[9:13], 16, 32)
	if err != nil || seconds == 0 {
		return 0, false
	}
	return int64(seconds) * int64(time.Second), true
}

// datesAgree tests whether the log's own GUIDs hold the second of the start: nine in ten within
// two seconds, whole hours apart where the clock or its zone was wrong.
func (e *evidence) datesAgree() bool {
	tested, agreed := 0, 0
	for i := range min(e.timed, len(e.guid)) {
		if e.guid[i] < 0 {
			continue
		}
		tested++
		if t, ok := sysmonTime(e.guids[e.guid[i]]); ok {
			off := (e.id.of[i].nanos - t) % int64(time.Hour)
			if off < 0 {
				off += int64(time.Hour)
			}
			if off <= 2*int64(time.Second) || off >= int64(time.Hour-time.Second) {
				agreed++
			}
		}
	}
	return tested > 0 && agreed*10 >= tested*9
}

// hoursOff is by how many whole hours an event's time is after the second that its GUID holds.
func (e *evidence) hoursOff(i int) int {
	if i >= len(e.guid) || i >= e.timed || e.guid[i] < 0 {
		return 0
	}
	t, ok := sysmonTime(e.guids[e.guid[i]])
	if !ok {
		return 0
	}
	hour := int64(time.Hour)
	off := e.id.of[i].nanos - t + hour/2
	if off < 0 {
		off -= hour - 1 // division rounds towards zero
	}
	return int(off / hour)
}

// split reports whether a parent's GUID that no start has is that of event m: id and image agree
// already, and machine and second do, too.
func (e *evidence) split(child, m int) bool {
	if !e.dates || e.guid[m] < 0 {
		return false
	}
	named, own := e.guids[e.parentGUID[child]], e.guids[e.guid[m]]
	return len(named) == 36 && len(own) == 36 && named[:18] == own[:18]
}
