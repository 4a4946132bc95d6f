package main

import "strings"

const module = "github.com/gophertrees/gopherwood/"

// packages are bound beyond what ixgo brings along. log and log/slog are among them because
// ixgo's own bindings interpret their source, slowly; embed, because ixgo's reads files.
var packages = []string{
	"embed",
	"log",
	"log/slog",

	"github.com/go-gota/gota/dataframe",
	"github.com/go-gota/gota/series",

	"gonum.org/v1/gonum/blas",
	"gonum.org/v1/gonum/blas/blas64",
	"gonum.org/v1/gonum/floats",
	"gonum.org/v1/gonum/floats/scalar",
	"gonum.org/v1/gonum/graph",
	"gonum.org/v1/gonum/graph/community",
	"gonum.org/v1/gonum/graph/encoding",
	"gonum.org/v1/gonum/graph/encoding/dot",
	"gonum.org/v1/gonum/graph/multi",
	"gonum.org/v1/gonum/graph/network",
	"gonum.org/v1/gonum/graph/path",
	"gonum.org/v1/gonum/graph/simple",
	"gonum.org/v1/gonum/graph/topo",
	"gonum.org/v1/gonum/graph/traverse",
	"gonum.org/v1/gonum/mat",
	"gonum.org/v1/gonum/stat",
	"gonum.org/v1/gonum/stat/combin",
	"gonum.org/v1/gonum/stat/distuv",

	"gonum.org/v1/plot",
	"gonum.org/v1/plot/font",
	"gonum.org/v1/plot/palette",
	"gonum.org/v1/plot/palette/brewer",
	"gonum.org/v1/plot/palette/moreland",
	"gonum.org/v1/plot/plotter",
	"gonum.org/v1/plot/plotutil",
	"gonum.org/v1/plot/text",
	"gonum.org/v1/plot/vg",
	"gonum.org/v1/plot/vg/draw",
	"gonum.org/v1/plot/vg/vgimg",

	module + "dataframe",
	module + "kernel",
	module + "kernel/display",
	module + "kernel/widget",
	module + "logs",
	module + "plotting",
	module + "ptree",
}

// fileName gives the file of a package's binding: z, then the path without its host.
func fileName(path string) string {
	for _, host := range []string{"github.com/go-gota/", "github.com/gophertrees/", "gonum.org/v1/"} {
		path = strings.TrimPrefix(path, host)
	}
	return "z" + strings.ReplaceAll(path, "/", "_") + ".go"
}
