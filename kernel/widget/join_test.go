package widget

import (
	"encoding/json"
	"testing"
)

// FuzzJoin gives a browser's message to join: never more than its own places are filled, and
// what is accepted can be sent on.
func FuzzJoin(f *testing.F) {
	f.Add([]byte(`{"a":null,"b":{"c":[1,null]}}`), []byte(`[["a"],["b","c",1]]`))
	f.Add([]byte(`{"a":[]}`), []byte(`[["a",0]]`))
	f.Add([]byte(`{"a":"text"}`), []byte(`[["a","b"],[],[1],7]`))
	f.Add([]byte(`{"a":[1]}`), []byte(`[["a",-1]]`))
	f.Add([]byte(`{"a":[1]}`), []byte(`[["a",1]]`))
	f.Add([]byte(`{"a":[1]}`), []byte(`[["a"],["a",0],["a",1e300],["a",-1]]`))
	f.Fuzz(func(t *testing.T, stateText, pathsText []byte) {
		var state map[string]any
		var paths []any
		if json.Unmarshal(stateText, &state) != nil || json.Unmarshal(pathsText, &paths) != nil || state == nil {
			return
		}
		buffers := make([][]byte, len(paths))
		for i := range buffers {
			buffers[i] = []byte{byte(i)}
		}
		if join(state, paths, buffers) != nil {
			return
		}
		found := 0
		for key, value := range state {
			e, err := encode(key, value)
			if err != nil {
				return // nested too deep
			}
			found += len(e.buffers)
		}
		if found > len(buffers) {
			t.Errorf("join(%s, %s) left %d buffers, want at most %d", stateText, pathsText, found, len(buffers))
		}
	})
}
