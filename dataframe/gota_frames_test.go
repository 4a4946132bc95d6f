package dataframe_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	gota "github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	df "github.com/gophertrees/gopherwood/dataframe"
)

// framesTaken calls everything of this package that takes a frame.
var framesTaken = map[string]func(f df.Frame) df.DataFrame{
	"From":                func(f df.Frame) df.DataFrame { return df.From(f) },
	"Concat":              func(f df.Frame) df.DataFrame { return df.Concat(f, f) },
	"DataFrame.Join":      func(f df.Frame) df.DataFrame { return df.From(f).Join(f, "k") },
	"DataFrame.InnerJoin": func(f df.Frame) df.DataFrame { return df.From(f).InnerJoin(f, "k") },
	"DataFrame.LeftJoin":  func(f df.Frame) df.DataFrame { return df.From(f).LeftJoin(f, "k") },
	"DataFrame.RightJoin": func(f df.Frame) df.DataFrame { return df.From(f).RightJoin(f, "k") },
	"DataFrame.OuterJoin": func(f df.Frame) df.DataFrame { return df.From(f).OuterJoin(f, "k") },
}

// Whatever takes a frame must take ours and gota's and give the same. A new function fails
// here until it stands in the table; one that takes a DataFrame alone fails always.
func TestEverythingTakesBothFrames(t *testing.T) {
	ours := df.New(df.Strings("k", []string{"a", "NaN", "007"}), df.FromSlice("v", []int{1, 2, 3}, 0))
	theirs := ours.Gota()
	if theirs.Err != nil {
		t.Fatal(theirs.Err)
	}
	found := map[string]bool{}
	for _, name := range functionsWithFrames(t) {
		found[name] = true
		call, ok := framesTaken[name]
		if !ok {
			t.Errorf("%s takes a Frame: call it in framesTaken", name)
			continue
		}
		wantSame(t, call(theirs), call(ours))
	}
	for name := range framesTaken {
		if !found[name] {
			t.Errorf("framesTaken has %s, which takes no Frame", name)
		}
	}
}

func functionsWithFrames(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no source files: %v", err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !f.Name.IsExported() {
				continue
			}
			name := f.Name.Name
			if f.Recv != nil {
				name = typeText(f.Recv.List[0].Type) + "." + name
			}
			for _, p := range f.Type.Params.List {
				switch typeText(p.Type) {
				case "Frame":
					names = append(names, name)
				case "DataFrame":
					t.Errorf("%s takes a DataFrame: take a Frame", name)
				}
			}
		}
	}
	return names
}

// typeText returns the name of a type, of what a pointer points to, of a variadic's elements.
func typeText(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return typeText(e.X)
	case *ast.Ellipsis:
		return typeText(e.Elt)
	case *ast.ArrayType:
		return typeText(e.Elt)
	}
	return ""
}

func TestGotaUnknownColumnIsNoSilentEmptyResult(t *testing.T) {
	d := df.From(gota.New(series.New([]string{"x"}, series.String, "NewProcessName")))
	for name, call := range map[string]func(){
		"Where": func() { d.Where(df.Eq("NewProcesName", "x")) }, "Select": func() { d.Select("NewProcesName") },
		"Sort": func() { d.Sort("NewProcesName") }, "GroupBy": func() { d.GroupBy("NewProcesName") }, "Drop": func() { d.Drop("NewProcesName") },
		"Mean": func() { d.GroupBy("NewProcessName").Mean("NewProcesName") }, "Get": func() { d.At(0).Get("NewProcesName") },
	} {
		wantPanic[*df.ColumnError](t, name, `no column "NewProcesName": did you mean "NewProcessName"?`, call)
	}
}

func TestGotaMissingLookingTextStaysText(t *testing.T) {
	values := []string{"NA", "NaN", "", "<nil>", "007", "1e5", "true"}
	d := df.From(df.New(df.Strings("s", values)).Gota())
	if n := d.Col("s").Nulls(); n != 0 || d.Col("s").Kind() != df.String {
		t.Errorf("%q through gota = %d nulls, kind %v, want text", values, n, d.Col("s").Kind())
	}
	for i, v := range values {
		if rows := d.Rows(df.Eq("s", v)); len(rows) != 1 || int(rows[0]) != i {
			t.Errorf("Rows(Eq(%q)) = %v, want %d", v, rows, i)
		}
	}
}

func TestGotaLargeIntegersStayIntegers(t *testing.T) {
	const large = 1<<62 + 1
	d := df.From(df.New(df.Ints("n", []int64{large, -large})).Gota())
	if v := d.Col("n").Max(); v != int64(large) {
		t.Errorf("Max() = %v, want %d", v, int64(large))
	}
}

func TestGotaEmptyFrameWorksEverywhere(t *testing.T) {
	for name, d := range map[string]df.DataFrame{
		"zero": {}, "no rows": mixed().Head(0), "no rows from gota": df.From(mixed().Head(0).Gota()), "no match": mixed().Where(df.Eq("text", "nope")),
	} {
		if d.Nrow() != 0 || d.Describe().Nrow() == 0 || d.String() == "" || d.HTML() == "" || d.Sort().Nrow() != 0 || df.Concat(d, d).Nrow() != 0 || d.Sample(3).Nrow() != 0 {
			t.Errorf("%s: a verb fails or makes rows:\n%v", name, d)
		}
		if d.Ncol() > 0 && (d.Col("int").ValueCounts().Nrow() != 0 || d.Join(d, "int").Nrow() != 0 || d.GroupBy("text").Count().Nrow() != 0) {
			t.Errorf("%s: a verb makes rows", name)
		}
	}
}
