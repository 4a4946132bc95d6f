package fleet

// blockRows is how many events are in memory at once when a fleet is written.
const blockRows = 1 << 20

// blocks gives the events host after host, in blocks of so many rows whose memory is used again.
func (f Fleet) blocks(rows int, take func(*Events) error) error {
	f = f.complete()
	e := newEvents(min(rows, f.Events))
	for number := range f.Hosts {
		for h := newHost(f, number); h.made < h.events; {
			h.fill(e)
			if e.filled < e.rows {
				break // the host is at its end
			}
			if err := take(e); err != nil {
				return err
			}
			e.filled = 0
		}
	}
	if e.filled == 0 {
		return nil
	}
	e.cut()
	return take(e)
}

// cut drops the rows that were not filled.
func (e *Events) cut() {
	e.Time, e.rows = e.Time[:e.filled], e.filled
	for _, c := range e.columns() {
		*c = (*c)[:e.filled]
	}
}
