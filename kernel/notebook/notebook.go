// Package notebook reads, runs and writes Jupyter notebooks without Jupyter: the cells run in
// this process, by the same kernel.Session that serves front ends, and the outputs are stored
// as nbclient would store them. Files are written as nbformat writes them, byte for byte, so
// that a run changes nothing in a repository but what the run changed.
//
//	nb, err := notebook.Read(file)
//	err = notebook.Run(ctx, nb, notebook.Options{Engine: engine})
//	err = notebook.Write(out, nb)
package notebook

import (
	"strings"
)

// Notebook is a file of nbformat 4 (https://nbformat.readthedocs.io). What this package does
// not know of it is kept as it is.
type Notebook struct {
	Cells []*Cell
	// Metadata is that of the whole notebook.
	Metadata map[string]any

	fields map[string]any // the rest: nbformat, nbformat_minor and unknown ones
}

// Cell is one cell of a notebook.
type Cell struct {
	// Outputs are in nbformat's own shape, with "output_type" and so on; long texts are
	// single strings here and become lists of lines in the file. Only code cells have them.
	Outputs []map[string]any

	fields map[string]any
}

// Type is "code", "markdown" or "raw".
func (c *Cell) Type() string { return textOf(c.fields["cell_type"]) }

// Source is the text of the cell.
func (c *Cell) Source() string { return textOf(c.fields["source"]) }

// Count is the number the cell had when it ran last; 0 when it has not run.
func (c *Cell) Count() int {
	n, _ := numberOf(c.fields["execution_count"])
	return n
}

// HasTag says whether the cell's metadata has a tag, such as "raises-exception".
func (c *Cell) HasTag(tag string) bool {
	metadata, _ := c.fields["metadata"].(map[string]any)
	tags, _ := metadata["tags"].([]any)
	for _, t := range tags {
		if t == tag {
			return true
		}
	}
	return false
}

// runs says whether running the notebook runs this cell. An empty cell is not sent to the
// kernel, as in nbclient.
func (c *Cell) runs() bool {
	return c.Type() == "code" && strings.TrimSpace(c.Source()) != "" && !c.HasTag("skip-execution")
}

func textOf(v any) string {
	s, _ := v.(string)
	return s
}
