package ptree

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// evidence is what a log tells of processes beyond ids, images and times. A nil evidence is a
// log without any of it, which costs nothing.
type evidence struct {
	id    *identities
	timed int // events with a time; those without come last

	guid, parentGUID []int32  // per event: unique identities, -1 where not told; nil without the columns
	guids            []string // lower case, without braces
	dates            bool     // the GUIDs hold the second of the start, as Sysmon's do

	parentTime []int64 // per event: when the parent was created, 0 where not told; nil without the column

	told []telling // per event: what a replay tells; parents as events
	ends []int64   // per event: when it ended; nil without exits
}

const never = math.MaxInt64

// gather reads the columns of a log that hold identities, and its exits.
func gather(log dataframe.DataFrame, events *creations, s Schema, id *identities, other lifecycle, found *Findings) *evidence {
	e := &evidence{id: id, timed: len(id.of)}
	for e.timed > 0 && !events.known(e.timed-1) {
		e.timed--
	}
	rows := found.source
	if s.BootID != "" {
		id.splitBoots(log.Col(s.BootID).Take(rows))
	}
	exact := exactIdentities(log, s, found)
	if exact && (s.ProcessGUID != "" || s.ParentGUID != "") {
		e.guid, e.parentGUID, e.guids = unify(identityColumn(log, s.ProcessGUID, rows), identityColumn(log, s.ParentGUID, rows), plainGUID)
		dropEmpty(e.guid, e.guids)
		dropEmpty(e.parentGUID, e.guids)
		if e.dates = e.datesAgree(); e.dates {
			for i := range e.timed {
				if e.hoursOff(i) != 0 {
					found.List = append(found.List, Finding{Kind: ClockOffset, Row: int(rows[i]), Other: -1,
						Detail: fmt.Sprintf("%+d hours from the GUID's", e.hoursOff(i))})
				}
			}
		}
		if len(e.guid) == 0 {
			e.guid = nil
		}
		if len(e.parentGUID) == 0 {
			e.parentGUID = nil
		}
	}
	if s.ParentTime != "" {
		e.parentTime = e.readParentTimes(log.Col(s.ParentTime), rows)
	}
	if other.told != nil {
		e.told = eventsOf(other.told, rows, log.Nrow())
	}
	if len(other.exits) > 0 && e.told == nil {
		e.endLives(log, s, other, found)
	}
	if e.guid == nil && e.parentGUID == nil && e.parentTime == nil && e.told == nil && e.ends == nil {
		return nil
	}
	return e
}

func identityColumn(log dataframe.DataFrame, name string, rows []int32) dataframe.Column {
	if name == "" {
		return dataframe.Column{}
	}
	return log.Col(name).Take(rows)
}

// exactIdentities refuses identities that the log keeps as fractional numbers too large for them:
// 64-bit start keys read so differ in their last digits from what was logged.
func exactIdentities(log dataframe.DataFrame, s Schema, found *Findings) bool {
	exact := true
	for _, name := range []string{s.ProcessGUID, s.ParentGUID} {
		if name == "" || log.Col(name).Kind() != dataframe.Float {
			continue
		}
		for _, v := range log.Col(name).Floats() {
			if math.Abs(v) >= 1<<53 {
				found.List = append(found.List, Finding{Kind: LostDigits, Row: -1, Other: -1, Column: name})
				exact = false
				break
			}
		}
	}
	return exact
}

// splitBoots makes the run of the machine a part of the host: no link leads beyond it.
func (id *identities) splitBoots(boot dataframe.Column) {
	boots, _ := asText(boot).Codes()
	code := map[[2]int32]int32{}
	for i := range id.of {
		at := [2]int32{id.of[i].host, boots[i]}
		n, ok := code[at]
		if !ok {
			n = int32(len(code))
			code[at] = n
		}
		id.of[i].host = n
	}
}

// plainGUID makes GUIDs comparable that sources write with and without braces, in either case.
func plainGUID(s string) string { return strings.Trim(strings.ToLower(s), "{} ") }

// dropEmpty takes out identities that stand for none: empty, zero, all zeros.
func dropEmpty(codes []int32, texts []string) {
	for i, c := range codes {
		if c >= 0 && strings.Trim(texts[c], "0-") == "" {
			codes[i] = -1
		}
	}
}

// readParentTimes reads the parents' creation times. A value that is no time tells nothing.
func (e *evidence) readParentTimes(c dataframe.Column, rows []int32) []int64 {
	c = c.Take(rows)
	out := make([]int64, c.Len())
	if c.Kind() == dataframe.String {
		codes, texts := c.Codes()
		byText := make([]int64, len(texts))
		for i, t := range texts {
			byText[i], _, _ = dataframe.ParseTime(t)
		}
		for i, code := range codes {
			if code >= 0 {
				out[i] = byText[code]
			}
		}
		return out
	}
	stamps, err := instants(c)
	if err != nil {
		return nil
	}
	copy(out, stamps.Nanos())
	return out
}

// eventsOf turns tellings of rows into those of events.
func eventsOf(told []telling, rows []int32, n int) []telling {
	event := make([]int32, n)
	for i, row := range rows {
		event[row] = int32(i)
	}
	for i := range told {
		if told[i].parent >= 0 {
			told[i].parent = event[told[i].parent]
		}
	}
	return told
}

// identified reports whether the log tells who a parent is by more than id, image and time.
func (e *evidence) identified() bool {
	return e != nil && (e.parentGUID != nil || e.parentTime != nil || e.told != nil)
}

// parentMark tells an absent parent from others of the same id and image, and dates it: 0 where
// nothing does.
func (e *evidence) parentMark(i int) (mark, born int64) {
	switch {
	case e == nil:
		return 0, 0
	case e.parentGUID != nil && e.parentGUID[i] >= 0:
		mark = int64(e.parentGUID[i]) + 1
		if e.parentTime != nil && e.parentTime[i] != 0 {
			return mark, e.parentTime[i]
		}
		if e.dates {
			if second, ok := sysmonTime(e.guids[e.parentGUID[i]]); ok {
				born = second + int64(e.hoursOff(i))*int64(time.Hour) // by the clock of the row's own time
			}
		}
		return mark, born
	case e.parentTime != nil && e.parentTime[i] != 0:
		return -roundedMicros(e.parentTime[i]), e.parentTime[i]
	}
	return 0, 0
}
