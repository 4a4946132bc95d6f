package ptree

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Schema says which column of a log plays which role. The first four are required; an empty
// name means that the log has no such column. A literal Schema{…} serves any table.
type Schema struct {
	Name string `json:"name"` // what people call it; not a column

	ProcessName string `json:"process_name"` // image of the new process
	ProcessID   string `json:"process_id"`   // its process id: decimal or hex text, or numbers
	ParentID    string `json:"parent_id"`    // process id of the process that created it
	TimeStamp   string `json:"time_stamp"`   // when it was created

	ParentName    string `json:"parent_name"`     // image of the parent; linking then requires it to agree
	CommandLine   string `json:"cmd_line"`        // command line of the new process
	UserName      string `json:"user_name"`       // account
	UserID        string `json:"user_id"`         // account's id (SID, uid)
	LogonID       string `json:"logon_id"`        // logon session
	TargetLogonID string `json:"target_logon_id"` // logon session that the process was created into
	HostName      string `json:"host_name"`       // machine; part of every identity

	EventIDColumn string `json:"event_id_column"` // column that tells kinds of events apart
	EventID       string `json:"event_id"`        // its value for process creation, compared as text; not a column
	PathSeparator string `json:"path_separator"`  // between the parts of an image path; default `\`

	// Identities that do not come from process ids. They decide parents where a row has them.
	ProcessGUID string `json:"process_guid"` // the process's unique identity: Sysmon's ProcessGuid, Defender's start key
	ParentGUID  string `json:"parent_guid"`  // the same of its parent
	ParentTime  string `json:"parent_time"`  // when the parent was created
	BootID      string `json:"boot_id"`      // the run of the machine; process ids mean nothing beyond one

	ParentCommandLine string `json:"parent_cmd_line"` // the parent's command line: a hint, never proof
	EventTime         string `json:"event_time"`      // when the event was logged; stands in for TimeStamp where the log lacks that column

	// Events of the same table that are not creations but bound a process's life.
	ExitEventID     string `json:"exit_event_id"`     // EventIDColumn's value for the end of a process; not a column
	ExitProcessID   string `json:"exit_process_id"`   // process id of the process that ended
	ExitProcessName string `json:"exit_process_name"` // its image
	ForkEventID     string `json:"fork_event_id"`     // EventIDColumn's value for fork, clone and vfork on Linux; not a column
	Syscall         string `json:"syscall"`           // system call's name or number, where forks and exits share an event id
	SyscallResult   string `json:"syscall_result"`    // what the call returned: for a fork, the child's process id
	CloneFlags      string `json:"clone_flags"`       // a clone's flags as a number; one with CLONE_THREAD starts no process
	Architecture    string `json:"architecture"`      // what the numbers in Syscall mean, as auditd's arch; default x86-64
}

// ParseSchema reads a schema from JSON whose keys are process_name process_id parent_id
// time_stamp (required) and, optionally, those of the other fields of [Schema]. An unknown key is
// an error that names the nearest ones; the event ids may be numbers.
func ParseSchema(data []byte) (Schema, error) {
	var given map[string]any
	if err := json.Unmarshal(data, &given); err != nil {
		return Schema{}, fmt.Errorf("the schema is not a JSON object of column names: %w", err)
	}
	var s Schema
	roles := s.roles()
	for _, key := range slices.Sorted(maps.Keys(given)) {
		value := given[key]
		role, ok := roles[key]
		if !ok {
			return Schema{}, fmt.Errorf("the schema has an unknown key %s: %s", dataframe.Clip(key), suggest(key, roles))
		}
		switch v := value.(type) {
		case nil:
		case string:
			role.SetString(v)
		case float64:
			role.SetString(strings.TrimSuffix(dataframe.FormatFloat(v), ".0"))
		default:
			return Schema{}, fmt.Errorf("schema key %q must be a column name, not %v", key, v)
		}
	}
	return s, s.complete()
}

// roles maps the JSON keys to the fields of s.
func (s *Schema) roles() map[string]reflect.Value {
	v := reflect.ValueOf(s).Elem()
	out := make(map[string]reflect.Value, v.NumField())
	for i := range v.NumField() {
		out[v.Type().Field(i).Tag.Get("json")] = v.Field(i)
	}
	return out
}

