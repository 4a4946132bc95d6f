package logs

import (
	"fmt"
	"time"

	"github.com/valyala/fastjson"
)

// clock dates events of NXLog. Its EventTime is the local time of the machine, often without a
// zone. Where the record also says when it was received, once by that same clock
// (EventReceivedTime) and once in UTC (@timestamp), the zone is their difference. It is counted
// how many events were dated which way; EventTime stays as it came.
type clock struct {
	moved   int // by a zone that the record gives
	assumed int // without any: read as UTC
}

// tolerance is how far apart the two times of receipt may be beside whole quarters of an hour,
// by which zones differ.
const (
	zoneStep  = int64(15 * time.Minute)
	tolerance = int64(3 * time.Minute)
)

// nxlog gives the current event its TimeCreated when it has none.
func (c *clock) nxlog(j *jsonEvents, v *fastjson.Value) {
	if _, there := j.table.value("TimeCreated"); there || j.err != nil {
		return
	}
	local, ok := j.table.value("EventTime")
	if !ok {
		return
	}
	nanos, zoned, ok := parseTime(string(local))
	switch {
	case !ok:
		return
	case zoned:
	default:
		if zone, ok := shipperZone(v); ok {
			nanos += zone
			c.moved++
		} else {
			c.assumed++
		}
	}
	j.err = j.table.set("TimeCreated", []byte(time.Unix(0, nanos).UTC().Format("2006-01-02T15:04:05.999999999Z")))
}

// shipperZone returns how far the machine's clock is behind UTC.
func shipperZone(v *fastjson.Value) (int64, bool) {
	local, zoned, ok1 := parseTime(string(v.GetStringBytes("EventReceivedTime")))
	utc, utcZoned, ok2 := parseTime(string(v.GetStringBytes("@timestamp")))
	if !ok1 || !ok2 || zoned || !utcZoned {
		return 0, false
	}
	difference := utc - local
	zone := difference / zoneStep * zoneStep
	switch rest := difference - zone; {
	case rest > zoneStep-tolerance:
		zone += zoneStep
	case rest < tolerance-zoneStep:
		zone -= zoneStep
	case rest > tolerance || rest < -tolerance:
		return 0, false
	}
	return zone, zone >= -14*int64(time.Hour) && zone <= 14*int64(time.Hour)
}

func (c *clock) notes() (notes []string) {
	if c.moved > 0 {
		notes = append(notes, fmt.Sprintf("%d events have a local EventTime without a zone: TimeCreated is it by the zone in which the shipper received them", c.moved))
	}
	if c.assumed > 0 {
		notes = append(notes, fmt.Sprintf("%d events have a time without a zone, and nothing says which: TimeCreated takes it for UTC", c.assumed))
	}
	return notes
}
