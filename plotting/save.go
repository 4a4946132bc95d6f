package plotting

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/gophertrees/gopherwood/internal/wholefile"
)

// Save writes the figure to a file whose extension says the format, one of those of [Figure.Write].
// The file appears whole or not at all: it is written beside its place and then moved there.
func (f *Figure) Save(path string) error {
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if _, ok := writers[format]; !ok {
		return fmt.Errorf("cannot save a figure as %.200q: end the name in %s", path, formats())
	}
	if err := wholefile.Write(path, func(w io.Writer) error { return f.Write(w, format) }); err != nil {
		return fmt.Errorf("saving the figure: %w", err)
	}
	return nil
}
