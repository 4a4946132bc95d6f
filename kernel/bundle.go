package kernel

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// encoded brings every form to what the protocol carries: text as valid UTF-8, binary forms
// as base64, JSON forms as JSON. A form that cannot be encoded is left out and the text says
// so. "text/plain" is always there afterwards.
func (d Data) encoded() Data {
	out := Data{Data: Bundle{}, Metadata: encodedMap(d.Metadata), Transient: encodedMap(d.Transient)}
	var troubles []string
	for mime, form := range d.Data {
		encoded, err := encodedForm(mime, form)
		if err != nil {
			troubles = append(troubles, fmt.Sprintf("the form %s cannot be encoded: %v", mime, err))
			continue
		}
		out.Data[mime] = encoded
	}
	text, there := out.Data[plainType].(string)
	if !there && len(troubles) == 0 {
		text = "<" + strings.Join(slices.Sorted(maps.Keys(out.Data)), ", ") + ">"
	}
	out.Data[plainType] = strings.TrimPrefix(strings.Join(append([]string{text}, troubles...), "\n"), "\n")
	return out
}

func encodedForm(mime string, form any) (any, error) {
	if isJSONType(mime) {
		data, err := marshal(form)
		return json.RawMessage(data), err
	}
	switch form := form.(type) {
	case string:
		return strings.ToValidUTF8(form, "\uFFFD"), nil
	case []byte:
		if isTextType(mime) {
			return strings.ToValidUTF8(string(form), "\uFFFD"), nil
		}
		return base64.StdEncoding.EncodeToString(form), nil
	}
	return strings.ToValidUTF8(fmt.Sprint(form), "\uFFFD"), nil
}

// isJSONType is nbformat's rule.
func isJSONType(mime string) bool {
	return mime == "application/json" || strings.HasPrefix(mime, "application/") && strings.HasSuffix(mime, "+json")
}

func isTextType(mime string) bool {
	return strings.HasPrefix(mime, "text/") || mime == "image/svg+xml" || mime == "application/javascript"
}

// encodedMap keeps what JSON can express. It is never nil, which front ends do not expect.
func encodedMap(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for key, value := range m {
		if data, err := marshal(value); err == nil {
			out[strings.ToValidUTF8(key, "\uFFFD")] = json.RawMessage(data)
		}
	}
	return out
}

// renderValues renders the values of a cell. Neighbours that are mere text become one text,
// joined by a space as fmt.Println would do.
func renderValues(values []any) []Data {
	var shown []Data
	for _, v := range values {
		next := Render(v)
		if n := len(shown); n > 0 && isPlain(shown[n-1]) && isPlain(next) {
			shown[n-1].Data[plainType] = shown[n-1].Data[plainType].(string) + " " + next.Data[plainType].(string)
			continue
		}
		shown = append(shown, next)
	}
	return shown
}

func isPlain(d Data) bool {
	return len(d.Data) == 1 && len(d.Metadata) == 0 && len(d.Transient) == 0
}

// DisplayID is the name by which this output can be updated; "" when it has none.
func (d Data) DisplayID() string {
	raw, _ := d.Transient["display_id"].(json.RawMessage)
	var id string
	if json.Unmarshal(raw, &id) != nil {
		return ""
	}
	return id
}
