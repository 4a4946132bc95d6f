// Package symbols registers what cells can import: the standard library, gota, gonum and this
// module's own packages. A program that runs cells imports it for its effect alone:
//
//	import _ "github.com/gophertrees/gopherwood/internal/symbols"
//
// std.go lists the packages that ixgo comes with a binding for. Each z….go file binds one
// more; the generator writes them, and must run again when a bound package changes its
// exported names:
//
//	go generate ./internal/symbols
package symbols

//go:generate go run ./gen
