package plotting

import (
	"bytes"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

func TestBoxesLead(t *testing.T) {
	tree := treeOf(t, office)
	f := PlotProcessTree(tree, Options{Link: func(p ptree.Process) string {
		if p.Inferred() {
			return ""
		}
		return `https://siem.example/event?id="` + p.PID + `"&x=<y>`
	}})
	svg := written(t, f, "svg")
	checkXML(t, svg)
	if got := bytes.Count(svg, []byte(`<a href="https://siem.example/event?id=&#34;0x`)); got != len(office) {
		t.Errorf("%d boxes of the SVG lead somewhere, want %d", got, len(office))
	}
	if got := bytes.Count(written(t, f, "pdf"), []byte("/URI (https://siem.example/event")); got != len(office) {
		t.Errorf("%d boxes of the PDF lead somewhere, want %d", got, len(office))
	}
}

func TestScriptsAreNoLinks(t *testing.T) {
	for _, bad := range []string{"javascript:alert(1)", "data:text/html,x", "//x", "file:///etc/passwd", " https://x"} {
		func() {
			defer func() {
				if e, ok := recover().(*dataframe.UsageError); !ok || !strings.Contains(e.Error(), "https://") {
					t.Errorf("a link to %q gives %v, want a *dataframe.UsageError", bad, e)
				}
			}()
			_ = PlotProcessTree(treeOf(t, office), Options{Link: func(ptree.Process) string { return bad }}).Write(&bytes.Buffer{}, "svg")
		}()
	}
}
