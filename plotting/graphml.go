package plotting

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
)

// graphKeys are the facts that a node has in GraphML.
var graphKeys = []struct {
	id, kind string
	value    func(t *treePicture, r row) string
}{
	{"label", "string", func(t *treePicture, r row) string { return t.rowName(r) }},
	{"image", "string", func(t *treePicture, r row) string { return visible(t.processes.path[r.process]) }},
	{"pid", "string", func(t *treePicture, r row) string { return visible(t.processes.pid[r.process]) }},
	{"command", "string", func(t *treePicture, r row) string { return visible(t.processes.command[r.process]) }},
	{"user", "string", func(t *treePicture, r row) string { return visible(t.processes.user[r.process]) }},
	{"host", "string", func(t *treePicture, r row) string { return visible(t.processes.host[r.process]) }},
	{"time", "string", func(t *treePicture, r row) string {
		if at := t.processes.time[r.process]; !at.IsZero() {
			return at.Format("2006-01-02T15:04:05.999999999Z")
		}
		return ""
	}},
	{"inferred", "boolean", func(t *treePicture, r row) string { return fmt.Sprint(t.processes.inferred[r.process]) }},
	{"processes", "int", func(t *treePicture, r row) string { return fmt.Sprint(max(1, r.hidden)) }},
}

// writeGraphML writes the rows as a directed graph, http://graphml.graphdrawing.org, for networkx,
// Gephi and yEd.
func (f *Figure) writeGraphML(w io.Writer) error {
	t := f.planned(f.rows(mostRowsText))
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, `<?xml version="1.0" encoding="UTF-8"?>`)
	fmt.Fprintln(out, `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`)
	for _, k := range graphKeys {
		fmt.Fprintf(out, "<key id=\"%s\" for=\"node\" attr.name=\"%s\" attr.type=\"%s\"/>\n", k.id, k.id, k.kind)
	}
	fmt.Fprintln(out, `<key id="guess" for="edge" attr.name="guess" attr.type="boolean"/>`)
	fmt.Fprintln(out, `<graph id="tree" edgedefault="directed">`)
	for i, r := range t.plan.rows {
		fmt.Fprintf(out, "<node id=\"n%d\">", i)
		for _, k := range graphKeys {
			if value := k.value(t, r); value != "" {
				fmt.Fprintf(out, "<data key=\"%s\">", k.id)
				if err := xml.EscapeText(out, []byte(value)); err != nil {
					return err
				}
				out.WriteString("</data>")
			}
		}
		fmt.Fprintln(out, "</node>")
	}
	for i, r := range t.plan.rows {
		if r.parent >= 0 {
			fmt.Fprintf(out, "<edge source=\"n%d\" target=\"n%d\"><data key=\"guess\">%t</data></edge>\n", r.parent, i, t.weakLink(r.process))
		}
	}
	fmt.Fprintln(out, "</graph>\n</graphml>")
	return out.Flush()
}
