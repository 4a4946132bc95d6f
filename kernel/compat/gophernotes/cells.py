"""Cells of the tutorial as gophernotes runs them, with what each must show."""

CELLS = [
    ("import", """
import (
	"fmt"
	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/logs"
	"github.com/gophertrees/gopherwood/plotting"
	"github.com/gophertrees/gopherwood/ptree"
)
""", {}),
    ("open a log", 'df, err := logs.Open("samples/data/win_proc_test.parquet")\nfmt.Println(df.Nrow(), err)',
     {"stream": ["1000 <nil>"]}),
    ("frame as table", "df.Head()",
     {"html": ['class="dataframe"', "<th>NewProcessName</th>", "C:\\", "5 rows"]}),
    ("frame as text", "fmt.Println(df.Head())", {"stream": ["TenantId", "5 rows"]}),
    ("frame and error of one call", 'logs.Open("samples/data/win_proc_test.parquet")',
     {"html": ['class="dataframe"', "rows"]}),
    ("no such log", 'logs.Open("nowhere.parquet")', {"text": ["no file nowhere.parquet"]}),
    ("column", 'df.Col("CommandLine")', {"html": ['class="dataframe"', "wmiprvse.exe"]}),
    ("no such column", 'df.Col("Nowhere")', {"error": ['no column "Nowhere"', '"NewProcessName"']}),
    ("formats", "logs.Formats()", {"html": ["<table", "parquet"]}),
    ("build", "tree, err := ptree.BuildProcessTree(df, ptree.Options{ShowProgress: true, ShowSummary: true})",
     {"stream": ["{'Processes': 1010, 'RootProcesses': 10,"]}),
    ("summary", "ptree.GetSummaryInfo(tree)", {"text": ["'LargestTreeDepth': 7}"]}),
    ("tree as table", "tree", {"html": ['class="dataframe"', "proc_key", "1010 rows"]}),
    ("process", 'suspect := tree.Where(dataframe.Contains("CommandLine", "-enc")).At(0)\nsuspect',
     {"html": ["powershell.exe -nop"]}),
    ("ancestors", "ptree.GetAncestors(tree, suspect)", {"html": ['class="dataframe"', "proc_key"]}),
    ("tree as text", "ptree.TreeToText(ptree.GetDescendents(tree, suspect))",
     {"text": ["+--  Process: ", "powershell.exe", "PID: 0x1e8"]}),
    ("figure", """
plotting.PlotProcessTree(ptree.GetDescendents(tree, suspect), plotting.Options{LegendCol: "SubjectUserName"})
""", {"png": True, "html_png": True, "html": ["<img "], "text": ["ProcessTree of 13 processes"]}),
    ("figure with table", """
plotting.PlotProcessTree(tree, plotting.Options{LegendCol: "SubjectUserName", ShowTable: true})
""", {"png": True, "html_png": True, "html": ["<table"], "text": ["ProcessTree of 1,010 processes"]}),
    ("figure in one call", "plotting.BuildAndShowProcessTree(df)",
     {"png": True, "html_png": True, "text": ["ProcessTree of 1,010 processes"]}),
    ("graph", "plotting.PlotGraph(ptree.GetRootTree(tree, suspect), plotting.GraphOptions{})",
     {"png": True, "html_png": True, "text": ["ProcessGraph of 43 processes"]}),
    ("figure by Display", "Display(display.Auto(plotting.PlotProcessTree(ptree.GetDescendents(tree, suspect))))",
     {"png": True, "html_png": True, "text": ["ProcessTree of 13 processes"]}),
    ("no such legend", 'plotting.PlotProcessTree(tree, plotting.Options{LegendCol: "Nowhere"})',
     {"error": ['no column "Nowhere"']}),
    ("hostile text", """
evil := dataframe.FromMaps([]map[string]interface{}{{"name": "<script>alert(1)</script>"}})
evil
""", {"html": ["&lt;script&gt;alert(1)"], "no_html": ["<script"]}),
    ("after mistakes", "tree.Len()", {"text": ["1010"]}),
]
