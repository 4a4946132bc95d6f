package ptree

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/gophertrees/gopherwood/dataframe"
)

// ParquetTree is an output of [BuildParquet] that stays on disk: a query reads the rows of the
// one host that it is about, and of these what it needs. A host is its name in the log, "" for
// rows that name none, or [AnyHost]. A process is its key (name|pid|time, as everywhere) or its
// position on the host as a decimal number. Queries may run side by side.
type ParquetTree struct {
	path   string
	in     *countingReader
	raw    *file.Reader
	reader *pqarrow.FileReader
	told   description
	groups []groupSpan
}

// AnyHost stands for the only host of a file, or, in a small one, for whichever has the process.
const AnyHost = "*"

// ErrNoTrees says of a file that it is no output of [BuildParquet].
var ErrNoTrees = errors.New("it holds no trees that BuildParquet (gopherwood build --memory) has written")

// groupSpan is a row group by its place and by the hosts that it has.
type groupSpan struct {
	first    int64 // row
	rows     int64
	low      string
	high     string
	known    bool // the file says which hosts these are
	nameless bool // some rows name no host
}

// countingReader counts what is read.
type countingReader struct {
	file *os.File
	size int64
	at   int64
	read atomic.Int64
}

func (r *countingReader) ReadAt(p []byte, off int64) (int, error) {
	n, err := r.file.ReadAt(p, off)
	r.read.Add(int64(n))
	return n, err
}

func (r *countingReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.at
	case io.SeekEnd:
		offset += r.size
	}
	r.at = offset
	return offset, nil
}

// OpenParquetTree opens an output of [BuildParquet] without loading it. The error is [ErrNoTrees] for
// other files.
func OpenParquetTree(path string) (*ParquetTree, error) {
	if _, err := stampOf(path); errors.Is(err, errNotRegular) {
		return nil, fmt.Errorf("%w: %w", err, ErrNoTrees)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	t := &ParquetTree{path: path, in: &countingReader{file: f}}
	if err = guarded(t.open); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}

func (t *ParquetTree) open() error {
	info, err := t.in.file.Stat()
	if err != nil {
		return err
	}
	t.in.size = info.Size()
	properties := parquet.NewReaderProperties(memory.DefaultAllocator)
	properties.MaxCompressedPageSize, properties.MaxUncompressedPageSize = maxPage, maxPage
	if t.raw, err = file.NewParquetReader(t.in, file.WithReadProps(properties)); err != nil {
		return fmt.Errorf("%w: it cannot be read as Parquet: %w", ErrNoTrees, err)
	}
	text := t.raw.MetaData().KeyValueMetadata().FindValue(treeMetadataKey)
	if text == nil {
		return ErrNoTrees
	}
	if t.told, err = described(*text); err != nil {
		return err
	}
	if t.reader, err = pqarrow.NewFileReader(t.raw, codedTexts(t.raw, groupRows), memory.DefaultAllocator); err != nil {
		return err
	}
	return t.readSpans()
}

// Close closes the file. Trees that queries returned stay.
func (t *ParquetTree) Close() error { return t.in.file.Close() }

// BytesRead returns how much of the file has been read since it was opened.
func (t *ParquetTree) BytesRead() int64 { return t.in.read.Load() }

// Size returns the file's size in bytes.
func (t *ParquetTree) Size() int64 { return t.in.size }

// Len returns the number of processes.
func (t *ParquetTree) Len() int64 { return t.raw.NumRows() }

// Schema returns the schema that the trees were built with.
func (t *ParquetTree) Schema() Schema { return t.told.Schema }

// hostLeaf is the number of the host's column, -1 where the log had none.
func (t *ParquetTree) hostLeaf() int {
	if t.told.Schema.HostName == "" {
		return -1
	}
	return t.leaf(t.told.written(t.told.Schema.HostName))
}

func (t *ParquetTree) leaf(name string) int { return t.raw.MetaData().Schema.ColumnIndexByName(name) }

// readSpans takes the hosts of each row group from its statistics.
func (t *ParquetTree) readSpans() error {
	row, host := int64(0), t.hostLeaf()
	for g := range t.raw.NumRowGroups() {
		group := t.raw.MetaData().RowGroup(g)
		span := groupSpan{first: row, rows: group.NumRows()}
		row += span.rows
		if host >= 0 {
			chunk, err := group.ColumnChunk(host)
			if err != nil {
				return err
			}
			span.read(chunk)
		}
		t.groups = append(t.groups, span)
	}
	return nil
}

func (s *groupSpan) read(chunk *metadata.ColumnChunkMetaData) {
	s.nameless = true
	stats, err := chunk.Statistics()
	if err != nil || stats == nil {
		return
	}
	s.nameless = !stats.HasNullCount() || stats.NullCount() > 0
	if texts, ok := stats.(*metadata.ByteArrayStatistics); ok && stats.HasMinMax() {
		s.low, s.high, s.known = strings.Clone(string(texts.Min())), strings.Clone(string(texts.Max())), true
	} else {
		s.known = s.nameless && stats.NullCount() == s.rows // no row names a host
	}
}

// may reports whether a host can have rows in the group.
func (s *groupSpan) may(host string) bool {
	return !s.known || host == "" && s.nameless || s.low <= host && host <= s.high
}

// written is what a column of the log is called in the file.
func (d description) written(name string) string {
	if w, ok := d.Renamed[name]; ok {
		return w
	}
	return name
}

// only is the single host of the file; ok is false when there are several.
func (t *ParquetTree) only() (host string, ok bool) {
	for i, s := range t.groups {
		if !s.known || s.low != s.high || s.nameless && s.low != "" || i > 0 && s.low != t.groups[0].low {
			return "", false
		}
		host = s.low
	}
	return host, true
}

// noHost is the failure of a name that no row has.
func (t *ParquetTree) noHost(host string) error {
	var have []string
	for _, s := range t.groups {
		have = append(have, s.low, s.high)
	}
	return fmt.Errorf("%s: no process is of the host: %w", t.path, &dataframe.KeyError{Key: host, Have: distinct(have)})
}
