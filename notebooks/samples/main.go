// Command samples makes the logs that the notebooks read: two small ones and a large one, of
// hosts, people and programs that do not exist. The same bytes come out of every run.
//
//	go run ./notebooks/samples            write notebooks/samples/data
//	go run ./notebooks/samples -check     fail when a file there is not what would be written
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/gophertrees/gopherwood/dataframe"
)

// samples are the files by name.
var samples = []struct {
	file string
	make func() dataframe.DataFrame
}{
	{"win_proc_test.parquet", windowsSample},
	{"linux_proc_test.parquet", linuxSample},
	{"procs_with_cluster.parquet", raritySample},
}

func main() { os.Exit(execute(os.Args[1:], os.Stdout, os.Stderr)) }

// execute runs the program and returns its exit code.
func execute(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("samples", flag.ContinueOnError)
	flags.SetOutput(errs)
	dir := flags.String("o", filepath.Join("notebooks", "samples", "data"), "the folder of the files")
	check := flags.Bool("check", false, "write nothing; fail when a file is not what would be written")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	code := 0
	for _, s := range samples {
		path := filepath.Join(*dir, s.file)
		var b bytes.Buffer
		err := s.make().ToParquet(&b)
		switch {
		case err != nil:
		case *check:
			err = compare(path, b.Bytes())
		default:
			err = write(path, b.Bytes())
		}
		if err != nil {
			fmt.Fprintln(errs, err)
			code = 1
			continue
		}
		fmt.Fprintf(out, "%s: %d bytes\n", path, b.Len())
	}
	return code
}

func compare(path string, want []byte) error {
	have, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("%w: make the samples with go run ./notebooks/samples", err)
	}
	if !bytes.Equal(have, want) {
		return fmt.Errorf("%s is stale: make it again with go run ./notebooks/samples", path)
	}
	return nil
}

func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
