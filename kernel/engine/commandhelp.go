package engine

import (
	"context"
	"os"
	"slices"
	"strings"
)

const helpText = `Cells are Go: declarations, statements and imports in any order, all of the language. Names
live on from cell to cell; a name may be declared anew, and a type that is declared again word
for word stays the type it was, so that old values fit. The value of a cell's last expression is
shown below it. An error as last value fails the cell.

Tab completes names, fields, packages not yet imported, and column names inside strings, as
in df.Col("…. Shift-Tab explains what stands at the cursor; so does a cell like strings.Cut? or,
with more, strings.Cut??. The stop button interrupts a cell and keeps its variables.

Be quick: the functions of packages are compiled, the cell's own code is interpreted, some
hundred times slower. Let one call do the work of a loop over many rows:

    df.Where(dataframe.Contains("CommandLine", "-enc"))     instead of a loop with strings.Contains
    slices.Sort(numbers)                                    instead of slices.SortFunc with your own func

Lines that begin with %, $ or ! are commands; they run before the Go code of their cell:

    %help                     this text
    %who                      the names of this session and their types
    %rm NAME …   %reset       forget names, or all of them
    %cd FOLDER   %pwd         change and show the working folder
    %env NAME=VALUE           set an environment variable; %env NAME shows it, %env shows all
    %args WORD …              os.Args[1:] in this cell
    %version                  versions of Go and of the interpreter
    $ COMMAND   ! COMMAND     run a command of the operating system
    %%writefile NAME          write the rest of the cell into a file; -a appends
    %%bash   %%script PROGRAM give the rest of the cell to a program

GoNB's %% and %main are accepted and not needed.

Packages that cells can import:
`

func (e *Engine) commandHelp(context.Context, commandLine, string) error {
	_, err := os.Stdout.WriteString(helpText + "\n" + packageOverview() + "\n")
	return err
}

// packageOverview lists the importable packages, the standard library's in one paragraph and
// the others by the line.
func packageOverview() string {
	var standard, others []string
	for _, path := range importable() {
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
			others = append(others, "    "+path)
		} else {
			standard = append(standard, path)
		}
	}
	slices.Sort(standard)
	slices.Sort(others)
	return strings.Join(append([]string{wrap(standard, "    ", 96)}, others...), "\n")
}

// wrap fills lines of at most width characters with words.
func wrap(words []string, indent string, width int) string {
	var text strings.Builder
	column := 0
	for _, word := range words {
		switch {
		case column == 0:
			text.WriteString(indent)
			column = len(indent)
		case column+1+len(word) > width:
			text.WriteString("\n" + indent)
			column = len(indent)
		default:
			text.WriteString(" ")
			column++
		}
		text.WriteString(word)
		column += len(word)
	}
	return text.String()
}
