package notebook

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gophertrees/gopherwood/kernel"
)

var update = flag.Bool("update", false, "write the golden files anew")

// scripted is an engine whose cells are the names of functions.
type scripted map[string]func(ctx context.Context) ([]any, error)

func (s scripted) Eval(ctx context.Context, code string) ([]any, error) {
	if f := s[code]; f != nil {
		return f(ctx)
	}
	return nil, &kernel.CellError{Name: "compile error", Message: "undefined: " + code, Line: 1, Column: 1}
}
func (s scripted) Complete(string, int) kernel.Completion          { return kernel.Completion{} }
func (s scripted) Inspect(string, int, int) (kernel.Bundle, bool)  { return nil, false }
func (s scripted) IsComplete(string) (kernel.Completeness, string) { return kernel.Unknown, "" }

func prints(lines ...string) func(context.Context) ([]any, error) {
	return func(context.Context) ([]any, error) {
		for _, line := range lines {
			fmt.Println(line)
		}
		return nil, nil
	}
}

// engine has the cells of the tests.
func engine() scripted {
	var progress *kernel.Handle
	return scripted{
		"hello": prints("one", "two"),
		"both": func(context.Context) ([]any, error) {
			fmt.Println("out")
			kernel.Display(kernel.HTML("<hr>\n<br>"))
			fmt.Fprint(os.Stderr, "é\u2028 <no newline>")
			return []any{"a\nb"}, nil
		},
		"image": func(context.Context) ([]any, error) { return []any{kernel.PNG("\x89PNG\r\n and so on")}, nil },
		"start": func(context.Context) ([]any, error) {
			progress = kernel.Display("0 %")
			kernel.DisplayBundle(kernel.Bundle{"application/json": map[string]any{"b": []int{1}, "a": nil}})
			return nil, nil
		},
		"finish": func(context.Context) ([]any, error) { progress.Update("100 %"); return nil, nil },
		"clear":  func(context.Context) ([]any, error) { fmt.Println("gone"); kernel.ClearOutput(false); return nil, nil },
		"clearwait": func(context.Context) ([]any, error) {
			fmt.Println("gone")
			kernel.ClearOutput(true)
			fmt.Println("new")
			return nil, nil
		},
		"keep": func(context.Context) ([]any, error) { fmt.Println("kept"); kernel.ClearOutput(true); return nil, nil },
		"alternate": func(context.Context) ([]any, error) {
			for i := range 3 {
				fmt.Fprintln(os.Stderr, "err", i)
				time.Sleep(50 * time.Millisecond)
				fmt.Println("out", i)
				time.Sleep(50 * time.Millisecond)
			}
			kernel.Display("break")
			fmt.Fprintln(os.Stderr, "err again")
			return nil, nil
		},
		"hang": func(ctx context.Context) ([]any, error) { <-ctx.Done(); return nil, ctx.Err() },
	}
}

// cells makes a notebook; a source may be followed by " #tag".
func cells(t *testing.T, sources ...string) *Notebook {
	t.Helper()
	nb := &Notebook{Metadata: map[string]any{}, fields: map[string]any{"nbformat": 4, "nbformat_minor": 5}}
	for i, source := range sources {
		source, tag, _ := strings.Cut(source, " #")
		metadata := map[string]any{}
		if tag != "" {
			metadata["tags"] = []any{tag}
		}
		nb.Cells = append(nb.Cells, &Cell{fields: map[string]any{
			"cell_type": "code", "id": fmt.Sprint("cell-", i), "source": source, "execution_count": nil, "metadata": metadata,
		}})
	}
	return nb
}

func written(t *testing.T, nb *Notebook) string {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, nb); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestWriteLikeNbformat compares with a file that Python's nbformat wrote from the same.
func TestWriteLikeNbformat(t *testing.T) {
	want, err := os.ReadFile("testdata/nbformat.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"testdata/unsorted.ipynb", "testdata/nbformat.ipynb"} {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		nb, err := Read(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), written(t, nb)); diff != "" {
			t.Errorf("Write(Read(%s)) (-want +got):\n%s", name, diff)
		}
	}
}

// TestRunGolden runs one cell of each kind. The golden file equals what nbclient stores.
func TestRunGolden(t *testing.T) {
	nb := cells(t, "hello", "", "both", "alternate", "image", "start", "finish", "clear", "clearwait", "keep", "undefined #raises-exception", "hello #skip-execution")
	nb.Cells[11].Outputs = []map[string]any{{"output_type": "stream", "name": "stdout", "text": "from before"}}
	if err := Run(context.Background(), nb, Options{Engine: engine()}); err != nil {
		t.Fatal(err)
	}
	nb.Metadata["language_info"] = "left out: it names the version of Go"
	got := written(t, nb)
	const golden = "testdata/run.golden.ipynb"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("Run (-want +got):\n%s", diff)
	}
	if err := Run(context.Background(), nb, Options{Engine: engine()}); err != nil {
		t.Fatal(err)
	}
	nb.Metadata["language_info"] = "left out: it names the version of Go"
	if again := written(t, nb); again != got {
		t.Errorf("Run twice differs:\n%s", cmp.Diff(got, again))
	}
}

