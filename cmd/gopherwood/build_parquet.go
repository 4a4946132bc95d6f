package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/gophertrees/gopherwood/ptree"
)

// size is a number of bytes: 500MB, 2GB, 2GiB or plain digits.
type size int64

var units = map[string]float64{"": 1, "B": 1, "K": 1e3, "KB": 1e3, "KIB": 1 << 10, "M": 1e6, "MB": 1e6, "MIB": 1 << 20,
	"G": 1e9, "GB": 1e9, "GIB": 1 << 30, "T": 1e12, "TB": 1e12, "TIB": 1 << 40}

// UnmarshalText reads a size as people write it.
func (s *size) UnmarshalText(text []byte) error {
	given := strings.ToUpper(strings.TrimSpace(string(text)))
	digits := strings.TrimRight(given, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	unit, known := units[given[len(digits):]]
	n, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if err != nil || !known || !(n*unit >= 1) || n*unit > math.MaxInt64/2 {
		return fmt.Errorf("%q is not a size: write 500MB or 2GB", text)
	}
	*s = size(n * unit)
	return nil
}

// large reports whether the log is to be built host by host: that was asked for, or a folder is
// given, which the readers of single files cannot open.
func (c buildCommand) large() bool {
	if c.Memory > 0 || len(c.Columns) > 0 || c.Folder != "" || c.Resume {
		return true
	}
	for _, f := range c.File {
		if info, err := os.Stat(f); err == nil && info.IsDir() {
			return true
		}
	}
	return false
}

func (c buildCommand) options() (ptree.ParquetOptions, error) {
	o := ptree.ParquetOptions{Columns: c.Columns, Memory: int64(c.Memory), Folder: c.Folder, Workers: c.Workers, Resume: c.Resume, ShowProgress: !c.Quiet}
	if c.Host != "" || len(c.Witness) > 0 || c.Format != "" {
		return o, usageError{errors.New("--host, --witness and --format do not go with a build host by host")}
	}
	if c.Schema == "" {
		return o, nil
	}
	var err error
	o.Schema, err = schemaNamed(c.Schema)
	return o, err
}

// parquet builds from Parquet to Parquet; an interrupt ends it cleanly.
func (c buildCommand) parquet(io streams) error {
	if filepath.Ext(c.Output) != ".parquet" {
		return usageError{fmt.Errorf("%s: a build host by host writes Parquet: end the file's name with .parquet", c.Output)}
	}
	o, err := c.options()
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	if o.Memory > 0 { // the collector works harder before it lets the program grow beyond
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(o.Memory))
	}
	sum, err := ptree.BuildParquet(ctx, c.File, c.Output, o)
	if err != nil {
		return err
	}
	c.sum(io, sum)
	return nil
}

// stream is the step of an engine's worker.
func (c buildCommand) stream(io streams) error {
	if len(c.File) > 0 || c.Output != "" {
		return usageError{errors.New("--stream reads standard input and writes standard output: leave FILE and --output out")}
	}
	if c.Memory > 0 || c.Folder != "" || c.Resume {
		return usageError{errors.New("--stream holds its hosts in memory: leave --memory, --folder and --resume out")}
	}
	o, err := c.options()
	if err != nil {
		return err
	}
	o.ShowProgress = false
	ctx, stop := interruptible()
	defer stop()
	sum, err := ptree.BuildStream(ctx, io.in, io.out, o)
	if err != nil {
		return err
	}
	c.sum(io, sum)
	return nil
}

func (c buildCommand) sum(io streams, sum ptree.ParquetSummary) {
	if !c.Quiet {
		fmt.Fprint(io.err, sum)
	}
}
