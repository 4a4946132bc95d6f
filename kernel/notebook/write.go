package notebook

import (
	"io"
	"maps"
	"slices"
	"strings"
)

// Write writes a notebook as nbformat does: keys in order, one space of indent, long texts as
// lists of lines, all characters as they are, one newline at the end.
func Write(w io.Writer, nb *Notebook) error {
	fields := maps.Clone(nb.fields)
	if fields == nil {
		fields = map[string]any{"nbformat": 4, "nbformat_minor": 5}
	}
	fields["metadata"] = without(nb.Metadata, "orig_nbformat", "orig_nbformat_minor", "signature")
	cells := []any{}
	for _, c := range nb.Cells {
		cells = append(cells, c.file())
	}
	fields["cells"] = cells
	var out encoder
	out.value(fields, 0)
	out.WriteByte('\n')
	_, err := io.WriteString(w, out.String())
	return err
}

// file is the cell as it stands in a file.
func (c *Cell) file() map[string]any {
	fields := maps.Clone(c.fields)
	fields["source"] = splitLines(fields["source"])
	fields["metadata"] = without(mapOf(fields["metadata"]), "trusted")
	if attachments, ok := fields["attachments"].(map[string]any); ok {
		split := map[string]any{}
		for name, bundle := range attachments {
			split[name] = splitBundle(mapOf(bundle))
		}
		fields["attachments"] = split
	}
	if c.Type() == "code" {
		outputs := []any{}
		for _, o := range c.Outputs {
			outputs = append(outputs, splitOutput(o))
		}
		fields["outputs"] = outputs
		if _, ok := fields["execution_count"]; !ok {
			fields["execution_count"] = nil
		}
	}
	return fields
}

func splitOutput(output map[string]any) map[string]any {
	out := maps.Clone(output)
	switch textOf(out["output_type"]) {
	case "execute_result", "display_data":
		out["data"] = splitBundle(mapOf(out["data"]))
	case "stream":
		out["text"] = splitLines(out["text"])
	}
	return out
}

func splitBundle(bundle map[string]any) map[string]any {
	out := maps.Clone(bundle)
	for mime, form := range out {
		if strings.HasPrefix(mime, "text/") || mime == "application/javascript" || mime == "image/svg+xml" {
			out[mime] = splitLines(form)
		}
	}
	return out
}

// splitLines is Python's str.splitlines(True), which knows more line ends than Go does.
func splitLines(v any) any {
	text, ok := v.(string)
	if !ok {
		return v
	}
	lines := []any{}
	for len(text) > 0 {
		end := lineEnd(text)
		lines = append(lines, text[:end])
		text = text[end:]
	}
	return lines
}

// lineEnd is where the first line of text ends, its line end included.
func lineEnd(text string) int {
	for i, r := range text {
		switch r {
		case '\r':
			if strings.HasPrefix(text[i:], "\r\n") {
				return i + 2
			}
			return i + 1
		case '\n', '\v', '\f', 0x1c, 0x1d, 0x1e:
			return i + 1
		case 0x85:
			return i + 2
		case 0x2028, 0x2029:
			return i + 3
		}
	}
	return len(text)
}

// without is a copy of m that lacks keys, which nbformat keeps out of files.
func without(m map[string]any, keys ...string) map[string]any {
	out := map[string]any{}
	for key, value := range m {
		if !slices.Contains(keys, key) {
			out[key] = value
		}
	}
	return out
}
