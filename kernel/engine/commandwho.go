package engine

import (
	"context"
	"fmt"
	"go/types"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
)

// kindOrder is the order of %who.
var kindOrder = []string{"variable", "constant", "type", "function"}

// commandWho lists the names of the session with their types.
func (e *Engine) commandWho(context.Context, commandLine, string) error {
	if len(e.objects) == 0 {
		return say("this session has declared nothing yet")
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	for _, kind := range kindOrder {
		for _, name := range slices.Sorted(maps.Keys(e.objects)) {
			object := e.objects[name]
			if objectKind(object) != kind || strings.HasPrefix(name, reserved) {
				continue
			}
			fmt.Fprintf(table, "%s\t%s\t%s\n", name, kind, oneLine(signature(object)))
		}
	}
	return table.Flush()
}

// longestType bounds the types that %who shows, in code points.
const longestType = 80

func oneLine(text string) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > longestType {
		return string(letters[:longestType-1]) + "…"
	}
	return string(letters)
}

// commandReset forgets every declaration; imports stay.
func (e *Engine) commandReset(context.Context, commandLine, string) error {
	count := len(e.objects)
	for _, name := range slices.Collect(maps.Keys(e.objects)) {
		e.remove(name)
	}
	return say("%d names forgotten", count)
}

func (e *Engine) commandRemove(_ context.Context, _ commandLine, names string) error {
	if names == "" {
		return fmt.Errorf("write the names to forget after %%rm; %%reset forgets all")
	}
	for _, name := range strings.Fields(names) {
		if e.objects[name] == nil {
			return fmt.Errorf("this session has not declared %s", shortened(name))
		}
		e.remove(name)
	}
	return nil
}

// remove makes a name mean nothing. What other declarations use of it lives on.
func (e *Engine) remove(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	object := e.objects[name]
	if _, isFunc := object.(*types.Func); isFunc && e.owners[name] != nil {
		delete(e.owners[name].Members, name) // as commit does
	}
	delete(e.objects, name)
	delete(e.globals, object)
	delete(e.owners, name)
	delete(e.types, name)
	delete(e.named, object)
}
