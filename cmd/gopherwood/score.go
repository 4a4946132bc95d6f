package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gophertrees/gopherwood/ptree"
)

type scoreCommand struct {
	source
	JSON bool `name:"json" help:"As JSON: counts per host and in total."`
}

func (c scoreCommand) Run(io streams) error {
	df, err := c.frame(io)
	if err != nil {
		return err
	}
	schema, err := c.schema(df)
	if err != nil {
		return err
	}
	if c.Host != "" {
		if df, err = c.ofHost(df, schema); err != nil {
			return err
		}
	}
	card, err := ptree.Score(df, ptree.ScoreOptions{Schema: schema})
	if err != nil {
		return fmt.Errorf("%s: %w", strings.Join(c.File, " "), err)
	}
	if c.JSON {
		return json.NewEncoder(io.out).Encode(card)
	}
	_, err = fmt.Fprint(io.out, card)
	return err
}
