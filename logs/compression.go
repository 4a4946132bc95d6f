package logs

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/mikelolasagasti/xz"
)

// compression is one way to compress a file, known by its first bytes.
type compression struct {
	name  string
	magic string
	open  func(*bufio.Reader) (io.Reader, error) // nil for zip, which needs the whole file
}

var compressions = []compression{
	// https://www.rfc-editor.org/rfc/rfc1952
	{"gzip", "\x1f\x8b\x08", func(r *bufio.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
	// https://www.rfc-editor.org/rfc/rfc8878
	{"zstd", "\x28\xb5\x2f\xfd", openZstd},
	// https://tukaani.org/xz/xz-file-format.txt
	{"xz", "\xfd7zXZ\x00", func(r *bufio.Reader) (io.Reader, error) { return xz.NewReader(r, 0) }},
	// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
	{"zip", "PK\x03\x04", nil},
	{"zip", "PK\x05\x06", nil}, // without any file
}

// maxWindow is the memory that a zstd file may ask for: that of "zstd --long".
const maxWindow = 1 << 27

func openZstd(r *bufio.Reader) (io.Reader, error) {
	d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, err
	}
	return d.IOReadCloser(), nil
}

func compressionOf(head []byte) *compression {
	for i := range compressions {
		if bytes.HasPrefix(head, []byte(compressions[i].magic)) {
			return &compressions[i]
		}
	}
	return nil
}

// maxLayers is the number of compressions inside each other that are opened.
const maxLayers = 4

// load reads the beginning of the input into memory, through all its compressions. What more there
// is, it leaves to s.more.
func (s *source) load(r io.Reader) error {
	counted := &counter{source: s, reader: r}
	b := bufio.NewReaderSize(counted, 1<<16)
	var layers []string
	for {
		head, err := b.Peek(6)
		if err != nil && err != io.EOF {
			return layerError(layers, counted.n, err)
		}
		c := compressionOf(head)
		if c == nil {
			break
		}
		if len(layers) == maxLayers {
			return fmt.Errorf("%d compressions inside each other: decompress the file first", len(layers)+1)
		}
		inner, err := s.unfold(c, b, counted, layers)
		if err != nil {
			return layerError(append(layers, c.name), counted.n, err)
		}
		layers = append(layers, c.name)
		b = bufio.NewReaderSize(inner, 1<<16)
	}
	in := &intake{source: s, reader: b, counted: counted, layers: layers, watch: new(lineWatch).watch}
	data, err := in.head(s.window)
	if err != nil {
		return in.fault(err)
	}
	if len(data) == 0 {
		if len(layers) > 0 {
			return fmt.Errorf("the file inside the %s is empty: there is nothing to read", layers[len(layers)-1])
		}
		return errors.New("the file is empty: there is nothing to read")
	}
	s.data = data
	if !in.ended {
		s.more = in
	}
	return nil
}

// whole reads what more there is.
func (s *source) whole() (err error) {
	in := s.more
	if in == nil {
		return nil
	}
	s.more = nil
	if s.data, err = in.all(s.data); err != nil {
		return in.fault(err)
	}
	return nil
}

// fault says where reading failed.
func (in *intake) fault(err error) error { return layerError(in.layers, in.counted.n, err) }

// unfold opens one compression.
func (s *source) unfold(c *compression, b *bufio.Reader, counted *counter, outer []string) (io.Reader, error) {
	if c.open != nil {
		return c.open(b)
	}
	archive, err := (&intake{source: s, reader: b, counted: counted, layers: outer, watch: new(lineWatch).watch}).all(nil)
	if err != nil {
		return nil, err
	}
	return openZip(archive)
}

// archiveError is an archive that is not broken but cannot be read as one log.
type archiveError string

func (e archiveError) Error() string { return string(e) }

// openZip opens the only file of an archive.
func openZip(archive []byte) (io.Reader, error) {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	var files []*zip.File
	for _, f := range z.File {
		// macOS adds a folder of its own to archives
		if !f.FileInfo().IsDir() && !strings.HasPrefix(f.Name, "__MACOSX/") {
			files = append(files, f)
		}
	}
	switch {
	case len(files) == 0:
		return nil, archiveError("the zip archive holds no file: there is nothing to read")
	case len(files) > 1:
		return nil, archiveError(fmt.Sprintf("the zip archive holds %d files (%s): extract the one you want",
			len(files), fileNames(files)))
	case files[0].Flags&1 != 0:
		return nil, archiveError("the file inside the zip archive is encrypted: extract it first")
	}
	return files[0].Open()
}

func fileNames(files []*zip.File) string {
	const shown = 10
	var names []string
	for _, f := range files[:min(shown, len(files))] {
		names = append(names, dataframe.Clip(f.Name))
	}
	if len(files) > shown {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// layerError says in which compression and where reading failed.
func layerError(layers []string, n int64, err error) error {
	switch err.(type) {
	case *tooLarge, *lineTooLong, *stopError, archiveError:
		return err
	}
	switch {
	case len(layers) == 0:
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, xz.ErrBuf):
		return fmt.Errorf("the %s data ends too early, at byte %d: the file is truncated, get a whole copy", layers[len(layers)-1], n)
	}
	return fmt.Errorf("the %s data cannot be read at byte %d: %w", layers[len(layers)-1], n, err)
}
