package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gophertrees/gopherwood/ptree"
)

type schemasCommand struct {
	JSON bool `name:"json" help:"As JSON, in the form that --schema FILE.json reads."`
}

func (c schemasCommand) Run(io streams) error {
	if c.JSON {
		e := json.NewEncoder(io.out)
		e.SetIndent("", "  ")
		return e.Encode(ptree.Schemas())
	}
	for _, s := range ptree.Schemas() {
		event := ""
		if s.EventIDColumn != "" {
			event = fmt.Sprintf(" (%s = %s)", s.EventIDColumn, s.EventID)
		}
		if _, err := fmt.Fprintf(io.out, "%-12s %s%s\n", s.Name, strings.Join(s.Columns(), " "), event); err != nil {
			return err
		}
	}
	return nil
}
