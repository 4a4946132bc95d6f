package main

import (
	"context"

	"github.com/gophertrees/gopherwood/internal/symbols"
	"github.com/gophertrees/gopherwood/kernel"
	"github.com/gophertrees/gopherwood/kernel/engine"
)

type kernelCommand struct {
	Connection string `short:"f" required:"" help:"Jupyter's connection file." placeholder:"CONNECTION"`
}

func (c kernelCommand) Run() error {
	session, err := newEngine()
	if err != nil {
		return err
	}
	defer session.Close()
	return kernel.Serve(context.Background(), kernel.Options{
		ConnectionFile: c.Connection,
		Engine:         session,
		Version:        version(),
		Banner:         "Gopherwood " + version() + ": Go cells, with process trees. The packages dataframe, logs, ptree and plotting are imported.",
	})
}

const module = "github.com/gophertrees/gopherwood"

// newEngine starts a session whose cells see our packages without importing them and can look
// up the documentation of all that they may import; long calls show their progress in the notebook,
// and figures are live there.
func newEngine() (*engine.Engine, error) {
	showProgressInNotebook()
	showFiguresLive()
	return engine.New(engine.Config{
		Imports: []string{module + "/dataframe", module + "/logs", module + "/ptree", module + "/plotting"},
		Docs:    symbols.Docs(),
	})
}
