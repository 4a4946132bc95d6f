package widget

import (
	"errors"
	"fmt"
)

// join puts the buffers of a message back into its state. The message is not trusted: a path
// that leads nowhere is an error.
func join(state map[string]any, paths []any, buffers [][]byte) error {
	if len(paths) > len(buffers) {
		return fmt.Errorf("the message has %d buffer paths and %d buffers", len(paths), len(buffers))
	}
	for i, p := range paths {
		path, ok := p.([]any)
		if !ok || len(path) == 0 {
			return errors.New("a buffer path is no list of keys")
		}
		if err := put(state, path, buffers[i]); err != nil {
			return err
		}
	}
	return nil
}

func put(into any, path []any, buffer []byte) error {
	for ; len(path) > 1; path = path[1:] {
		next, err := step(into, path[0])
		if err != nil {
			return err
		}
		into = next
	}
	switch target := into.(type) {
	case map[string]any:
		if key, ok := path[0].(string); ok {
			target[key] = buffer
			return nil
		}
	case []any:
		if i, ok := index(target, path[0]); ok {
			target[i] = buffer
			return nil
		}
	}
	return fmt.Errorf("the buffer path ends in %v, which is not there", path[0])
}

func step(from, key any) (any, error) {
	switch from := from.(type) {
	case map[string]any:
		if name, ok := key.(string); ok && from[name] != nil {
			return from[name], nil
		}
	case []any:
		if i, ok := index(from, key); ok {
			return from[i], nil
		}
	}
	return nil, fmt.Errorf("the buffer path goes by %v, which is not there", key)
}

func index(list []any, key any) (int, bool) {
	number, ok := key.(float64)
	if !ok || number != float64(int(number)) || number < 0 || number >= float64(len(list)) {
		return 0, false
	}
	return int(number), true
}
