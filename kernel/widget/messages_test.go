package widget

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gophertrees/gopherwood/kernel"
)

var rewrite = flag.Bool("update", false, "write the golden files anew")

const treeModule = `export default { render({ model, el }) {
  const list = document.createElement("ul");
  list.className = "tree";
  const draw = () => list.replaceChildren(...model.get("nodes").map((node) => {
    const item = document.createElement("li");
    item.textContent = node.name;
    item.style.fontWeight = model.get("selected").includes(node.id) ? "bold" : "normal";
    item.onclick = () => { model.set("selected", [node.id]); model.save_changes(); };
    return item;
  }));
  model.on("change:selected", draw);
  model.on("msg:custom", (message, buffers) => {
    el.dataset.custom = JSON.stringify(message) + " " + new Uint8Array(buffers[0].buffer, buffers[0].byteOffset, buffers[0].byteLength);
  });
  const button = document.createElement("button");
  button.className = "expand";
  button.onclick = () => model.send({ type: "expand", id: 7 }, undefined, [new Uint8Array([9, 8, 7]).buffer]);
  el.dataset.blob = model.get("blob").constructor.name + ":" + model.get("blob").byteLength;
  el.append(list, button);
  draw();
} }
`

// messages is a run of widgets as a front end sees it. The file is in the form that a page
// with the widgets' own front-end code can be fed with.
type messages struct {
	Open       []sent         `json:"open"`
	Display    map[string]any `json:"display"`
	Updates    []sent         `json:"updates"`
	AnyOpen    sent           `json:"any_open"`
	AnyUpdates []sent         `json:"any_updates"`
}

func recordMessages(t *testing.T) messages {
	p := openPage(t)
	var m messages
	bar, label := IntProgress("Querying:", 200), Label("0/200")
	box := HBox(bar, label)
	numbered("bar", bar)
	numbered("lab", label)
	numbered("box", box)
	set(t, box, "children", []*Widget{bar, label}) // by their new ids
	set(t, bar, "bar_style", "info")
	m.Display = plain(t, kernel.Render(box).Data).(map[string]any)
	m.Open = p.take()
	set(t, bar, "value", 150)
	set(t, label, "value", "150/200")
	if err := bar.Update(map[string]any{"value": 200, "bar_style": "success"}); err != nil {
		t.Fatal(err)
	}
	m.Updates = p.take()
	blob := make([]byte, 16)
	tree := mustNew(t, Model{Name: "test.Tree", ESM: treeModule, CSS: ".tree li{cursor:pointer}", State: map[string]any{
		"nodes":    []map[string]any{{"id": 1, "name": "explorer.exe"}, {"id": 2, "name": "powershell.exe"}},
		"selected": []int{}, "blob": blob,
	}})
	numbered("tree", tree)
	kernel.Render(tree)
	m.AnyOpen = p.takeOne()
	set(t, tree, "selected", []int{2})
	if err := tree.Send(map[string]any{"type": "children", "ids": []int{3, 4}}, []byte{1, 2, 3}); err != nil {
		t.Fatal(err)
	}
	m.AnyUpdates = p.take()
	return m
}

func TestGoldenMessages(t *testing.T) {
	var got bytes.Buffer
	encoder := json.NewEncoder(&got)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(recordMessages(t)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "messages.json")
	if *rewrite {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}

// TestVerifiedMessages compares with messages that the widgets' own front-end code was seen to
// understand: what differs may only be left out there or free to choose.
func TestVerifiedMessages(t *testing.T) {
	data, err := os.ReadFile("../../../shared/prototypes/widgets/messages.json")
	if err != nil {
		t.Skip("the verified messages are not beside the repository: ", err)
	}
	var want messages
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	got := recordMessages(t)
	open := append(got.Open, got.AnyOpen)
	verified := append(want.Open[2:], want.AnyOpen) // without layout and style, which are optional
	for i := range verified {
		w, g := verified[i], open[i]
		for _, side := range []sent{w, g} {
			state := side.Content["data"].(map[string]any)["state"].(map[string]any)
			for _, free := range []string{"layout", "style", "_esm", "_css", "_anywidget_id"} {
				delete(state, free)
			}
		}
		if diff := cmp.Diff(w.Content, g.Content); diff != "" {
			t.Errorf("comm_open %d (-verified +got):\n%s", i, diff)
		}
		if diff := cmp.Diff(w.Metadata, g.Metadata); diff != "" {
			t.Errorf("metadata of comm_open %d (-verified +got):\n%s", i, diff)
		}
	}
	for i, w := range append(want.Updates, want.AnyUpdates...) {
		if diff := cmp.Diff(w, append(got.Updates, got.AnyUpdates...)[i]); diff != "" {
			t.Errorf("update %d (-verified +got):\n%s", i, diff)
		}
	}
	if diff := cmp.Diff(want.Display[viewType], got.Display[viewType]); diff != "" {
		t.Errorf("view (-verified +got):\n%s", diff)
	}
}
