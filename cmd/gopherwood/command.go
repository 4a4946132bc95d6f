package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/gophertrees/gopherwood/kernel"
)

// command is the whole command line: every subcommand is a field here and a file of its own.
type command struct {
	Summary     summaryCommand     `cmd:"" help:"Count the processes of a log by their role."`
	Build       buildCommand       `cmd:"" help:"Write the tree of a log as a table."`
	Tree        treeCommand        `cmd:"" help:"Print the tree of a log as text."`
	Descendents descendentsCommand `cmd:"" help:"Print what a process started, what that started, and so on."`
	Ancestors   ancestorsCommand   `cmd:"" help:"Print who started a process, who started that, and so on up."`
	Score       scoreCommand       `cmd:"" help:"Measure how good linking by process id is on a log that has identities."`
	Plot        plotCommand        `cmd:"" help:"Draw the tree of a log as a picture."`
	Run         runCommand         `cmd:"" help:"Execute a notebook without Jupyter."`
	Install     installCommand     `cmd:"" help:"Install the Jupyter kernel."`
	Uninstall   uninstallCommand   `cmd:"" help:"Remove the Jupyter kernel."`
	Kernel      kernelCommand      `cmd:"" help:"Be the kernel; Jupyter calls this."`
	Doctor      doctorCommand      `cmd:"" help:"Say what is installed where, and what is missing."`
	Formats     formatsCommand     `cmd:"" help:"List the formats of logs that can be read."`
	Schemas     schemasCommand     `cmd:"" help:"List the schemas of logs that are known."`
	Version     versionCommand     `cmd:"" help:"Print the version."`
}

// streams are where a subcommand reads and writes: data to out, words to err.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// Exit codes.
const (
	exitFine   = 0
	exitFailed = 1
	exitUsage  = 2
)

const description = `Process trees from the logs of machines: who started this, what did it start, what is odd here?

FILE may be - for standard input, several files, or a quoted glob. Its format is found from its bytes. Data goes to standard output, words to standard error.`

// run is the program as a function of its arguments and streams, so that tests call it.
func run(args []string, in io.Reader, out, err io.Writer) (code int) {
	var c command
	exited := -1
	parser, failure := kong.New(&c,
		kong.Name("gopherwood"), kong.Description(description), kong.Writers(out, err),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Exit(func(code int) { exited = code; panic(exitNow{}) }))
	if failure != nil {
		panic(failure) // the struct above is wrong
	}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case exitNow:
			code = exited
		case kernel.Mistake:
			code = fail(err, r)
		default:
			panic(r)
		}
	}()
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, failure := parser.Parse(args)
	if failure != nil {
		fmt.Fprintf(err, "gopherwood: %s\nTry gopherwood --help.\n", oneLine(failure))
		return exitUsage
	}
	parsed.Bind(streams{in, out, err})
	if failure := parsed.Run(); failure != nil {
		return fail(err, failure)
	}
	return exitFine
}

// exitNow unwinds to run when the help has been printed.
type exitNow struct{}

func fail(err io.Writer, failure error) int {
	fmt.Fprintf(err, "gopherwood: %s\n", oneLine(failure))
	var usage usageError
	if errors.As(failure, &usage) {
		return exitUsage
	}
	return exitFailed
}

// usageError is a failure of the command line itself.
type usageError struct{ error }

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }
