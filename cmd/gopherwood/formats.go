package main

import (
	"fmt"

	"github.com/gophertrees/gopherwood/logs"
)

type formatsCommand struct{}

func (formatsCommand) Run(io streams) error {
	_, err := fmt.Fprint(io.out, logs.Formats())
	return err
}
