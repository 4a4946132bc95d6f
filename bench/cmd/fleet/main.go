// Fleet writes the invented process-creation log of a fleet of machines as Parquet, for
// benchmarks: the same flags give the same log. See package bench/fleet for what is in it.
//
//	go run ./cmd/fleet -events 1000000 -shuffled -o fleet.parquet
//	go run ./cmd/fleet -events 100000000 -shuffled -files 20 -o fleet/
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/gophertrees/gopherwood/bench/fleet"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "fleet:", err)
		}
		os.Exit(2)
	}
}

func run(args []string, words io.Writer) error {
	var f fleet.Fleet
	flags := flag.NewFlagSet("fleet", flag.ContinueOnError)
	flags.SetOutput(words)
	flags.IntVar(&f.Events, "events", 100_000, "process creations in all")
	flags.IntVar(&f.Hosts, "hosts", 0, "machines; 0: one for every 10,000 events")
	flags.IntVar(&f.Days, "days", 1, "that the log covers")
	flags.Uint64Var(&f.Seed, "seed", 1, "another seed, another fleet")
	flags.BoolVar(&f.Shuffled, "shuffled", false, "rows in random order; else host after host, each in the order of time")
	flags.BoolVar(&f.OwnCommands, "own-commands", false, "no two events have the same command line; else there are a few thousand")
	files := flags.Int("files", 0, "Parquet files in the folder -o; 0: -o is one file")
	output := flags.String("o", "", "Parquet `FILE`, or a folder with -files")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *output == "" || flags.NArg() > 0 {
		return errors.New("name the output with -o FILE.parquet, or -files N -o FOLDER, and nothing else")
	}
	begun := time.Now()
	if err := f.WriteParquet(*output, *files); err != nil {
		return err
	}
	fmt.Fprintf(words, "%s: %d events in %s\n", *output, f.Events, time.Since(begun).Round(time.Millisecond))
	return nil
}
