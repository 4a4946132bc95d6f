package ptree_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gophertrees/gopherwood/ptree"
)

// held is a context with which a build waits, once there is a file by which it keeps others away.
type held struct {
	context.Context
	lock   string
	once   sync.Once
	atWork chan struct{}
	goOn   chan struct{}
}

func (h *held) Err() error {
	if _, err := os.Stat(h.lock); err != nil {
		return nil
	}
	h.once.Do(func() {
		close(h.atWork)
		<-h.goOn
	})
	return nil
}

// TestParquetOfAnotherBuild begins a build while another is at work on the same output.
func TestParquetOfAnotherBuild(t *testing.T) {
	in := writeParquet(t, manyHosts(), 20_000)
	whole, _ := buildParquet(t, in, ptree.ParquetOptions{})
	out := filepath.Join(t.TempDir(), "tree.parquet")
	first := &held{Context: context.Background(), lock: filepath.Join(filepath.Dir(out), ".tree.parquet.lock"), atWork: make(chan struct{}), goOn: make(chan struct{})}
	done := make(chan error)
	go func() {
		_, err := ptree.BuildParquet(first, []string{in}, out, ptree.ParquetOptions{Memory: spilling})
		done <- err
	}()
	select {
	case <-first.atWork:
	case err := <-done:
		t.Fatalf("the build ended without keeping others away: %v", err)
	}
	for _, o := range []ptree.ParquetOptions{{}, {Resume: true}, {Folder: t.TempDir()}} {
		_, err := ptree.BuildParquet(context.Background(), []string{in}, out, o)
		if err == nil || !strings.Contains(err.Error(), "another build of the output") {
			t.Errorf("BuildParquet(%+v) while another is at work = %v, want an error that says so", o, err)
		}
	}
	if _, err := ptree.BuildParquet(context.Background(), []string{in}, filepath.Join(t.TempDir(), "tree.parquet")); err != nil {
		t.Errorf("BuildParquet of an output of its own: %v", err)
	}
	close(first.goOn)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(fileBytes(t, out), fileBytes(t, whole)) {
		t.Error("the output of the first differs from that of one that was alone")
	}
	onlyFile(t, filepath.Dir(out), "tree.parquet")
}

// TestParquetAfterAKill has the file by which a build that was killed kept others away.
func TestParquetAfterAKill(t *testing.T) {
	in := writeParquet(t, manyHosts(), 90_000)
	out := filepath.Join(t.TempDir(), "tree.parquet")
	if err := os.WriteFile(filepath.Join(filepath.Dir(out), ".tree.parquet.lock"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ptree.BuildParquet(context.Background(), []string{in}, out); err != nil {
		t.Fatal(err)
	}
	onlyFile(t, filepath.Dir(out), "tree.parquet")
}

// TestParquetThroughALink has a link as the output, which stays one.
func TestParquetThroughALink(t *testing.T) {
	in := writeParquet(t, manyHosts().Head(300), 300)
	whole, _ := buildParquet(t, in, ptree.ParquetOptions{})
	dir := t.TempDir()
	target, link := filepath.Join(dir, "tree.parquet"), filepath.Join(t.TempDir(), "link.parquet")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ptree.BuildParquet(context.Background(), []string{in}, link); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(fileBytes(t, target), fileBytes(t, whole)) {
		t.Error("what the link leads to is not the output")
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v, want a link still", info, err)
	}
	if info, err := os.Stat(target); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the output is %v, %v, want the permissions of the file that it replaced", info, err)
	}
	onlyFile(t, dir, "tree.parquet")
}

// TestParquetSparesItsInputs names an input as the output, by each way to name one.
func TestParquetSparesItsInputs(t *testing.T) {
	dir := t.TempDir()
	in := filepath.Join(dir, "log.parquet")
	if err := manyHosts().Head(300).WriteParquet(in); err != nil {
		t.Fatal(err)
	}
	want := fileBytes(t, in)
	link := filepath.Join(t.TempDir(), "link.parquet")
	if err := os.Symlink(in, link); err != nil {
		t.Fatal(err)
	}
	for _, input := range []string{in, dir, filepath.Join(dir, "*.parquet"), link} {
		_, err := ptree.BuildParquet(context.Background(), []string{input}, in)
		if err == nil || !strings.Contains(err.Error(), "is one of the inputs") {
			t.Errorf("BuildParquet(%s to %s) = %v, want an error that says so", input, in, err)
		}
		if !bytes.Equal(fileBytes(t, in), want) {
			t.Fatalf("BuildParquet(%s to %s) changed the input", input, in)
		}
		onlyFile(t, dir, filepath.Base(in))
	}
}
