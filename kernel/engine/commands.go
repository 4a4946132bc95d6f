package engine

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/kernel"
)

// command is what runs for a line that begins with its name.
type command func(e *Engine, ctx context.Context, c commandLine, arguments string) error

// commands are the lines that this notebook knows, gophernotes' and GoNB's among them. It is
// filled by init because %help lists it.
var commands map[string]command

func init() {
	commands = map[string]command{
		"%help": (*Engine).commandHelp, "%version": (*Engine).commandVersion,
		"%who": (*Engine).commandWho, "%whos": (*Engine).commandWho, "%vars": (*Engine).commandWho,
		"%list": (*Engine).commandWho, "%ls": (*Engine).commandWho,
		"%reset": (*Engine).commandReset, "%rm": (*Engine).commandRemove, "%remove": (*Engine).commandRemove,
		"%cd": (*Engine).commandFolder, "%pwd": (*Engine).commandFolder, "%env": (*Engine).commandEnvironment,
		"%%": (*Engine).commandArguments, "%main": (*Engine).commandArguments, "%args": (*Engine).commandArguments,
		"%%writefile": (*Engine).commandWriteFile,
		"%%bash":      (*Engine).commandScript, "%%sh": (*Engine).commandScript, "%%script": (*Engine).commandScript,
	}
	for name, advice := range instead {
		commands[name] = func(e *Engine, _ context.Context, _ commandLine, _ string) error {
			return say("%s: %s", name, advice)
		}
	}
}

// instead says what to do in place of commands that mean nothing here.
var instead = map[string]string{
	"%go111module":   "not needed: cells import what is compiled into this kernel, %help lists it",
	"%autoget":       "not needed: cells import what is compiled into this kernel, %help lists it",
	"%noautoget":     "not needed: cells never download anything",
	"%goflags":       "not needed: cells are interpreted, not built",
	"%goworkfix":     "not needed: there is no go.work",
	"%track":         "not needed: there is no module to follow; run the cell that declares a name again",
	"%untrack":       "not needed: there is no module to follow",
	"%exec":          "not needed: call the function, as in f()",
	"%test":          "call the function that you would test; its value is shown below the cell",
	"%wasm":          "not available: show a page of your own with kernel.Display and a method HTML() string",
	"%widgets":       "not needed: values with a method HTML() string show themselves, see package kernel",
	"%capture":       "not available: write to a file or a strings.Builder instead, with fmt.Fprintln",
	"%with_inputs":   "not needed: kernel.Input asks the person who runs the cell",
	"%with_password": "not needed: kernel.Password asks the person who runs the cell",
	"%time":          "write start := time.Now() before and time.Since(start) after",
	"%timeit":        "write start := time.Now() before a loop and time.Since(start) after it",
}

// runCommands runs the commands of a cell in their order.
func (e *Engine) runCommands(ctx context.Context, list []commandLine) error {
	for _, c := range list {
		if err := e.runCommand(ctx, c); err != nil {
			if ctx.Err() != nil {
				return &kernel.CellError{Name: "interrupted", Message: errInterrupted.Error()}
			}
			return &kernel.CellError{Name: "command error", Message: err.Error(), Line: c.line, Column: 1}
		}
	}
	return nil
}

func (e *Engine) runCommand(ctx context.Context, c commandLine) error {
	switch c.text[0] {
	case '$':
		return e.shell(ctx, c.text[1:], nil)
	case '!':
		return e.shell(ctx, strings.TrimPrefix(c.text[1:], "*"), nil)
	}
	name, arguments := cutWord(c.text)
	run := commands[name]
	if run == nil {
		return fmt.Errorf("there is no command %s: %%help lists them", shortened(name))
	}
	return run(e, ctx, c, arguments)
}

// cutWord cuts a text after its first word.
func cutWord(text string) (word, rest string) {
	i := strings.IndexAny(text, " \t")
	if i < 0 {
		return text, ""
	}
	return text[:i], strings.TrimSpace(text[i:])
}

// shortened bounds a word that a message repeats.
func shortened(word string) string {
	if len(word) > 40 {
		word = strings.ToValidUTF8(word[:40], "") + "…"
	}
	return word
}

// say prints one line for the person.
func say(format string, values ...any) error {
	_, err := fmt.Fprintf(os.Stdout, format+"\n", values...)
	return err
}

func (e *Engine) commandVersion(context.Context, commandLine, string) error {
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/goplus/ixgo" {
				version = module.Version
			}
		}
	}
	return say("%s on %s/%s; cells run in ixgo %s", runtime.Version(), runtime.GOOS, runtime.GOARCH, version)
}

// commandArguments takes what is to be os.Args in this cell; %% and %main mean nothing else
// here, since statements need no func main.
func (e *Engine) commandArguments(_ context.Context, _ commandLine, arguments string) error {
	e.arguments = strings.Fields(arguments)
	return nil
}

func (e *Engine) commandFolder(_ context.Context, c commandLine, folder string) error {
	if strings.HasPrefix(c.text, "%cd") {
		if home, err := os.UserHomeDir(); err == nil && (folder == "" || folder == "~" || strings.HasPrefix(folder, "~/")) {
			folder = home + strings.TrimPrefix(folder, "~")
		}
		if err := os.Chdir(unquoted(folder)); err != nil {
			return err
		}
	}
	now, err := os.Getwd()
	if err != nil {
		return err
	}
	return say("%s", now)
}

// unquoted takes the quotes off a name with spaces.
func unquoted(name string) string {
	for _, quote := range []string{`"`, "'"} {
		if len(name) > 1 && strings.HasPrefix(name, quote) && strings.HasSuffix(name, quote) {
			return name[1 : len(name)-1]
		}
	}
	return name
}

// commandEnvironment lists the environment, shows one variable, or sets one: %env NAME=value
// or %env NAME value.
func (e *Engine) commandEnvironment(_ context.Context, _ commandLine, arguments string) error {
	if arguments == "" {
		return say("%s", strings.Join(slices.Sorted(slices.Values(os.Environ())), "\n"))
	}
	i := strings.IndexAny(arguments, "= \t")
	if i < 0 {
		value, set := os.LookupEnv(arguments)
		if !set {
			return say("%s is not set", arguments)
		}
		return say("%s=%s", arguments, value)
	}
	return os.Setenv(arguments[:i], unquoted(strings.TrimSpace(arguments[i+1:])))
}

// commandWriteFile writes the rest of the cell into a file; -a appends to it.
func (e *Engine) commandWriteFile(_ context.Context, c commandLine, name string) error {
	name, more := strings.CutPrefix(name, "-a ")
	if name = unquoted(strings.TrimSpace(name)); name == "" {
		return fmt.Errorf("write the name of the file after %%%%writefile")
	}
	flags := os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	if more {
		flags = os.O_WRONLY | os.O_CREATE | os.O_APPEND
	}
	file, err := os.OpenFile(name, flags, 0o644)
	if err != nil {
		return err
	}
	_, err = io.WriteString(file, c.body)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return say("%d bytes written to %s", len(c.body), filepath.Clean(name))
}

func (e *Engine) commandScript(ctx context.Context, c commandLine, program string) error {
	if program == "" {
		program = strings.TrimPrefix(c.text, "%%")
	}
	if program == "script" {
		return fmt.Errorf("write the program that reads the text after %%%%script")
	}
	return e.shell(ctx, program, strings.NewReader(c.body))
}

// commandNames lists the commands that a person may type.
func commandNames() []string { return slices.Sorted(maps.Keys(commands)) }
