package ptree

import (
	"fmt"
	"html/template"
	"reflect"
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
	s.PathSeparator = s.separator()
	v := reflect.ValueOf(s)
	for i := range v.NumField() {
		r := role{key: v.Type().Field(i).Tag.Get("json"), column: v.Field(i).String()}
		if r.key == "name" {
			continue
		}
		if r.column != "" {
			out = append(out, r)
		}
	}
	return out
}
