package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/gophertrees/gopherwood/ptree"
)

// shown is how a subcommand prints processes.
type shown struct {
	As    string `enum:"text,table,json" default:"text" help:"Print an outline (text), a table, or a JSON object a line."`
	Depth int    `help:"Only this many levels; 0 is all." placeholder:"N"`
	Fold  bool   `help:"Repetition becomes one line with its count; text only."`
}

func (s shown) print(w io.Writer, t ptree.Tree) error {
	switch s.As {
	case "table":
		_, err := fmt.Fprintln(w, t.DataFrame())
		return err
	case "json":
		return t.DataFrame().ToJSONL(w)
	}
	return t.WriteOutline(w, ptree.Outline{MaxDepth: s.Depth, Fold: s.Fold})
}

// query limits what is asked for to the levels that are shown.
func (s shown) query() ptree.Query {
	if s.Depth == 0 {
		return ptree.Query{}
	}
	if s.Depth == 1 {
		return ptree.Query{MaxLevels: -1}
	}
	return ptree.Query{MaxLevels: s.Depth - 1}
}

// stored opens the file of trees that is given as the only log, nil for any other log.
func (s source) stored() (*ptree.ParquetTree, error) {
	if len(s.File) != 1 {
		return nil, nil
	}
	file, err := ptree.OpenParquetTree(s.File[0])
	var unreadable *os.PathError // what reads logs says so in its own words
	if errors.Is(err, ptree.ErrNoTrees) || errors.As(err, &unreadable) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if s.Schema != "" || len(s.Witness) > 0 || s.Format != "" {
		file.Close()
		return nil, usageError{fmt.Errorf("%s holds trees that are built: --schema, --witness and --format do not go with it", s.File[0])}
	}
	return file, nil
}

// hostAsked is the host of a query on stored trees.
func (s source) hostAsked() string {
	if s.Host == "" {
		return ptree.AnyHost
	}
	return s.Host
}

// ofStored asks a file of trees, or the log that is given instead.
func (s source) ofStored(io streams, ask func(*ptree.ParquetTree) (ptree.Tree, error), otherwise func(ptree.Tree) ptree.Tree) (ptree.Tree, error) {
	file, err := s.stored()
	if err != nil {
		return ptree.Tree{}, err
	}
	if file == nil {
		t, err := s.tree(io)
		if err != nil {
			return t, err
		}
		return otherwise(t), nil
	}
	defer file.Close()
	return ask(file)
}
