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
	k := e.snapshot()
	_, before := k.commandLines(code[:byteOffset(code, cursor)])
	if name := lastLine(code[:len(before)]); lastLine(before) != name {
		found.Start -= utf8.RuneCountInString(strings.TrimLeft(name, " \t"))
		found.Matches = commandMatches(strings.TrimSpace(name))
		return found
	}
	if inside, isString, ok := quoted(before); ok {
		if isString {
			found.Start -= utf8.RuneCountInString(inside)
			found.Matches = e.completeString(before[:len(before)-len(inside)], inside)
		}
		return found
	}
	prefix := wordBefore(before)
	found.Start -= utf8.RuneCountInString(prefix)
	m := matcher{library: e.library}
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

// lastLine is what stands after the last line end.
func lastLine(code string) string { return code[strings.LastIndexByte(code, '\n')+1:] }

func commandMatches(typed string) (matches []kernel.Match) {
	for _, name := range commandNames() {
		if strings.HasPrefix(name, typed) {
			matches = append(matches, kernel.Match{Text: name, Type: "keyword", Signature: instead[name]})
		}
	}
	return matches
}

// completeString proposes what may stand in a string; before ends with its opening quote.
func (e *Engine) completeString(before, typed string) []kernel.Match {
	outside, quote := before[:len(before)-1], before[len(before)-1]
	if isImport(outside) {
		return packagePaths(typed)
	}
	return e.columns(outside, quote, typed)
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

// importable lists the paths that people import; the interpreter's own parts are not among them.
func importable() (paths []string) {
	for _, path := range ixgo.PackageList() {
		if !strings.Contains("/"+path+"/", "/internal/") && !strings.HasPrefix(path, "github.com/goplus/ixgo/") {
			paths = append(paths, path)
		}
	}
	return paths
}

// matcher collects proposals; of two with one name the first wins, as in Go's scopes.
type matcher struct {
	library *library
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

func (m *matcher) addObject(object types.Object, owner types.Type) {
	m.add(kernel.Match{Text: object.Name(), Type: objectKind(object), Signature: m.library.signature(object, owner)})
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
					m.addObject(pkg.Scope().Lookup(member), nil)
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

// packageNamed finds the package that a name means, also one that no cell has imported yet
// when there is only one of the name.
func (h *halfTyped) packageNamed(k checker, name *ast.Ident) *types.Package {
	switch object := h.info.Uses[name].(type) {
	case *types.PkgName:
		return object.Imported()
	case nil:
		return k.onlyPackage(name.Name)
	}
	return nil
}

// onlyPackage is the package that alone has a name, nil when there is none or there are
// several, such as rand, or when the session has declared the name.
func (k checker) onlyPackage(name string) *types.Package {
	path := onlyPath(name)
	if path == "" || k.objects[name] != nil {
		return nil
	}
	pkg, err := k.importer.Import(path)
	if err != nil {
		return nil
	}
	return pkg
}

func onlyPath(name string) (only string) {
	for _, path := range importable() {
		if usualName(path) != name {
			continue
		}
		if only != "" {
			return ""
		}
		only = path
	}
	return only
}

// addFieldsOf proposes the fields of a struct, those of embedded ones last.
func (m *matcher) addFieldsOf(t types.Type, seen map[types.Type]bool) {
	fields := structOf(t)
	if fields == nil || seen[t] {
		return
	}
	seen[t] = true
	for f := range fields.Fields() {
		if reachable(f) {
			m.addObject(f, t)
		}
	}
	for f := range fields.Fields() {
		if f.Embedded() {
			m.addFieldsOf(f.Type(), seen)
		}
	}
}

func (m *matcher) addMethodsOf(t types.Type) {
	owner := t
	if _, pointer := t.Underlying().(*types.Pointer); !pointer && !types.IsInterface(t) {
		t = types.NewPointer(t) // a variable has the methods of its address too
	}
	methods := types.NewMethodSet(t)
	for i := range methods.Len() {
		if object := methods.At(i).Obj(); reachable(object) {
			m.addObject(object, owner)
		}
	}
}

// reachable tells whether cells may name a member: the cells are one package.
func reachable(object types.Object) bool {
	return object.Exported() || object.Pkg() != nil && object.Pkg().Path() == "main"
}

// addFields proposes the keys of a struct literal around the identifier.
func (m *matcher) addFields(h *halfTyped) {
	literal := h.literal()
	if t := h.info.Types[literal].Type; literal != nil && t != nil {
		m.addFieldsOf(t, map[types.Type]bool{})
	}
}

// addWords proposes names in scope: from the innermost function out to the language's own.
func (m *matcher) addWords(k checker, h *halfTyped, prefix string) {
	if h != nil {
		for _, object := range h.locals() {
			m.addObject(object, nil)
		}
		for _, name := range h.pkg.Scope().Names() {
			m.addObject(h.pkg.Scope().Lookup(name), nil)
		}
	}
	for _, object := range k.objects {
		m.addObject(object, nil)
	}
	for _, spec := range k.imports {
		m.add(kernel.Match{Text: spec.local, Type: "module", Signature: spec.path})
	}
	for _, name := range types.Universe.Names() {
		m.addObject(types.Universe.Lookup(name), nil)
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
