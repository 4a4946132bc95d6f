package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/internal/wholefile"
	"github.com/gophertrees/gopherwood/logs"
	"github.com/gophertrees/gopherwood/ptree"
)

// source is the log that a subcommand reads and how it becomes a tree.
type source struct {
	File    []string `arg:"" optional:"" help:"Log files, a glob, or - for standard input."`
	Format  string   `help:"Format of the files; default: found from their bytes (see gopherwood formats)." placeholder:"F"`
	Schema  string   `help:"Roles of the columns: a known schema's name or a JSON file; default: found from the columns (see gopherwood schemas)." placeholder:"NAME|FILE.json"`
	Host    string   `help:"Only this host." placeholder:"H"`
	Witness []string `help:"Other logs of the same machines, such as Security 4688 beside Sysmon: processes that both tell of are merged, disagreements told." placeholder:"FILE"`
	Quiet   bool     `help:"No progress, no findings."`
}

// tree reads the log and builds its tree; findings are told on standard error.
func (s source) tree(io streams) (ptree.Tree, error) {
	df, err := s.frame(io)
	if err != nil {
		return ptree.Tree{}, err
	}
	schema, err := s.schema(df)
	if err != nil {
		return ptree.Tree{}, err
	}
	if s.Host != "" {
		if df, err = s.ofHost(df, schema); err != nil {
			return ptree.Tree{}, err
		}
	}
	witnesses, err := s.witnesses(io)
	if err != nil {
		return ptree.Tree{}, err
	}
	df, beside := s.beside(io, df, schema)
	witnesses = append(witnesses, beside...)
	t, err := ptree.BuildProcessTree(df, ptree.Options{Schema: schema, ShowProgress: !s.Quiet, Witnesses: witnesses})
	if err != nil {
		return t, fmt.Errorf("%s: %w", strings.Join(s.File, " "), err)
	}
	if !s.Quiet {
		s.tell(io, df, t)
	}
	return t, nil
}

func (s source) read(io streams, path string) (dataframe.DataFrame, error) {
	o := logs.Options{Format: s.Format, Progress: !s.Quiet}
	if path == "-" {
		return logs.Read(io.in, o)
	}
	return logs.Open(path, o)
}

// frame reads all files into one frame.
func (s source) frame(io streams) (dataframe.DataFrame, error) {
	paths, err := s.paths()
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	o := logs.Options{Format: s.Format, Progress: !s.Quiet}
	if !slices.Contains(paths, "-") {
		return logs.OpenFiles(paths, o)
	}
	var frames []dataframe.Frame
	for _, path := range paths {
		df, err := s.read(io, path)
		if err != nil {
			return df, err
		}
		frames = append(frames, df)
	}
	return dataframe.Concat(frames...), nil
}

// paths expands the globs; a name that exists is taken as it is.
func (s source) paths() ([]string, error) {
	if len(s.File) == 0 {
		return nil, usageError{errors.New("no FILE is given: name a log, or - for standard input")}
	}
	var out []string
	for _, f := range s.File {
		if _, err := os.Stat(f); err == nil || f == "-" || !strings.ContainsAny(f, "*?[") {
			out = append(out, f)
			continue
		}
		hits, err := filepath.Glob(f)
		if err != nil {
			return nil, fmt.Errorf("%s is not a glob: %w", f, err)
		}
		if len(hits) == 0 {
			return nil, fmt.Errorf("no file matches %s", f)
		}
		out = append(out, hits...)
	}
	return out, nil
}

// spares fails where the output would replace a log by what is made of it.
func (s source) spares(output string) error {
	paths, err := s.paths()
	if err == nil && wholefile.Replaces(output, append(paths, s.Witness...)...) {
		err = fmt.Errorf("the output %s is one of the logs, and would replace it: name another file", output)
	}
	return err
}

// schema returns the schema that was asked for, or infers it.
func (s source) schema(df dataframe.DataFrame) (ptree.Schema, error) {
	if s.Schema == "" {
		found, err := ptree.InferSchema(df)
		if err != nil {
			return found, fmt.Errorf("%s: %w", strings.Join(s.File, " "), err)
		}
		return found, nil
	}
	return schemaNamed(s.Schema)
}

// schemaNamed finds a known schema by name, or reads one from a JSON file.
func schemaNamed(name string) (ptree.Schema, error) {
	var names []string
	for _, known := range ptree.Schemas() {
		if strings.EqualFold(known.Name, name) {
			return known, nil
		}
		names = append(names, known.Name)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		if near := dataframe.Nearest(name, names); len(near) > 0 {
			names = near
		}
		return ptree.Schema{}, fmt.Errorf("no schema is named %q and no such file can be read: give one of %s, or a JSON file", name, strings.Join(names, ", "))
	}
	schema, err := ptree.ParseSchema(data)
	if err != nil {
		return schema, fmt.Errorf("%s: %w", name, err)
	}
	return schema, nil
}

// ofHost keeps the rows of one host; a host that no row has is an error naming the nearest.
func (s source) ofHost(df dataframe.DataFrame, schema ptree.Schema) (dataframe.DataFrame, error) {
	if schema.HostName == "" {
		return df, fmt.Errorf("the log names no host: leave --host out")
	}
	hosts := df.Col(schema.HostName).Strings()
	if !slices.Contains(hosts, s.Host) {
		slices.Sort(hosts)
		return df, fmt.Errorf("no row is of the host: %w", &dataframe.KeyError{Key: s.Host, Have: slices.Compact(hosts)})
	}
	return df.Where(dataframe.Eq(schema.HostName, s.Host)), nil
}
