package engine

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/goplus/ixgo"
)

// exitCall is what the functions that end a process panic with in a cell.
type exitCall int

// containExits replaces the functions that would end the process, and Jupyter's connection
// with it. A cell that calls one fails, the session goes on.
func containExits(ctx *ixgo.Context) {
	ctx.RegisterExternal("os.Exit", func(code int) { panic(exitCall(code)) })
	ctx.RegisterExternal("syscall.Exit", func(code int) { panic(exitCall(code)) })
	if pkg, ok := ixgo.LookupPackage("log"); !ok || pkg.Source != "" {
		return // interpreted from source, it calls the os.Exit above
	}
	fatal := func(l *log.Logger, message string) {
		_ = l.Output(3, message) // a logger that cannot write must not hide the exit
		panic(exitCall(1))
	}
	ctx.RegisterExternal("log.Fatal", func(v ...any) { fatal(log.Default(), fmt.Sprint(v...)) })
	ctx.RegisterExternal("log.Fatalf", func(f string, v ...any) { fatal(log.Default(), fmt.Sprintf(f, v...)) })
	ctx.RegisterExternal("log.Fatalln", func(v ...any) { fatal(log.Default(), fmt.Sprintln(v...)) })
	ctx.RegisterExternal("(*log.Logger).Fatal", func(l *log.Logger, v ...any) { fatal(l, fmt.Sprint(v...)) })
	ctx.RegisterExternal("(*log.Logger).Fatalf", func(l *log.Logger, f string, v ...any) { fatal(l, fmt.Sprintf(f, v...)) })
	ctx.RegisterExternal("(*log.Logger).Fatalln", func(l *log.Logger, v ...any) { fatal(l, fmt.Sprintln(v...)) })
}

// hideArguments keeps the kernel's own command line out of cells: one that parses flags
// would meet the connection file, and flag's usual answer to a surprise is to exit. A cell that
// declares flags gets a fresh set, so that it can run twice. own are the cell's arguments.
func hideArguments(code string, own []string) {
	if len(os.Args) > 1 || len(own) > 0 {
		os.Args = append([]string{"cell"}, own...)
	}
	if strings.Contains(code, "flag.") {
		flag.CommandLine = flag.NewFlagSet("cell", flag.ContinueOnError)
	}
}
