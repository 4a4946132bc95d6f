package engine

import (
	"go/types"
	"reflect"

	"github.com/goplus/ixgo"
	"golang.org/x/tools/go/ssa"
)

// keepSources makes the state of interpreted packages the session's. Some packages come as
// source (log, slices, anything generic): ixgo initialises them anew in every interpreter,
// and log.SetPrefix would last one cell. Handing on the addresses of all their globals keeps
// their state, and init$guard, one of the globals, keeps their init from running again.
func (e *Engine) keepSources(in *ixgo.Interp, pkg *ssa.Package) {
	for _, source := range pkg.Prog.AllPackages() {
		if source.Pkg.Path() == "main" || e.kept[source] || source.Func("init").Blocks == nil {
			continue
		}
		e.kept[source] = true
		for _, member := range source.Members {
			switch member := member.(type) {
			case *ssa.Type:
				e.keepType(in, pkg, member)
			case *ssa.Global:
				if p, ok := address(in, pkg, member); ok {
					e.loader.bind(member.Type().(*types.Pointer).Elem(), reflect.TypeOf(p).Elem())
					e.ctx.RegisterExternal(member.String(), p)
				}
			}
		}
	}
}

func (e *Engine) keepType(in *ixgo.Interp, pkg *ssa.Package, t *ssa.Type) {
	named, ok := types.Unalias(t.Type()).(*types.Named)
	if !ok || named.TypeParams().Len() > 0 {
		return
	}
	pkg.Members[guest] = t
	defer delete(pkg.Members, guest)
	if rt, ok := in.GetType(guest); ok {
		e.loader.bind(named, rt)
	}
}
