package symbols

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"io/fs"
)

//go:embed docs.zip
var docsZip []byte

// Docs is the index of what cells can import, for engine.Config.Docs: declarations with the
// names of their parameters, and doc comments.
func Docs() fs.FS {
	index, err := zip.NewReader(bytes.NewReader(docsZip), int64(len(docsZip)))
	if err != nil {
		panic("internal/symbols: docs.zip is broken, run go generate: " + err.Error())
	}
	return index
}
