package widget

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/gophertrees/gopherwood/kernel"
)

// entry is one value of a state, encoded when it is set: later changes to what the value
// points to cannot race with front ends that ask for the state.
type entry struct {
	value    any             // as it was given
	json     json.RawMessage // without its binary parts; nil when all of it is binary
	paths    [][]any         // where the buffers belong, from the key on
	buffers  [][]byte
	children []*Widget // that the value mentions
}

func (e entry) equal(other entry) bool {
	return (e.json == nil) == (other.json == nil) && bytes.Equal(e.json, other.json) &&
		slices.EqualFunc(e.buffers, other.buffers, bytes.Equal) && reflect.DeepEqual(e.paths, other.paths)
}

func (e entry) decode(key string, into any) error {
	if len(e.buffers) > 0 {
		return fmt.Errorf("the widget's state %q is binary; read it with Get", key)
	}
	if err := json.Unmarshal(e.json, into); err != nil {
		return fmt.Errorf("read the widget's state %q: %w", key, err)
	}
	return nil
}

// maxNesting bounds how deep a value is followed: one that contains itself has no end.
const maxNesting = 100

// encode splits a value into JSON and buffers. As the protocol has it, []byte disappears from
// maps and leaves null in lists.
func encode(key string, value any) (entry, error) {
	e := entry{value: value}
	rest, err := e.split(value, []any{key}, 0)
	if err != nil {
		return e, err
	}
	if len(e.paths) == 1 && len(e.paths[0]) == 1 {
		return e, nil // binary as a whole
	}
	if e.json, err = json.Marshal(rest); err != nil {
		return e, fmt.Errorf("the widget's state %q cannot be encoded: %w", key, err)
	}
	return e, nil
}

// split collects the buffers of v and returns the rest; nil stands for a buffer.
func (e *entry) split(v any, path []any, depth int) (any, error) {
	if depth > maxNesting {
		return nil, fmt.Errorf("the widget's state %q is nested deeper than %d levels", path[0], maxNesting)
	}
	if buffer, ok := binary(v); ok {
		e.paths = append(e.paths, slices.Clone(path))
		e.buffers = append(e.buffers, bytes.Clone(buffer))
		return nil, nil
	}
	switch v := v.(type) {
	case *Widget:
		if v == nil {
			return nil, nil
		}
		e.children = append(e.children, v)
		return "IPY_MODEL_" + v.ID(), nil
	case []*Widget:
		return splitList(e, v, path, depth)
	case []any:
		return splitList(e, v, path, depth)
	case [][]byte:
		return splitList(e, v, path, depth)
	case map[string]any:
		return splitMap(e, v, path, depth)
	case map[string][]byte:
		return splitMap(e, v, path, depth)
	}
	return v, nil
}

func splitList[T any](e *entry, list []T, path []any, depth int) (any, error) {
	out := make([]any, len(list))
	for i, item := range list {
		var err error
		if out[i], err = e.split(item, append(path, i), depth+1); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func splitMap[T any](e *entry, m map[string]T, path []any, depth int) (any, error) {
	out := make(map[string]any, len(m))
	for key, item := range m {
		rest, err := e.split(item, append(path, key), depth+1)
		if err != nil {
			return nil, err
		}
		if _, isBinary := binary(item); !isBinary {
			out[key] = rest
		}
	}
	return out, nil
}

// binary recognises []byte and named types of it that do not encode themselves.
func binary(v any) ([]byte, bool) {
	if _, encodesItself := v.(json.Marshaler); encodesItself {
		return nil, false
	}
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Slice || r.Type().Elem().Kind() != reflect.Uint8 {
		return nil, false
	}
	return r.Bytes(), true
}

// plainState encodes texts.
func plainState(texts map[string]string) map[string]entry {
	state := map[string]entry{}
	for key, text := range texts {
		data, _ := json.Marshal(text) // a string always can
		state[key] = entry{value: text, json: data}
	}
	return state
}

// packed is a state ready to be sent: the paths and buffers go in the order of the keys, so
// that the same state always gives the same message.
func packed(state map[string]entry, prefix ...any) (values map[string]any, paths [][]any, buffers [][]byte) {
	values, paths = map[string]any{}, [][]any{}
	for _, key := range sortedKeys(state) {
		e := state[key]
		if e.json != nil {
			values[key] = e.json
		}
		for i, path := range e.paths {
			paths = append(paths, append(slices.Clone(prefix), path...))
			buffers = append(buffers, e.buffers[i])
		}
	}
	return values, paths, buffers
}

func stateMessage(method string, state map[string]entry) kernel.CommMessage {
	values, paths, buffers := packed(state)
	return kernel.CommMessage{Data: map[string]any{"method": method, "state": values, "buffer_paths": paths}, Buffers: buffers}
}
