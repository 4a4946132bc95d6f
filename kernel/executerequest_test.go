package kernel

import (
	"fmt"
	"testing"
	"time"
)

// TestAborts has a client whose clock is an hour slow. The failed cell was sent at its 10 ms
// and arrived 2 ms later; it failed at 20 ms.
func TestAborts(t *testing.T) {
	at := func(ms int) time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 1e6*ms, time.UTC) }
	theirs := func(ms int) time.Time { return at(ms).Add(-time.Hour) }
	failing := func() *aborts {
		a := &aborts{}
		a.begin(&request{session: "s", arrival: at(12), sent: theirs(10)})
		a.failed = at(20)
		return a
	}
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
		if got := failing().covers(&c.r); got != c.want {
			t.Errorf("covers(a cell %s) = %v, want %v", name, got, c.want)
		}
		// Another client's clock is right: taken for the slow one's, it would tell nothing apart.
		a := failing()
		a.covers(&request{session: "third", arrival: at(21), sent: at(20)})
		if got := a.covers(&c.r); got != c.want {
			t.Errorf("covers(a cell %s) after another client's = %v, want %v", name, got, c.want)
		}
	}
}

func TestClocksOfClientsThatWent(t *testing.T) {
	at := func(s int) time.Time { return time.Date(2026, 11, 24, 12, 0, s, 1e6, time.UTC) }
	c := clocks{}
	for s := range 300 {
		c.note(&request{session: fmt.Sprint(s), arrival: at(s), sent: at(s)})
	}
	if got := len(c); got != 61 {
		t.Errorf("%d clocks are kept of clients of which one comes each second and sends once, want those of a minute: 61", got)
	}
}
