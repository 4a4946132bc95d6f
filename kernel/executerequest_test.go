package kernel

import (
	"testing"
	"time"
)

// TestAborts has a client whose clock is an hour slow. The failed cell was sent at its 10 ms
// and arrived 2 ms later; it failed at 20 ms.
func TestAborts(t *testing.T) {
	at := func(ms int) time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 1e6*ms, time.UTC) }
	theirs := func(ms int) time.Time { return at(ms).Add(-time.Hour) }
	failing := &request{session: "s", arrival: at(12), sent: theirs(10)}
	var a aborts
	a.begin(failing)
	a.failed = at(20)
	for name, c := range map[string]struct {
		r    request
		want bool
	}{
		"queued":                    {request{session: "s", arrival: at(15)}, true},
		"queued, of another client": {request{session: "other", arrival: at(15)}, true},
		"on its way":                {request{session: "s", arrival: at(22), sent: theirs(11)}, true},
		"on its way, of another":    {request{session: "other", arrival: at(22), sent: theirs(11)}, false},
		"sent after the reply":      {request{session: "s", arrival: at(25), sent: theirs(23)}, false},
		"without a time":            {request{session: "s", arrival: at(22)}, false},
		"with a constant time":      {request{session: "s", arrival: at(22), sent: theirs(10)}, false},
		"in whole seconds":          {request{session: "s", arrival: at(22), sent: theirs(0)}, false},
		"much later":                {request{session: "s", arrival: at(2000), sent: theirs(11)}, false},
	} {
		if got := a.covers(&c.r); got != c.want {
			t.Errorf("covers(a cell %s) = %v, want %v", name, got, c.want)
		}
	}
}
