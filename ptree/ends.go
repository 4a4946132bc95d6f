package ptree

import "time"

// Ends returns when every process ended, as far as the log's own exits tell (Windows event 4689,
// Sysmon event 5, exit_group of auditd); the zero time where none was found for it. A column of the
// log that says so in the process's own row is not asked.
func (t Tree) Ends() []time.Time {
	out := make([]time.Time, t.Len())
	if t.Len() == 0 || t.forest.ends == nil {
		return out
	}
	for i := range out {
		p := t.position(i)
		if t.forest.inferred(p) {
			continue
		}
		if end := t.forest.ends[t.forest.number[p]]; end != never {
			out[i] = time.Unix(0, end).UTC()
		}
	}
	return out
}
