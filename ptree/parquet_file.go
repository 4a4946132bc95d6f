package ptree

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// partialFile is an output that has its final name only when it is complete.
type partialFile struct {
	file   *os.File
	groups *groupSequence
}

// partialName is what an output is called until then: in the same folder, so that renaming is
// one step.
func partialName(output string) string {
	return filepath.Join(filepath.Dir(output), "."+filepath.Base(output)+".partial")
}

func replaceFile(output string, write func(*partialFile) error) error {
	name := partialName(output)
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("the output cannot be written: %w", err)
	}
	err = write(&partialFile{f, &groupSequence{out: f}})
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return os.Rename(name, output)
}
