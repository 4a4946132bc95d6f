package logs

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// datetime reads datetime.datetime or datetime.date: their fields as bytes, and maybe a zone.
func datetime(o *object) (t time.Time, zoned bool, err error) {
	b, ok := o.arg(0).([]byte)
	if !ok || len(b) != 4 && len(b) != 10 || (len(b) == 4) != (o.class() == classDate) {
		return t, false, errPickleType
	}
	year, month, day := int(binary.BigEndian.Uint16(b)), time.Month(b[2]&0x7f), int(b[3])
	if len(b) == 4 {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC), false, nil
	}
	micros := int(b[7])<<16 | int(b[8])<<8 | int(b[9])
	zone := time.UTC
	if len(o.args) > 1 && o.arg(1) != nil {
		if zone, err = zoneOf(o.arg(1)); err != nil {
			return t, false, err
		}
		zoned = true
	}
	return time.Date(year, month, day, int(b[4]), int(b[5]), int(b[6]), micros*1000, zone), zoned, nil
}

// zoneOf reads a tzinfo.
func zoneOf(v any) (*time.Location, error) {
	switch v := v.(type) {
	case *global:
		if v.class == classUTC {
			return time.UTC, nil
		}
	case *object:
		switch v.class() {
		case classUTC:
			return time.UTC, nil
		case classFixedZone: // timezone(timedelta(days, seconds, microseconds))
			if d := asObject(v.arg(0), classDuration); d != nil {
				days, _ := d.arg(0).(int64)
				seconds, _ := d.arg(1).(int64)
				if days >= -1 && days <= 0 && seconds >= 0 && seconds < 86400 {
					return time.FixedZone("", int(days*86400+seconds)), nil
				}
			}
		case classZone:
			return namedZone(v)
		}
	}
	return nil, fmt.Errorf("the time zone %s is not read: convert the times to UTC and save them again", describe(v))
}

// namedZone reads ZoneInfo(name), or pytz's (name, seconds east of UTC, …).
func namedZone(o *object) (*time.Location, error) {
	if seconds, ok := o.arg(1).(int64); ok && len(o.args) == 4 && seconds > -86400 && seconds < 86400 {
		return time.FixedZone("", int(seconds)), nil
	}
	name, ok := o.arg(0).(string)
	if !ok || name == "" || name == "Local" {
		return nil, errPickleType
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("the time zone %s is not known here: convert the times to UTC and save them again", dataframe.Clip(name))
	}
	return zone, nil
}
