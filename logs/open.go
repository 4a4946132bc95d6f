package logs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/internal/progress"
)

// Open reads the log file at path.
//
// The error says in one sentence what is wrong and what to do: a missing or empty file, a
// directory, a format that is not known, a file that is truncated or corrupt (with the place).
// A missing file satisfies errors.Is(err, fs.ErrNotExist).
func Open(path string, options ...Options) (dataframe.DataFrame, error) {
	s, f, err := open(path, one(options))
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	return s.decode(f)
}

// Read reads a log from a stream, such as standard input.
func Read(r io.Reader, options ...Options) (dataframe.DataFrame, error) {
	s, f, err := load(r, "", -1, one(options))
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	return s.decode(f)
}

// open begins to read a file and finds its format.
func open(path string, o Options) (*source, *format, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, openError(path, err)
	}
	s, format, err := openFile(f, path, o)
	if err != nil || s.more == nil {
		_ = f.Close() // nothing was written
		return s, format, err
	}
	s.file = f
	return s, format, nil
}

func openFile(f *os.File, path string, o Options) (*source, *format, error) {
	size := int64(-1)
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, nil, openError(path, err)
	case info.IsDir():
		return nil, nil, fmt.Errorf("%s is a directory: give the path of one file in it", path)
	case info.Mode().IsRegular():
		size = info.Size()
	}
	return load(f, filepath.Base(path), size, o)
}

func load(r io.Reader, name string, size int64, o Options) (*source, *format, error) {
	s := &source{name: name, size: size, options: o, window: usualWindow}
	if o.Format != "" && formatNamed(o.Format) == nil {
		return nil, nil, unknownFormat(o.Format)
	}
	if o.Progress {
		s.bar = progress.Start("Reading "+s.title(), size)
	}
	f, err := s.begin(r)
	if err != nil {
		s.bar.Done()
		return nil, nil, s.errorf("%w", err)
	}
	return s, f, nil
}

func (s *source) begin(r io.Reader) (*format, error) {
	if err := s.load(r); err != nil {
		return nil, err
	}
	if f := s.streamed(); f != nil {
		return f, nil
	}
	if err := s.whole(); err != nil {
		return nil, err
	}
	return s.format()
}

// decode makes the frame of a source.
func (s *source) decode(f *format) (dataframe.DataFrame, error) {
	defer s.close()
	df, err := f.decode(s)
	if err != nil {
		return dataframe.DataFrame{}, s.errorf("%w", err)
	}
	return df, nil
}

// pathError is a file that cannot be opened, in words, with its cause.
type pathError struct {
	message string
	cause   error
}

func (e *pathError) Error() string { return e.message }
func (e *pathError) Unwrap() error { return e.cause }

// openError words the failure to open a file; a missing one gets the nearest names beside it.
func openError(path string, err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return &pathError{fmt.Sprintf("cannot open %s: %v", path, errors.Unwrap(err)), err}
	}
	folder := filepath.Dir(path)
	entries, listErr := os.ReadDir(folder)
	if listErr != nil {
		return &pathError{fmt.Sprintf("no file %s: there is no folder %s", path, folder), err}
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	near := dataframe.Nearest(filepath.Base(path), names)
	for i := range near {
		near[i] = filepath.Join(folder, near[i])
	}
	if len(near) == 0 {
		return &pathError{fmt.Sprintf("no file %s: check the path (the working folder is %s)", path, workingFolder()), err}
	}
	return &pathError{fmt.Sprintf("no file %s: did you mean %s?", path, strings.Join(near, " or ")), err}
}

func workingFolder() string {
	dir, err := os.Getwd()
	if err != nil {
		return "not known"
	}
	return dir
}
