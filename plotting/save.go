package plotting

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Save writes the figure to a file whose extension says the format, one of those of [Figure.Write].
// The file appears whole or not at all: it is written beside its place and then moved there.
func (f *Figure) Save(path string) error {
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if _, ok := writers[format]; !ok {
		return fmt.Errorf("cannot save a figure as %.200q: end the name in %s", path, formats())
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".figure-*."+format)
	if err != nil {
		return fmt.Errorf("saving the figure: %w", err)
	}
	defer os.Remove(file.Name()) // after the move there is nothing to remove
	buffer := bufio.NewWriter(file)
	if err := f.Write(buffer, format); err != nil {
		file.Close()
		return err
	}
	if err := finish(file, buffer); err != nil {
		return fmt.Errorf("saving the figure: %w", err)
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return fmt.Errorf("saving the figure: %w", err)
	}
	return nil
}

// finish writes what is buffered and closes the file, readable as files of programs usually are.
func finish(file *os.File, buffer *bufio.Writer) error {
	err := buffer.Flush()
	if err == nil {
		err = file.Chmod(0o644)
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}
