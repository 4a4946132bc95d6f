package ptree_test

import (
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// reused is a log in which two processes had the id 10.
var reused = dataframe.FromMaps([]map[string]any{
	{"when": "2024-03-12T02:00:00Z", "image": "cmd.exe", "id": 10, "parent": 4, "by": "explorer.exe", "key": "k1", "parentkey": "k0"},
	{"when": "2024-03-12T03:00:00Z", "image": "cmd.exe", "id": 10, "parent": 4, "by": "explorer.exe", "key": "k2", "parentkey": "k0"},
	{"when": "2024-03-12T03:00:05Z", "image": "whoami.exe", "id": 20, "parent": 10, "by": "cmd.exe", "key": "k3", "parentkey": "k1"},
})

var byID = ptree.Schema{ProcessName: "image", ProcessID: "id", ParentID: "parent", TimeStamp: "when", ParentName: "by"}

func ExampleExplain() {
	tree, err := ptree.BuildProcessTree(reused, ptree.Options{Schema: byID})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(ptree.Explain(tree.Where(dataframe.Eq("image", "whoami.exe")).At(0)))
	// Output:
	// process    whoami.exe (PID 20, 2024-03-12 03:00:05.000)
	// parent     cmd.exe (PID 10, 2024-03-12 03:00:00.000)
	// because    the last process with the id and image that the row names, before its time; but the id had been an earlier process's, too (id, image and time, confidence 0.94, sure)
	// not        cmd.exe (PID 10, 2024-03-12 02:00:00.000)
	//            a later process had the id
}

func ExampleScore() {
	identified := byID
	identified.ProcessGUID, identified.ParentGUID = "key", "parentkey"
	card, err := ptree.Score(reused, ptree.ScoreOptions{Schema: identified})
	if err != nil {
		fmt.Println(err)
		return
	}
	// the keys tell what ids cannot: the first cmd started whoami, not the second
	fmt.Println(card.Total.Right, "of", card.Total.Made, "links by id are right:", card.Total.Precision())
	// Output: 0 of 1 links by id are right: 0.0000 (0.0000 to 0.7935)
}
