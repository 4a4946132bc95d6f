// Package wholefile writes files that appear whole or not at all.
package wholefile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Write makes the file at path of what write writes. It is written beside its place and then moved there, so
// that a write that fails or is interrupted leaves the old file, or none. A file that is replaced keeps its
// permissions, and a link stays a link. Pipes and devices, such as /dev/null, are written as they are.
//
// Failures of write are returned as they are, those of the system name path.
func Write(path string, write func(io.Writer) error) error {
	path = Target(path)
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return replace(path, 0, write)
	case info.IsDir():
		return fmt.Errorf("write %s: it is a folder", path)
	case !info.Mode().IsRegular():
		return writeInPlace(path, write)
	}
	return replace(path, info.Mode().Perm(), write)
}

// Target is the file that a path stands for: what a link leads to, or the path itself.
func Target(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	return path
}

// Replaces reports whether to write path would replace one of the files, by whatever name they go.
func Replaces(path string, files ...string) bool {
	there, err := os.Stat(path)
	if err != nil {
		return false
	}
	for _, file := range files {
		if info, err := os.Stat(file); err == nil && os.SameFile(info, there) {
			return true
		}
	}
	return false
}

// replace gives the new file a mode, the usual one if that is 0.
func replace(path string, mode fs.FileMode, write func(io.Writer) error) error {
	beside := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%x.tmp", filepath.Base(path), rand.Uint64()))
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return named(path, beside, err)
	}
	err = buffered(f, write)
	if err == nil && mode != 0 {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(beside, path)
	}
	if err != nil {
		os.Remove(beside)
		return named(path, beside, err)
	}
	return nil
}

func writeInPlace(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(buffered(f, write), f.Close())
}

func buffered(w io.Writer, write func(io.Writer) error) error {
	b := bufio.NewWriterSize(w, 1<<16)
	if err := write(b); err != nil {
		return err
	}
	return b.Flush()
}

// named says of a failure of the system that it is of path, not of the file beside it.
func named(path, beside string, err error) error {
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &file) && file.Path == beside:
		return &fs.PathError{Op: "write", Path: path, Err: file.Err}
	case errors.As(err, &link) && link.Old == beside:
		return &fs.PathError{Op: "write", Path: path, Err: link.Err}
	}
	return err
}
