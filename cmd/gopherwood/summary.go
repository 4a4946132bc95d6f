package main

import (
	"encoding/json"
	"fmt"

	"github.com/gophertrees/gopherwood/ptree"
)

type summaryCommand struct {
	source
	JSON bool `name:"json" help:"As JSON, with the keys of msticpy's summary."`
}

func (c summaryCommand) Run(io streams) error {
	t, err := c.tree(io)
	if err != nil {
		return err
	}
	s := ptree.GetSummaryInfo(t)
	if c.JSON {
		return json.NewEncoder(io.out).Encode(s)
	}
	_, err = fmt.Fprintf(io.out, `processes       %7d
roots           %7d
leaves          %7d
branches        %7d
isolated        %7d
deepest level   %7d
`, s.Processes, s.RootProcesses, s.LeafProcesses, s.BranchProcesses, s.IsolatedProcesses, s.LargestTreeDepth)
	return err
}
