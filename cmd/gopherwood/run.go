package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gophertrees/gopherwood/internal/wholefile"
	"github.com/gophertrees/gopherwood/kernel/notebook"
	"golang.org/x/term"
)

type runCommand struct {
	Notebook    string        `arg:"" help:"Notebook file." placeholder:"NOTEBOOK.ipynb"`
	Output      string        `short:"o" help:"Where to write the executed notebook; default: standard output." placeholder:"OUT"`
	Images      string        `help:"Write the notebook's PNG pictures into this folder." placeholder:"DIR"`
	AllowErrors bool          `help:"Go on after a cell that fails."`
	Timeout     time.Duration `help:"Longest time of one cell, such as 90s; default: none."`
	Quiet       bool          `help:"No progress."`
}

func (c runCommand) Run(s streams) error {
	nb, err := c.read()
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	failure := c.execute(ctx, s, nb)
	var cell *notebook.CellFailure
	if failure != nil && !errors.As(failure, &cell) {
		return failure
	}
	// the outputs up to a failed cell are worth having: they are written all the same
	if err := c.write(s, nb); err != nil {
		return err
	}
	if failure != nil {
		return fmt.Errorf("%s: %w", c.Notebook, failure)
	}
	return nil
}

func (c runCommand) read() (*notebook.Notebook, error) {
	f, err := os.Open(c.Notebook)
	if err != nil {
		return nil, fmt.Errorf("the notebook cannot be read: %w", err)
	}
	defer f.Close()
	nb, err := notebook.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Notebook, err)
	}
	return nb, nil
}

// execute runs the cells in the notebook's own folder, as Jupyter does.
func (c runCommand) execute(ctx context.Context, s streams, nb *notebook.Notebook) error {
	session, err := newEngine()
	if err != nil {
		return err
	}
	defer session.Close()
	home, err := os.Getwd()
	if err != nil {
		return err
	}
	if err := os.Chdir(filepath.Dir(c.Notebook)); err != nil {
		return err
	}
	o := notebook.Options{Engine: session, AllowErrors: c.AllowErrors, CellTimeout: c.Timeout}
	if !c.Quiet && isTerminal(s.err) {
		o.Progress = func(done, total int) { fmt.Fprintf(s.err, "\r%d of %d cells", done, total) }
	}
	err = notebook.Run(ctx, nb, o)
	if o.Progress != nil {
		fmt.Fprintln(s.err)
	}
	return errors.Join(err, os.Chdir(home))
}

// isTerminal reports whether a person sees what is written.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func (c runCommand) write(s streams, nb *notebook.Notebook) error {
	if c.Images != "" {
		if err := writeImages(s, c.Images, nb); err != nil {
			return err
		}
	}
	if c.Output == "" {
		return notebook.Write(s.out, nb)
	}
	if err := wholefile.Write(c.Output, func(w io.Writer) error { return notebook.Write(w, nb) }); err != nil {
		return fmt.Errorf("the executed notebook cannot be written: %w", err)
	}
	fmt.Fprintln(s.err, c.Output)
	return nil
}

func writeImages(s streams, dir string, nb *notebook.Notebook) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("the folder of the pictures cannot be made: %w", err)
	}
	for i, image := range notebook.Images(nb) {
		path := filepath.Join(dir, fmt.Sprintf("plot-%02d.png", i+1))
		if err := os.WriteFile(path, image.PNG, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(s.err, "%s (cell %d)\n", path, image.Cell+1)
	}
	return nil
}
