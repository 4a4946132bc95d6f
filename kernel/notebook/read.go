package notebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Read reads a notebook of nbformat 4.
func Read(r io.Reader) (*Notebook, error) {
	var fields map[string]any
	decoder := json.NewDecoder(r)
	decoder.UseNumber() // numbers are written back as they were
	if err := decoder.Decode(&fields); err != nil {
		return nil, fmt.Errorf("read the notebook: it is not JSON: %w", err)
	}
	if depth(fields) > maxDepth {
		return nil, fmt.Errorf("read the notebook: it is nested more than %d levels deep", maxDepth)
	}
	if major, ok := numberOf(fields["nbformat"]); !ok || major != 4 {
		return nil, fmt.Errorf("read the notebook: its nbformat is %v; open it in Jupyter and save it, to make it 4", fields["nbformat"])
	}
	cells, ok := fields["cells"].([]any)
	if !ok {
		return nil, errors.New("read the notebook: it has no list of cells")
	}
	nb := &Notebook{fields: fields, Metadata: mapOf(fields["metadata"])}
	delete(fields, "cells")
	delete(fields, "metadata")
	for i, c := range cells {
		cell, err := readCell(c)
		if err != nil {
			return nil, fmt.Errorf("read the notebook: cell %d %w", i+1, err)
		}
		nb.Cells = append(nb.Cells, cell)
	}
	return nb, nil
}

// maxDepth is far more than any real notebook has; indented, deep nesting is very long.
const maxDepth = 200

// depth is how deep lists and objects are nested in v.
func depth(v any) int {
	deepest := 0
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			deepest = max(deepest, depth(item)+1)
		}
	case map[string]any:
		for _, item := range v {
			deepest = max(deepest, depth(item)+1)
		}
	}
	return deepest
}

func readCell(v any) (*Cell, error) {
	fields, ok := v.(map[string]any)
	if !ok || textOf(fields["cell_type"]) == "" {
		return nil, errors.New("is not a cell with a cell_type")
	}
	if fields["source"] = join(fields["source"]); textOf(fields["source"]) == "" {
		fields["source"] = ""
	}
	for _, attachment := range mapOf(fields["attachments"]) {
		joinBundle(mapOf(attachment))
	}
	cell := &Cell{fields: fields}
	outputs, _ := fields["outputs"].([]any)
	delete(fields, "outputs")
	for _, o := range outputs {
		output, ok := o.(map[string]any)
		if !ok {
			return nil, errors.New("has an output that is not an object")
		}
		joinOutput(output)
		cell.Outputs = append(cell.Outputs, output)
	}
	return cell, nil
}

func joinOutput(output map[string]any) {
	joinBundle(mapOf(output["data"]))
	if text, ok := output["text"]; ok {
		output["text"] = join(text)
	}
}

func joinBundle(bundle map[string]any) {
	for mime, form := range bundle {
		if !isJSON(mime) {
			bundle[mime] = join(form)
		}
	}
}

// join makes one string of a list of lines, and leaves everything else as it is.
func join(v any) any {
	lines, ok := v.([]any)
	if !ok {
		return v
	}
	var b strings.Builder
	for _, line := range lines {
		text, ok := line.(string)
		if !ok {
			return v
		}
		b.WriteString(text)
	}
	return b.String()
}

func isJSON(mime string) bool {
	return mime == "application/json" || strings.HasPrefix(mime, "application/") && strings.HasSuffix(mime, "+json")
}

// mapOf is v as an object; an empty one when it is none.
func mapOf(v any) map[string]any {
	if m, ok := v.(map[string]any); ok {
		return m
	}
	return map[string]any{}
}

func numberOf(v any) (int, bool) {
	switch n := v.(type) {
	case int:
		return n, true
	case json.Number:
		i, err := n.Int64()
		return int(i), err == nil
	}
	return 0, false
}
