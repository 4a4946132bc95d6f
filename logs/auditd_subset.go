package logs

import "github.com/gophertrees/gopherwood/dataframe"

// EventSubset returns the events of one type of an audit log without the columns that they leave
// empty, as msticpy's get_event_subset does. The type SYSCALL_EXECVE are the programs' starts.
// It is an error of the call when the log has no such event.
func EventSubset(df dataframe.DataFrame, eventType string) dataframe.DataFrame {
	out := df.Where(dataframe.Eq("EventType", eventType))
	var empty []string
	for _, c := range out.Columns() {
		if c.Nulls() == c.Len() {
			empty = append(empty, c.Name())
		}
	}
	return out.Drop(empty...)
}
