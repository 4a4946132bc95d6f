package fleet

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

const (
	groupRows  = 1 << 18 // of a row group: several to read at once, large enough to compress well
	dictionary = 8 << 20 // bytes of a row group's texts; beyond arrow-go's megabyte lie the command lines
)

// WriteParquet writes the fleet's log in little memory, however many events it has. With files
// above zero, path is a folder that gets so many; else it is one file. A file has its name only
// when it is whole.
func (f Fleet) WriteParquet(path string, files int) error {
	return f.writeParquet(path, files, blockRows)
}

func (f Fleet) writeParquet(path string, files, rows int) error {
	f = f.complete()
	folder := filepath.Dir(path)
	if files > 0 {
		folder = path
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	w := &writer{path: path, files: files, fleet: f, each: (f.Events + max(1, files) - 1) / max(1, files)}
	walk := func() error { return f.blocks(min(rows, w.each), w.write) }
	if f.Shuffled {
		walk = func() error { return f.shuffledBlocks(rows, files, folder, w.write) }
	}
	return errors.Join(walk(), w.end())
}

// writer writes blocks of events to one file after another.
type writer struct {
	path  string
	files int
	fleet Fleet
	each  int // events of a file, about

	begun   int // files
	written int // events of the file
	failed  bool
	file    *os.File
	to      *pqarrow.FileWriter
}

func (w *writer) name() string {
	if w.files == 0 {
		return w.path
	}
	return filepath.Join(w.path, fmt.Sprintf("part-%04d.parquet", w.begun-1))
}

// write writes a block; one that would make a file too long begins the next, as long as there is one.
func (w *writer) write(e *Events) error {
	table := w.fleet.table(e)
	if w.to != nil && w.begun < w.files && w.written+e.Len()/2 > w.each {
		if err := w.close(); err != nil {
			return err
		}
	}
	if w.to == nil {
		if err := w.open(table); err != nil {
			return err
		}
	}
	w.written += e.Len()
	err := w.to.WriteTable(table, groupRows)
	w.failed = w.failed || err != nil
	return err
}

// table is the log of some of the fleet's events. Command lines that are all different stand there as
// they are: a dictionary would be written again for each row group.
func (f Fleet) table(e *Events) arrow.Table {
	t := e.Frame(f.Hosts).Arrow()
	if !f.OwnCommands {
		return t
	}
	fields, columns := slices.Clone(t.Schema().Fields()), make([]arrow.Column, t.NumCols())
	for i := range columns {
		columns[i] = *t.Column(i)
		if fields[i].Name == commandColumn {
			own := ownCommands(e)
			fields[i].Type = own.DataType()
			columns[i] = *arrow.NewColumn(fields[i], arrow.NewChunked(own.DataType(), []arrow.Array{own}))
		}
	}
	return array.NewTable(arrow.NewSchema(fields, nil), columns, t.NumRows())
}

func (w *writer) open(table arrow.Table) error {
	w.begun, w.written = w.begun+1, 0
	var err error
	if w.file, err = os.Create(w.name() + ".part"); err != nil {
		return err
	}
	properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd), parquet.WithVersion(parquet.V2_LATEST),
		parquet.WithMaxRowGroupLength(groupRows), parquet.WithDictionaryPageSizeLimit(dictionary), parquet.WithDictionaryFor("TimeGenerated", false))
	// the Parquet writer would close the file, which is closed here
	w.to, err = pqarrow.NewFileWriter(table.Schema(), struct{ io.Writer }{w.file}, properties, pqarrow.DefaultWriterProps())
	return err
}

func (w *writer) close() error {
	err := errors.Join(w.to.Close(), w.file.Close())
	w.to = nil
	if err != nil || w.failed {
		return errors.Join(err, os.Remove(w.file.Name()))
	}
	return os.Rename(w.file.Name(), w.name())
}

func (w *writer) end() error {
	if w.to == nil {
		return nil
	}
	return w.close()
}