func TestRunStops(t *testing.T) {
	nb := cells(t, "hello", "undefined", "hello")
	err := Run(context.Background(), nb, Options{Engine: engine()})
	var failure *CellFailure
	if !errors.As(err, &failure) || failure.Cell != 1 || err.Error() != "cell 2 failed: compile error: 1:1: undefined: undefined" {
		t.Errorf("Run = %v, want the failure of cell 2", err)
	}
	if len(nb.Cells[1].Outputs) != 1 || nb.Cells[2].Outputs != nil || nb.Cells[2].Count() != 0 {
		t.Errorf("outputs = %v, %v, want the error and then nothing", nb.Cells[1].Outputs, nb.Cells[2].Outputs)
	}
	nb = cells(t, "undefined", "hello")
	if err := Run(context.Background(), nb, Options{Engine: engine(), AllowErrors: true}); err != nil || nb.Cells[1].Count() != 2 {
		t.Errorf("Run with AllowErrors = %v, count %d, want nil, 2", err, nb.Cells[1].Count())
	}
}

func TestRunTimeout(t *testing.T) {
	nb := cells(t, "hang #raises-exception")
	err := Run(context.Background(), nb, Options{Engine: engine(), CellTimeout: 30 * time.Millisecond})
	if err == nil || err.Error() != "cell 1 ran longer than 30ms" {
		t.Errorf("Run = %v, want the timeout of cell 1", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	if err := Run(ctx, nb, Options{Engine: engine()}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Run = %v, want the context's error", err)
	}
}

// TestProgress prints, which must not get into the notebook.
func TestProgress(t *testing.T) {
	nb := cells(t, "hello", "", "hello")
	stdout, null := os.Stdout, devNull(t)
	os.Stdout = null
	defer func() { os.Stdout = stdout }()
	var calls []string
	err := Run(context.Background(), nb, Options{Engine: engine(), Progress: func(done, total int) {
		fmt.Println("progress")
		calls = append(calls, fmt.Sprint(done, "/", total))
	}})
	if diff := cmp.Diff([]string{"0/2", "1/2", "2/2"}, calls); diff != "" || err != nil {
		t.Errorf("progress of Run = %v (-want +got):\n%s", err, diff)
	}
	if text := written(t, nb); strings.Contains(text, "progress") {
		t.Errorf("the notebook has what Progress printed:\n%s", text)
	}
}

func devNull(t *testing.T) *os.File {
	t.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { null.Close() })
	return null
}

func TestImages(t *testing.T) {
	nb := cells(t, "hello", "image", "both", "image")
	if err := Run(context.Background(), nb, Options{Engine: engine()}); err != nil {
		t.Fatal(err)
	}
	var at []int
	for _, found := range Images(nb) {
		at = append(at, found.Cell)
		if !bytes.HasPrefix(found.PNG, []byte("\x89PNG\r\n")) {
			t.Errorf("image of cell %d = %.10q, want a PNG", found.Cell, found.PNG)
		}
	}
	if diff := cmp.Diff([]int{1, 3}, at); diff != "" {
		t.Errorf("cells with images (-want +got):\n%s", diff)
	}
}

func TestReadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "not JSON",
		"[]":                             "not JSON",
		"{}":                             "nbformat",
		`{"nbformat":3,"worksheets":[]}`: "nbformat is 3",
		`{"nbformat":4}`:                 "list of cells",
		`{"nbformat":4,"x":` + strings.Repeat("[", 300) + strings.Repeat("]", 300) + `}`: "nested",
		`{"nbformat":4,"cells":[7]}`:                                  "cell 1",
		`{"nbformat":4,"cells":[{"cell_type":"code","outputs":[1]}]}`: "output",
	} {
		if nb, err := Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Read(%s) = %v, %v, want an error with %q", text, nb, err, want)
		}
	}
}

// FuzzRead: whatever is read can be written, read again, and is the same then.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"testdata/unsorted.ipynb", "testdata/run.golden.ipynb"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"nbformat":4,"cells":[{"cell_type":"code","source":[1],"metadata":7,"attachments":[],"outputs":[{"output_type":"stream","text":[null]},{"output_type":"display_data","data":3}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		nb, err := Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		first := written(t, nb)
		Images(nb)
		again, err := Read(strings.NewReader(first))
		if err != nil {
			t.Fatalf("Read(Write(Read(%q))) = %v, want nil", data, err)
		}
		if second := written(t, again); second != first {
			t.Errorf("Write(Read(...)) differs the second time:\n%s", cmp.Diff(first, second))
		}
	})
}
