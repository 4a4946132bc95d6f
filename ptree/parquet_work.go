package ptree

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"

	"github.com/apache/arrow-go/v18/parquet/metadata"
)

// work is the folder in which a build keeps what does not fit in memory and what another build
// needs to go on from it.
type work struct {
	folder string
	own    bool // this build made it or has taken it over
	state  workState
}

// workState says how far a build is; the output up to Offset is whole row groups.
type workState struct {
	Spilled bool      `json:"spilled"`
	Bytes   int64     `json:"bytes"` // spilled
	Text    []int64   `json:"text"`  // by partition: bytes of texts beyond the lexicons
	Ends    []partEnd `json:"ends"`  // of the partitions that are built
	Written int64     `json:"written"`
	Offset  int64     `json:"offset"`
	footer  *metadata.FileMetaData
}

// partEnd is where a partition ended.
type partEnd struct {
	Rows int64          `json:"rows"` // of the output so far, written or not
	Sum  ParquetSummary `json:"sum"`
}

// next is the first partition of which not all rows are written.
func (s *workState) next() int {
	for i, end := range s.Ends {
		if end.Rows > s.Written {
			return i
		}
	}
	return len(s.Ends)
}

const (
	stateName  = "state.json"
	footerName = "footer"
	planName   = "plan"
	inputsName = "inputs.json"
)

// workFor names the folder after the output.
func workFor(output, folder string) *work {
	name := "." + filepath.Base(output) + ".work"
	if folder == "" {
		return &work{folder: filepath.Join(filepath.Dir(output), name)}
	}
	whole, err := filepath.Abs(output)
	if err != nil {
		whole = output
	}
	h := fnv.New64a()
	h.Write([]byte(whole))
	return &work{folder: filepath.Join(folder, fmt.Sprintf("%s-%x", name, h.Sum64()))}
}

func (w *work) path(name string) string { return filepath.Join(w.folder, name) }

func (w *work) make() error {
	w.own = true
	if err := os.MkdirAll(w.folder, 0o755); err != nil {
		return fmt.Errorf("the folder for what does not fit in memory: %w", err)
	}
	return nil
}

func (w *work) remove() error {
	if err := os.RemoveAll(w.folder); err != nil {
		return fmt.Errorf("the folder for what does not fit in memory cannot be removed: %w", err)
	}
	return nil
}

// worthKeeping reports whether resuming would save anything.
func (w *work) worthKeeping() bool { return w.own && (w.state.Spilled || w.state.Written > 0) }

// drop removes the files of the partitions before one: their rows are in the output.
func (w *work) drop(before int) {
	for k := before - 1; k >= 0; k-- {
		if os.Remove(spillName(w.folder, hostsName, k)) != nil {
			return // it was removed before, as all earlier ones were
		}
	}
}

// inputsOf is what must not have changed when a build is resumed.
type inputsOf struct {
	Version int                  `json:"version"`
	Files   []string             `json:"files"`
	Stamps  map[string]fileStamp `json:"stamps"`
	Output  string               `json:"output"` // what it says of itself: schema and columns
}

const workVersion = 2

func (b *parquetBuild) inputs() ([]byte, error) {
	in := inputsOf{Version: workVersion, Output: b.layout.description(), Stamps: map[string]fileStamp{}}
	for _, f := range b.source.files {
		in.Files = append(in.Files, f.path)
		in.Stamps[f.path] = f.stamp
	}
	return json.Marshal(in)
}

// save notes all that a resumed build needs. One partition that fits needs nothing.
func (b *parquetBuild) save() error {
	if len(b.plan.parts) == 1 && !b.plan.large || b.work.state.Ends != nil {
		return nil
	}
	if err := b.work.make(); err != nil {
		return err
	}
	inputs, err := b.inputs()
	if err != nil {
		return err
	}
	if err := writeWhole(b.work.path(planName), appendPlan(nil, b.words, b.plan)); err != nil {
		return err
	}
	if err := b.work.saveState(); err != nil {
		return err
	}
	return writeWhole(b.work.path(inputsName), inputs) // last: without it there is nothing to resume
}

func (w *work) saveState() error {
	if w.state.footer != nil {
		var footer bytes.Buffer
		if _, err := w.state.footer.WriteTo(&footer, nil); err != nil {
			return err
		}
		// the state counts the footer's rows: one that is newer than the state is cut by it
		if err := writeWhole(w.path(fmt.Sprintf("%s-%d", footerName, w.state.Written)), footer.Bytes()); err != nil {
			return err
		}
	}
	text, err := json.Marshal(w.state)
	if err != nil {
		return err
	}
	if err := writeWhole(w.path(stateName), text); err != nil {
		return err
	}
	w.dropFooters()
	return nil
}

// dropFooters removes those of earlier states.
func (w *work) dropFooters() {
	all, _ := filepath.Glob(filepath.Join(w.folder, footerName+"-*"))
	for _, path := range all {
		if path != w.path(fmt.Sprintf("%s-%d", footerName, w.state.Written)) {
			os.Remove(path)
		}
	}
}

// writeWhole replaces a file in one step.
func writeWhole(path string, data []byte) error {
	err := os.WriteFile(path+".new", data, 0o644)
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return fmt.Errorf("what another build needs to go on cannot be kept: %w", err)
	}
	return nil
}

// resume takes up an earlier build of the output; known is false where there is none.
func (b *parquetBuild) resume() (known bool, err error) {
	w := b.work
	then, err := os.ReadFile(w.path(inputsName))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	now, failure := b.inputs()
	if err = firstOf(err, failure); err != nil {
		return false, err
	}
	if !bytes.Equal(then, now) {
		return false, fmt.Errorf("the build in %s cannot be resumed: the inputs, the schema or the columns are not what they were: build without resuming", w.folder)
	}
	if err := w.loadState(); err != nil {
		return false, fmt.Errorf("the build in %s cannot be resumed: %w: build without resuming", w.folder, err)
	}
	data, err := os.ReadFile(w.path(planName))
	if err == nil {
		b.words, b.plan, err = b.layout.readPlan(data, lexiconShare(b.o.Memory))
	}
	if err != nil {
		return false, fmt.Errorf("the build in %s cannot be resumed: %w: build without resuming", w.folder, err)
	}
	w.own = true
	b.sum.Spilled = w.state.Bytes
	return true, nil
}

func (w *work) loadState() error {
	text, err := os.ReadFile(w.path(stateName))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &w.state); err != nil {
		return err
	}
	if w.state.Written == 0 {
		return nil
	}
	footer, err := os.ReadFile(w.path(fmt.Sprintf("%s-%d", footerName, w.state.Written)))
	if err != nil {
		return err
	}
	w.state.footer, err = metadata.NewFileMetaData(footer, nil)
	return err
}