func suggest(key string, roles map[string]reflect.Value) string {
	t := reflect.TypeFor[Schema]()
	var keys []string
	for i := range t.NumField() {
		keys = append(keys, t.Field(i).Tag.Get("json"))
	}
	if near := dataframe.Nearest(key, keys); len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return "the keys are " + strings.Join(keys, " ")
}

// complete reports the first required role that is not given.
func (s Schema) complete() error {
	for _, r := range s.required() {
		if r.column == "" {
			return fmt.Errorf("the schema does not say which column is the %s: give %s", r.meaning, r.key)
		}
	}
	return nil
}

type role struct{ key, meaning, column string }

func (s Schema) required() []role {
	return []role{
		{"process_name", "process's image", s.ProcessName},
		{"process_id", "process id", s.ProcessID},
		{"parent_id", "parent's process id", s.ParentID},
		{"time_stamp", "creation time", s.TimeStamp},
	}
}

// linking are the optional roles that decide parents: a schema that names them needs them.
func (s Schema) linking() []role {
	return []role{
		{"parent_name", "parent's image", s.ParentName},
		{"host_name", "host", s.HostName},
		{"event_id_column", "kind of event", s.EventIDColumn},
	}
}

// Columns returns the columns that the schema names, in the order of its fields.
func (s Schema) Columns() []string {
	return append(s.described(), filled(s.ProcessGUID, s.ParentGUID, s.ParentTime, s.BootID, s.ParentCommandLine,
		s.EventTime, s.ExitProcessID, s.ExitProcessName, s.Syscall, s.SyscallResult, s.CloneFlags, s.Architecture)...)
}

// described are the columns that describe a process, which the tree's table gives as text. The
// other roles only serve linking, and their columns stay as the log has them.
func (s Schema) described() []string {
	return filled(s.ProcessName, s.ProcessID, s.ParentID, s.TimeStamp, s.ParentName, s.CommandLine,
		s.UserName, s.UserID, s.LogonID, s.TargetLogonID, s.HostName, s.EventIDColumn)
}

func filled(names ...string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// optional are the roles whose columns a log may lack.
func (s *Schema) optional() []*string {
	return []*string{&s.CommandLine, &s.UserName, &s.UserID, &s.LogonID, &s.TargetLogonID, &s.ProcessGUID, &s.ParentGUID,
		&s.ParentTime, &s.BootID, &s.ParentCommandLine, &s.EventTime, &s.ExitProcessID, &s.ExitProcessName,
		&s.Syscall, &s.SyscallResult, &s.CloneFlags, &s.Architecture}
}

// timed lets the time of the event stand in for that of the creation where only that is there.
func (s Schema) timed(df dataframe.DataFrame) Schema {
	if !df.Has(s.TimeStamp) && df.Has(s.EventTime) {
		s.TimeStamp, s.EventTime = s.EventTime, ""
	}
	return s
}

// separator returns the path separator, the default when none is given.
func (s Schema) separator() string {
	if s.PathSeparator == "" {
		return `\`
	}
	return s.PathSeparator
}

// fit checks the schema against a frame. Missing columns that decide parents are an error;
// other missing ones are dropped from the returned schema and named.
func (s Schema) fit(df dataframe.DataFrame) (fitted Schema, absent []string, err error) {
	if err := s.complete(); err != nil {
		return s, nil, err
	}
	s = s.timed(df)
	needed := append(s.required(), s.linking()...)
	if df.Has(s.LogonID) {
		needed = append(needed, role{"target_logon_id", "target logon session", s.TargetLogonID})
	}
	for _, r := range needed {
		if r.column != "" && !df.Has(r.column) {
			return s, nil, fmt.Errorf("the schema's %s (%s): %w", r.key, r.meaning,
				&dataframe.ColumnError{Column: r.column, Have: df.Names()})
		}
	}
	fitted = s
	for _, c := range fitted.optional() {
		if *c != "" && !df.Has(*c) {
			absent = append(absent, *c)
			*c = ""
		}
	}
	return fitted, absent, nil
}
