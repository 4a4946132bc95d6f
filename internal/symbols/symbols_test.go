package symbols_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	_ "github.com/gophertrees/gopherwood/internal/symbols"
	"github.com/gophertrees/gopherwood/kernel/engine"
)

const module = "github.com/gophertrees/gopherwood/"

// TestImports runs cells that use what is bound here; the last cell's value is compared.
func TestImports(t *testing.T) {
	tests := []struct {
		name  string
		cells []string
		want  string
	}{
		{"gota options", []string{
			`import ("strings"; "github.com/go-gota/gota/dataframe"; "github.com/go-gota/gota/series")`,
			`df := dataframe.ReadCSV(strings.NewReader("id;score\n001;1.5\n003;4\n"), dataframe.WithDelimiter(';'),
				dataframe.WithTypes(map[string]series.Type{"id": series.String}))`,
			`[]any{df.Nrow(), df.Names(), df.Col("id").Records(), df.Col("score").Mean()}`,
		}, "[2 [id score] [001 003] 2.75]"},
		{"gota calls a closure of the cell", []string{
			`import ("github.com/go-gota/gota/dataframe"; "github.com/go-gota/gota/series")
			df := dataframe.New(series.New([]float64{1, 2, 3}, series.Float, "x"))
			df.Filter(dataframe.F{Colname: "x", Comparator: series.CompFunc, Comparando: func(e series.Element) bool { return e.Float() > 1.5 }}).Nrow()`,
		}, "2"},
		{"gota reads structs of the cell", []string{
			`import "github.com/go-gota/gota/dataframe"
			type Conn struct { Src string; Port int; Bytes float64 }`,
			`df := dataframe.LoadStructs([]Conn{{"10.0.0.1", 443, 1200}, {"10.0.0.2", 80, 30.5}})
			[]any{df.Names(), df.Nrow(), df.Col("Bytes").Max()}`,
		}, "[[Src Port Bytes] 2 1200]"},
		{"gonum", []string{
			`import ("gonum.org/v1/gonum/stat"; "gonum.org/v1/gonum/mat")
			[]any{stat.Mean([]float64{1, 2, 6}, nil), mat.Det(mat.NewDense(2, 2, []float64{1, 2, 3, 5}))}`,
		}, "[3 -1.0000000000000004]"},
		{"gonum graph", []string{
			`import ("gonum.org/v1/gonum/graph/simple"; "gonum.org/v1/gonum/graph/topo"; "gonum.org/v1/gonum/graph/path")
			g := simple.NewDirectedGraph()
			g.SetEdge(g.NewEdge(simple.Node(1), simple.Node(2)))
			g.SetEdge(g.NewEdge(simple.Node(2), simple.Node(3)))
			order, _ := topo.Sort(g)`,
			`[]any{len(order), path.DijkstraFrom(simple.Node(1), g).WeightTo(3)}`,
		}, "[3 2]"},
		{"gonum plot", []string{
			`import ("bytes"; "gonum.org/v1/plot"; "gonum.org/v1/plot/plotter"; "gonum.org/v1/plot/vg")
			p := plot.New()
			line, err := plotter.NewLine(plotter.XYs{{X: 1, Y: 2}, {X: 2, Y: 4}})
			line.Width = vg.Points(2)
			p.Add(line, plotter.NewGrid())`,
			`var buf bytes.Buffer
			w, err := p.WriterTo(4*vg.Inch, 3*vg.Inch, "png")
			w.WriteTo(&buf)
			bytes.HasPrefix(buf.Bytes(), []byte("\x89PNG"))`,
		}, "true"},
		{"log keeps its state", []string{
			`import ("bytes"; "log"; "log/slog"); var buf bytes.Buffer; log.SetOutput(&buf); log.SetFlags(0); log.SetPrefix("nb: ")`,
			`log.Println("kept")`,
			`l := slog.New(slog.NewTextHandler(&buf, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
				if a.Key == "time" { return slog.Attr{} }
				return a
			}}))`,
			`l.Warn("again", "n", 3)`,
			`buf.String()`,
		}, "nb: kept\nlevel=WARN msg=again n=3\n"},
		{"our frames", []string{
			`df := dataframe.New(dataframe.Ints("pid", []int64{4, 8}), dataframe.Strings("name", []string{"a", "b"}))`,
			`[]any{df.Nrow(), df.Names()}`,
		}, "[2 [pid name]]"},
		{"our trees", []string{`ptree.Sysmon.ProcessName`}, "Image"},
		{"our logs and figures", []string{
			`import "strings"
			df, err := logs.Read(strings.NewReader("name,n\na,1\n"))`,
			`[]any{df.Nrow(), plotting.Options{Title: "t"}.Title}`,
		}, "[1 t]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := run(t, test.cells...); got != test.want {
				t.Errorf("Eval(%s) = %s, want %s", strings.Join(test.cells, "\n//---\n"), got, test.want)
			}
		})
	}
}

// run evaluates cells in one session and shows the values of the last, or the first error.
func run(t *testing.T, cells ...string) string {
	t.Helper()
	e, err := engine.New(engine.Config{Imports: []string{module + "dataframe", module + "logs", module + "ptree", module + "plotting"}})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	shown := ""
	for i, cell := range cells {
		values, err := e.Eval(context.Background(), cell)
		if err != nil {
			return fmt.Sprintf("cell %d: %v", i+1, err)
		}
		shown = strings.TrimSuffix(fmt.Sprintln(values...), "\n")
	}
	return shown
}

// TestFatal: the bound log is compiled, so its Fatal functions would end the process.
func TestFatal(t *testing.T) {
	for _, call := range []string{`log.Fatal("x")`, `log.Fatalf("%d", 1)`, `log.Fatalln("x")`, `log.Default().Fatal("x")`, `os.Exit(3)`} {
		got := run(t, `import ("io"; "log"; "os"); log.SetOutput(io.Discard)`, call)
		if !strings.Contains(got, "exit with code") {
			t.Errorf("Eval(%s) = %s, want an error that speaks of the exit code", call, got)
		}
	}
}
