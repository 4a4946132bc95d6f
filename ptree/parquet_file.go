package ptree

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/gophertrees/gopherwood/internal/wholefile"
)

// partialFile is an output that has its final name only when it is complete.
type partialFile struct {
	output string
	file   *os.File
	steady *steadyWriter
	groups *groupSequence
}

// placeOf is where an output goes: a link stays a link, its target is replaced, if that is a file.
func placeOf(output string) (string, error) {
	output = wholefile.Target(output)
	if info, err := os.Stat(output); err == nil && !info.Mode().IsRegular() {
		return "", fmt.Errorf("the output %s is a folder or no regular file: name a file", output)
	}
	return output, nil
}

// partialName is what an output is called until then: in the same folder, so that renaming is
// one step.
func partialName(output string) string {
	return filepath.Join(filepath.Dir(output), "."+filepath.Base(output)+".partial")
}

// openPartial begins an output, or goes on behind its row groups up to offset.
func openPartial(output string, offset int64, footer *metadata.FileMetaData) (*partialFile, error) {
	f, err := os.OpenFile(partialName(output), os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, fmt.Errorf("the output cannot be written: %w", err)
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil && size < offset {
		err = fmt.Errorf("%s is shorter than it was: build without resuming", f.Name())
	}
	if err == nil {
		err = f.Truncate(offset)
	}
	if err == nil {
		_, err = f.Seek(offset, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the output cannot be written: %w", err), f.Close())
	}
	steady := &steadyWriter{file: f}
	return &partialFile{output, f, steady, &groupSequence{out: steady, name: output, offset: offset, footer: footer}}, nil
}

// complete ends the file and gives it its name. One that it replaces leaves it its permissions.
func (p *partialFile) complete() error {
	err := p.groups.end()
	if old, failure := os.Stat(p.output); err == nil && failure == nil {
		err = p.file.Chmod(old.Mode().Perm())
	}
	if err == nil {
		err = p.steady.sync()
	}
	if err == nil {
		err = p.file.Close()
	}
	if err == nil {
		err = os.Rename(p.file.Name(), p.output)
	}
	if err != nil {
		return fmt.Errorf("the output %s cannot be written: %w", p.output, err)
	}
	return nil
}

// discard removes a file that nobody can use.
func (p *partialFile) discard() {
	p.file.Close()
	os.Remove(p.file.Name())
}

// salvage makes the row groups so far a file that can be read, if there is room for its end.
func (p *partialFile) salvage() {
	if p.groups.footer == nil {
		p.discard()
		return
	}
	offset := p.groups.offset
	if p.file.Truncate(offset) == nil {
		if _, err := p.file.Seek(offset, io.SeekStart); err == nil {
			_ = p.groups.end() // a disk that is full: the row groups are there all the same
		}
	}
	p.file.Close()
}
