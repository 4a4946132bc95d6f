package engine

import "github.com/gophertrees/gopherwood/kernel"

func (e *Engine) Complete(code string, cursor int) kernel.Completion           { return kernel.Completion{} }
func (e *Engine) Inspect(code string, cursor, level int) (kernel.Bundle, bool) { return nil, false }
