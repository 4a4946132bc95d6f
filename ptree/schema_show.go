package ptree

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// String tells the schema's name and which column plays which role, one a line.
func (s Schema) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "schema %s\n", s.Name)
	for _, r := range s.given() {
		fmt.Fprintf(&b, "  %-15s %s\n", r.key, dataframe.Printable(r.column, 80))
	}
	return b.String()
}

var schemaTable = template.Must(template.New("schema").Parse(
	`<table><thead><tr><th>role</th><th style="text-align: left;">{{.Name}}</th></tr></thead><tbody>{{range .Roles}}
<tr><td>{{.Key}}</td><td style="text-align: left;">{{.Column}}</td></tr>{{end}}
</tbody></table>`))

// HTML shows the schema's roles as a table.
func (s Schema) HTML() string {
	type shown struct{ Key, Column string }
	data := struct {
		Name  string
		Roles []shown
	}{Name: dataframe.Printable(s.Name, 80)}
	for _, r := range s.given() {
		data.Roles = append(data.Roles, shown{r.key, dataframe.Printable(r.column, 80)})
	}
	var b strings.Builder
	if err := schemaTable.Execute(&b, data); err != nil {
		return template.HTMLEscapeString(s.String())
	}
	return b.String()
}

// given are the roles that the schema fills, by the keys of its JSON form.
func (s Schema) given() []role {
	var out []role
	for _, r := range []role{
		{key: "process_name", column: s.ProcessName}, {key: "process_id", column: s.ProcessID}, {key: "parent_id", column: s.ParentID},
		{key: "time_stamp", column: s.TimeStamp}, {key: "parent_name", column: s.ParentName}, {key: "cmd_line", column: s.CommandLine},
		{key: "user_name", column: s.UserName}, {key: "user_id", column: s.UserID}, {key: "logon_id", column: s.LogonID},
		{key: "target_logon_id", column: s.TargetLogonID}, {key: "host_name", column: s.HostName},
		{key: "event_id_column", column: s.EventIDColumn}, {key: "event_id", column: s.EventID}, {key: "path_separator", column: s.separator()},
	} {
		if r.column != "" {
			out = append(out, r)
		}
	}
	return out
}
