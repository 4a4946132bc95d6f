"""Cells of the tutorial as GoNB compiles them, with what each must show.

Every cell is a program of its own: declarations live on, variables do not. GoNB shows what
is handed to gonbui, by the methods that our figures, frames and trees have anyway.
"""
import os

HERE = os.path.join(os.environ["COMPAT_WORK"], "gonb")

CELLS = [
    ("module", f"""
!*go mod edit -require=github.com/gophertrees/gopherwood@v0.0.0 -replace=github.com/gophertrees/gopherwood={os.environ["COMPAT_CHECKOUT"]}
!*go mod edit -require=github.com/janpfeifer/gonb@v0.11.4
!*cp {HERE}/go.sum . && go list -m github.com/gophertrees/gopherwood
""", {"stream": ["github.com/gophertrees/gopherwood v0.0.0 => "]}),
    ("declarations", """
import (
	"fmt"
	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/logs"
	"github.com/gophertrees/gopherwood/plotting"
	"github.com/gophertrees/gopherwood/ptree"
	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// show shows a figure in all its representations, and waits until GoNB has them.
func show(figure interface{ SimpleRender() map[string]any }) {
	data := map[protocol.MIMEType]any{}
	for kind, value := range figure.SimpleRender() {
		data[protocol.MIMEType(kind)] = value
	}
	gonbui.SendData(&protocol.DisplayData{Data: data})
	gonbui.Sync()
}

func table(value interface{ HTML() string }) {
	gonbui.DisplayHTML(value.HTML())
	gonbui.Sync()
}

func winLog() dataframe.DataFrame { return must(logs.Open("samples/data/win_proc_test.parquet")) }

func winTree() ptree.Tree { return must(ptree.BuildProcessTree(winLog())) }

func suspect(tree ptree.Tree) ptree.Process {
	return tree.Where(dataframe.Contains("CommandLine", "-enc")).At(0)
}
""", {}),
    ("frame as table", "%%\ntable(winLog().Head())",
     {"html": ['class="dataframe"', "<th>NewProcessName</th>", "5 rows"]}),
    ("frame as text", "%%\nfmt.Println(winLog().Head())", {"stream": ["TenantId", "5 rows"]}),
    ("no such log", '%%\nmust(logs.Open("nowhere.parquet"))',
     {"stream": ["no file nowhere.parquet"], "error": ["exit status"]}),
    ("build", "%%\nmust(ptree.BuildProcessTree(winLog(), ptree.Options{ShowProgress: true, ShowSummary: true}))",
     {"stream": ["{'Processes': 1010, 'RootProcesses': 10,"]}),
    ("tree as table", "%%\ntable(winTree())", {"html": ['class="dataframe"', "proc_key", "1010 rows"]}),
    ("process", "%%\ntable(suspect(winTree()))", {"html": ["powershell.exe -nop"]}),
    ("tree as text", "%%\ntree := winTree()\nfmt.Println(ptree.TreeToText(ptree.GetDescendents(tree, suspect(tree))))",
     {"stream": ["+--  Process: ", "powershell.exe", "PID: 0x1e8"]}),
    ("figure", """
%%
tree := winTree()
show(plotting.PlotProcessTree(ptree.GetDescendents(tree, suspect(tree)), plotting.Options{LegendCol: "SubjectUserName"}))
""", {"png": True, "html_png": True, "text": ["ProcessTree of 13 processes"]}),
    ("figure by its HTML alone", "%%\ntable(plotting.PlotProcessTree(winTree()))", {"html_png": True}),
    ("figure with table", """
%%
show(plotting.PlotProcessTree(winTree(), plotting.Options{LegendCol: "SubjectUserName", ShowTable: true}))
""", {"png": True, "html_png": True, "html": ["<table"], "text": ["ProcessTree of 1,010 processes"]}),
    ("graph", "%%\ntree := winTree()\nshow(plotting.PlotGraph(ptree.GetRootTree(tree, suspect(tree)), plotting.GraphOptions{}))",
     {"png": True, "html_png": True, "text": ["ProcessGraph of 43 processes"]}),
    ("hostile text", """
%%
table(dataframe.FromMaps([]map[string]any{{"name": "<script>alert(1)</script>"}}))
""", {"html": ["&lt;script&gt;alert(1)"], "no_html": ["<script"]}),
]
