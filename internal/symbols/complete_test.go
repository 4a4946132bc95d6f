package symbols_test

import (
	"context"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/internal/symbols"
	"github.com/gophertrees/gopherwood/kernel/engine"
)

// TestCompleteColumns: the columns of real frames come inside strings, our frames' and gota's.
func TestCompleteColumns(t *testing.T) {
	e, err := engine.New(engine.Config{
		Imports: []string{module + "dataframe", module + "ptree", module + "plotting"}, Docs: symbols.Docs(),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for _, cell := range []string{
		`df := dataframe.New(dataframe.Strings("NewProcessName", []string{"a"}), dataframe.Ints("SubjectLogonId", []int64{1}))`,
		"var tree ptree.Tree\nframe := any(df)",
		"import gota \"github.com/go-gota/gota/dataframe\"\nimport \"github.com/go-gota/gota/series\"\n" +
			`g := gota.New(series.New([]int{1}, series.Int, "NewCount"))`,
	} {
		if _, err := e.Eval(context.Background(), cell); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ code, want string }{
		{`df.Where(dataframe.Eq("New`, "NewProcessName"},
		{`df.Col("Su`, "SubjectLogonId"},
		{`df.Sort(dataframe.Desc("Su`, "SubjectLogonId"},
		{`plotting.PlotProcessTree(tree, df, plotting.Options{LegendCol: "Sub`, "SubjectLogonId"},
		{`fmt.Println(frame, "Sub`, "SubjectLogonId"},
		{`g.Col("New`, "NewCount"},
		{`tree.Sort(dataframe.Desc("nothing`, ""},
		{`plotting.Options{LegendC`, "LegendCol"},
		{`ptree.Options{ShowPro`, "ShowProgress"},
		{`ptree.Options{Debug: true, ShowPro`, "ShowProgress"},
		{`strings.Spl`, "Split SplitAfter SplitAfterN SplitAfterSeq SplitN SplitSeq"},
		{`strin`, "string strings"},
	} {
		var got []string
		for _, m := range e.Complete(test.code, len(test.code)).Matches {
			got = append(got, m.Text)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("Complete(%q) = %q, want %q", test.code, got, test.want)
		}
	}
}
