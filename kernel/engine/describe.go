package engine

import (
	"go/types"
	"strings"
)

// byName writes packages as cells do: by name, and the cells' own not at all.
func byName(pkg *types.Package) string {
	if pkg.Path() == "main" {
		return ""
	}
	return pkg.Name()
}

// typeText writes a type as people do now; types made from reflect say interface{}.
func typeText(t types.Type) string {
	return strings.ReplaceAll(types.TypeString(t, byName), "interface{}", "any")
}

// objectKind is the word that Jupyter front ends draw an icon for.
func objectKind(object types.Object) string {
	switch object := object.(type) {
	case *types.Func, *types.Builtin:
		return "function"
	case *types.TypeName:
		return "type"
	case *types.Const, *types.Nil:
		return "constant"
	case *types.PkgName:
		return "module"
	case *types.Var:
		if object.IsField() {
			return "field"
		}
	}
	return "variable"
}

// signature tells the type of an object in a few words.
func signature(object types.Object) string {
	switch object := object.(type) {
	case *types.Func:
		return strings.TrimPrefix(typeText(object.Type()), "func")
	case *types.TypeName:
		return shape(object.Type())
	case *types.PkgName:
		return object.Imported().Path()
	case *types.Builtin, *types.Nil:
		return ""
	}
	return typeText(object.Type())
}

// shape is a type's underlying type, short where it would be long.
func shape(t types.Type) string {
	switch t.Underlying().(type) {
	case *types.Struct:
		return "struct"
	case *types.Interface:
		return "interface"
	}
	return typeText(t.Underlying())
}

// declaration writes an object as Go declares it, types with their exported fields and methods.
func declaration(object types.Object) string {
	var text strings.Builder
	switch object := object.(type) {
	case *types.PkgName:
		return "package " + object.Imported().Name() + ` // import "` + object.Imported().Path() + `"`
	case *types.Builtin:
		return "func " + object.Name() + " // built-in"
	case *types.TypeName:
		writeType(&text, object)
	default:
		text.WriteString(strings.ReplaceAll(types.ObjectString(object, byName), "interface{}", "any"))
	}
	return text.String()
}

func writeType(text *strings.Builder, object *types.TypeName) {
	text.WriteString("type " + typeText(object.Type()) + " ")
	fields, ok := object.Type().Underlying().(*types.Struct)
	if !ok {
		text.WriteString(typeText(object.Type().Underlying()))
	} else {
		text.WriteString("struct {\n")
		for f := range fields.Fields() {
			if reachable(f) {
				text.WriteString("\t" + f.Name() + " " + typeText(f.Type()) + "\n")
			}
		}
		text.WriteString("}")
	}
	writeMethods(text, object)
}

func writeMethods(text *strings.Builder, object *types.TypeName) {
	if types.IsInterface(object.Type()) {
		return
	}
	methods := types.NewMethodSet(types.NewPointer(object.Type()))
	for i := range methods.Len() {
		if m := methods.At(i).Obj(); reachable(m) {
			text.WriteString("\nfunc (" + object.Name() + ") " + m.Name() + signature(m))
		}
	}
}
