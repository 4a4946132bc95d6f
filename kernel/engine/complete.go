package engine

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/kernel"
	"github.com/goplus/ixgo"
)

// Complete implements kernel.Engine. It works on a snapshot of the session, so it answers
// while a cell runs.
func (e *Engine) Complete(code string, cursor int) (found kernel.Completion) {
	cursor = max(0, min(cursor, utf8.RuneCountInString(code)))
	found = kernel.Completion{Start: cursor, End: cursor}
	defer func() {
		if r := recover(); r != nil { // half-typed code may surprise the type checker
			found.Matches = nil
		}
	}()
	before := code[:byteOffset(code, cursor)]
	if inside, isString, ok := quoted(before); ok {
		if isString && isImport(before[:len(before)-len(inside)-1]) {
			found.Start -= utf8.RuneCountInString(inside)
			found.Matches = packagePaths(inside)
		}
		return found
	}
	prefix := wordBefore(before)
	found.Start -= utf8.RuneCountInString(prefix)
	var m matcher
	k := e.snapshot()
	head := strings.TrimSuffix(before, prefix)
	h := k.understand(head+mark, mark)
	switch {
	case h.identifier() == nil:
		m.addWords(k, nil, prefix)
	case h.selected() != nil:
		m.addMembers(k, h, h.selected())
	default:
		m.addFields(h)
		m.addWords(k, h, prefix)
	}
	found.Matches = m.matching(prefix)
	return found
}

// isImport tells whether the text before a quote makes it an import path.
func isImport(before string) bool {
	chunks := split(before)
	return len(chunks) > 0 && chunks[len(chunks)-1].kind == importKind
}

func packagePaths(prefix string) (matches []kernel.Match) {
	for _, path := range importable() {
		if strings.HasPrefix(path, prefix) {
			matches = append(matches, kernel.Match{Text: path, Type: "module"})
		}
	}
	return matches
}

// importable lists the paths that a cell may import.
func importable() (paths []string) {
	for _, path := range ixgo.PackageList() {
		if !strings.Contains("/"+path+"/", "/internal/") && path != "github.com/goplus/ixgo/builtin" {
			paths = append(paths, path)
		}
	}
	return paths
}

// matcher collects proposals; of two with one name the first wins, as in Go's scopes.
type matcher struct {
	matches []kernel.Match
	seen    map[string]bool
}

func (m *matcher) add(match kernel.Match) {
	if m.seen[match.Text] || match.Text == "_" || match.Text == mark || strings.HasPrefix(match.Text, reserved) {
		return
	}
	if m.seen == nil {
		m.seen = map[string]bool{}
	}
	m.seen[match.Text] = true
	m.matches = append(m.matches, match)
}

func (m *matcher) addObject(object types.Object) {
	m.add(kernel.Match{Text: object.Name(), Type: objectKind(object), Signature: signature(object)})
}

// matching picks the proposals that begin with prefix, in its case or else in any, sorted.
func (m *matcher) matching(prefix string) []kernel.Match {
	pick := func(fits func(text string) bool) (picked []kernel.Match) {
		for _, match := range m.matches {
			if fits(match.Text) {
				picked = append(picked, match)
			}
		}
		return picked
	}
	picked := pick(func(text string) bool { return strings.HasPrefix(text, prefix) })
	if picked == nil {
		lower := strings.ToLower(prefix)
		picked = pick(func(text string) bool { return strings.HasPrefix(strings.ToLower(text), lower) })
	}
	slices.SortFunc(picked, func(a, b kernel.Match) int { return cmp.Compare(a.Text, b.Text) })
	return picked
}

// addMembers proposes what may follow "x.".
func (m *matcher) addMembers(k checker, h *halfTyped, x ast.Expr) {
	if name, ok := x.(*ast.Ident); ok {
		if pkg := h.packageNamed(k, name); pkg != nil {
			for _, member := range pkg.Scope().Names() {
				if token.IsExported(member) {
					m.addObject(pkg.Scope().Lookup(member))
				}
			}
			return
		}
	}
	if t := h.info.Types[x].Type; t != nil {
		m.addFieldsOf(t, map[types.Type]bool{})
		m.addMethodsOf(t)
	}
}

// packageNamed finds the package that a name means, also one that no cell has imported yet.
func (h *halfTyped) packageNamed(k checker, name *ast.Ident) *types.Package {
	switch object := h.info.Uses[name].(type) {
	case *types.PkgName:
		return object.Imported()
	case nil:
	default:
		return nil
	}
	for _, path := range importable() {
		if usualName(path) == name.Name {
			if pkg, err := k.importer.Import(path); err == nil {
				return pkg
			}
		}
	}
	return nil
}

// addFieldsOf proposes the fields of a struct, those of embedded ones last.
func (m *matcher) addFieldsOf(t types.Type, seen map[types.Type]bool) {
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	fields, ok := t.Underlying().(*types.Struct)
	if !ok || seen[t] {
		return
	}
	seen[t] = true
	for f := range fields.Fields() {
		if reachable(f) {
			m.addObject(f)
		}
	}
	for f := range fields.Fields() {
		if f.Embedded() {
			m.addFieldsOf(f.Type(), seen)
		}
	}
}

func (m *matcher) addMethodsOf(t types.Type) {
	if _, pointer := t.Underlying().(*types.Pointer); !pointer && !types.IsInterface(t) {
		t = types.NewPointer(t) // a variable has the methods of its address too
	}
	methods := types.NewMethodSet(t)
	for i := range methods.Len() {
		if object := methods.At(i).Obj(); reachable(object) {
			m.addObject(object)
		}
	}
}

// reachable tells whether cells may name a member: the cells are one package.
func reachable(object types.Object) bool {
	return object.Exported() || object.Pkg() != nil && object.Pkg().Path() == "main"
}

// addFields proposes the keys of a struct literal around the identifier.
func (m *matcher) addFields(h *halfTyped) {
	literal, ok := h.parent(1).(*ast.CompositeLit)
	if t := h.info.Types[literal].Type; ok && t != nil {
		m.addFieldsOf(t, map[types.Type]bool{})
	}
}

// addWords proposes names in scope: from the innermost function out to the language's own.
func (m *matcher) addWords(k checker, h *halfTyped, prefix string) {
	if h != nil {
		for _, object := range h.locals() {
			m.addObject(object)
		}
		for _, name := range h.pkg.Scope().Names() {
			m.addObject(h.pkg.Scope().Lookup(name))
		}
	}
	for _, object := range k.objects {
		m.addObject(object)
	}
	for _, spec := range k.imports {
		m.add(kernel.Match{Text: spec.local, Type: "module", Signature: spec.path})
	}
	for _, name := range types.Universe.Names() {
		m.addObject(types.Universe.Lookup(name))
	}
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		m.add(kernel.Match{Text: tok.String(), Type: "keyword"})
	}
	if prefix == "" {
		return // all packages there are would bury the rest
	}
	for _, path := range importable() {
		m.add(kernel.Match{Text: usualName(path), Type: "module", Signature: path})
	}
}
