package engine

import (
	"go/ast"
	"go/types"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/kernel"
)

// namer is a value with named parts, such as a frame with its columns. It is all that the
// engine knows of frames.
type namer interface{ Names() []string }

var namerType = reflect.TypeFor[namer]()

// namesWithin is how long Names may take: the person is typing.
const namesWithin = 300 * time.Millisecond

// named is a variable's value when its last cell ended. Completion may ask while the next
// cell sets the variable, so it must not look there.
type named struct {
	value namer
	mu    sync.Mutex
	known []string
	done  chan struct{} // nil before the first question
}

// noteNamed copies the values of variables that may have names, without asking for them.
func (e *Engine) noteNamed() {
	found := map[types.Object]*named{}
	for object, g := range e.globals {
		if e.objects[object.Name()] != object {
			continue
		}
		if value := namerAt(g.address); value != nil {
			found[object] = &named{value: value}
		}
	}
	e.mu.Lock()
	e.named = found
	e.mu.Unlock()
}

// namerAt reads a variable if its type, or what its interface holds, has names.
func namerAt(address any) namer {
	t := reflect.TypeOf(address)
	if t == nil || t.Kind() != reflect.Pointer || !t.Implements(namerType) && t.Elem().Kind() != reflect.Interface && !t.Elem().Implements(namerType) {
		return nil
	}
	copied := reflect.New(t.Elem())
	copied.Elem().Set(reflect.ValueOf(address).Elem())
	if value, ok := copied.Elem().Interface().(namer); ok {
		return value
	}
	value, _ := copied.Interface().(namer)
	return value
}

// names asks the value once. One that panics has no names, and neither has, until it answers,
// one that takes too long.
func (n *named) names() []string {
	n.mu.Lock()
	first := n.done == nil
	if first {
		n.done = make(chan struct{})
	}
	done := n.done
	n.mu.Unlock()
	if first {
		go func() {
			defer close(done)
			defer func() { _ = recover() }()
			n.known = n.value.Names()
		}()
	}
	select {
	case <-done:
		return n.known
	case <-time.After(namesWithin):
		return nil
	}
}

// columns proposes what a string may name that is being typed as an argument: the names of the
// values in the innermost call around it that mentions any. before ends at the opening quote.
func (e *Engine) columns(before string, quote byte, typed string) []kernel.Match {
	h := e.snapshot().understand(before+mark, mark)
	m := matcher{library: e.library}
	for i := len(h.path) - 1; i >= 0 && m.matches == nil; i-- {
		call, ok := h.path[i].(*ast.CallExpr)
		if !ok {
			continue
		}
		ast.Inspect(call, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				e.addNames(&m, h.info.Uses[id], quote)
			}
			return true
		})
	}
	return m.matching(typed)
}

func (e *Engine) addNames(m *matcher, object types.Object, quote byte) {
	e.mu.Lock()
	value := e.named[object]
	e.mu.Unlock()
	if object == nil || value == nil {
		return
	}
	for _, name := range value.names() {
		if text, ok := insideQuotes(name, quote); ok {
			m.add(kernel.Match{Text: text, Type: "field", Signature: "of " + object.Name()})
		}
	}
}

// insideQuotes writes a name as it stands inside a Go string; ok is false when it cannot.
func insideQuotes(name string, quote byte) (text string, ok bool) {
	if quote == '"' {
		quotedName := strconv.Quote(name)
		return quotedName[1 : len(quotedName)-1], name != ""
	}
	return name, name != "" && strconv.CanBackquote(name) && utf8.ValidString(name) && !strings.Contains(name, "\n")
}
