package viewer_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/gophertrees/gopherwood/plotting/viewer"
)

func pageOf(t *testing.T, d *viewer.Data, v viewer.View) string {
	var page strings.Builder
	if err := viewer.WritePage(&page, d, v); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// element is one of a page, as a browser's parser sees it.
type element struct {
	name, text string
	attributes map[string]string
}

func elementsOf(t *testing.T, page string) (out []element) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		e := element{name: n.Data, attributes: map[string]string{}}
		for _, a := range n.Attr {
			e.attributes[a.Key] = a.Val
		}
		for c := range n.ChildNodes() {
			e.text += c.Data
		}
		out = append(out, e)
	}
	return out
}

// only what the page is made of may be in it, whatever the tree's texts are
func TestPageHasNoElementOfTheLog(t *testing.T) {
	plain := small()
	count := func(d *viewer.Data) map[string]int {
		n := map[string]int{}
		for _, e := range elementsOf(t, pageOf(t, d, viewer.View{ColorBy: `</script><script>alert(1)</script>`, Source: "\u2028<!--"})) {
			if e.name == "script" && e.attributes["type"] == "application/gzip" {
				continue
			}
			n[e.name]++
			for a := range e.attributes {
				if strings.HasPrefix(a, "on") {
					t.Errorf("%s has an attribute %s", e.name, a)
				}
			}
		}
		return n
	}
	want := count(plain)
	for name, got := range count(hostile()) {
		if got != want[name] {
			t.Errorf("the page of hostile texts has %d elements %s, want %d", got, name, want[name])
		}
	}
	if want["script"] != 2 {
		t.Errorf("a page has %d scripts beside the parts, want 2", want["script"])
	}
}

func TestPagePolicyKnowsScriptAndStyle(t *testing.T) {
	var policy string
	for _, e := range elementsOf(t, pageOf(t, hostile(), viewer.View{})) {
		switch {
		case e.attributes["http-equiv"] == "Content-Security-Policy":
			policy = e.attributes["content"]
			if !strings.HasPrefix(policy, "default-src 'none'; ") || strings.Contains(policy, "unsafe") {
				t.Errorf("the policy is %s", policy)
			}
		case e.name == "style", e.name == "script" && e.attributes["type"] == "module":
			sum := sha256.Sum256([]byte(e.text))
			if hash := base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(policy, "'sha256-"+hash+"'") {
				t.Errorf("the policy %s does not allow the page's own %s, sha256-%s", policy, e.name, hash)
			}
		}
	}
	if policy == "" {
		t.Errorf("the page has no policy, or has it after its script")
	}
}

// nothing in the module or the page may name a place to fetch from, or read text as code
func TestModuleReadsNoTextAsCode(t *testing.T) {
	for _, pattern := range []string{`\beval\(`, `new Function\b`, `\.innerHTML`, `insertAdjacentHTML`, `document\.write`, `\bfetch\(`, `XMLHttpRequest`, `WebSocket`, `setTimeout\("`} {
		if at := regexp.MustCompile(pattern).FindStringIndex(viewer.Module); at != nil {
			t.Errorf("the module has %s: …%s…", pattern, viewer.Module[max(0, at[0]-40):min(len(viewer.Module), at[1]+40)])
		}
	}
	if strings.Contains(strings.ToLower(viewer.Module), "</script") || strings.Contains(viewer.Module, "<!--") {
		t.Errorf("the module would end or hide the script it is in")
	}
	if n := len(viewer.Module); n < 20_000 || n > 150_000 {
		t.Errorf("the module has %d bytes, want less than 150,000 and more than a stub", n)
	}
}

// the parts of a page, put together, are what Encode gives
func TestPagePartsAreTheTree(t *testing.T) {
	d := synthetic(30000, 12)
	var head, columns []byte
	byColumn := map[string][]byte{}
	for _, e := range elementsOf(t, pageOf(t, d, viewer.View{})) {
		if e.attributes["type"] != "application/gzip" {
			continue
		}
		packed, err := base64.StdEncoding.DecodeString(e.text)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		byColumn[e.attributes["data-column"]] = append(byColumn[e.attributes["data-column"]], part...)
	}
	head = byColumn["-1"]
	for _, column := range []string{"0", "1", "2", "3", "4", "5", "6"} {
		columns = append(columns, byColumn[column]...)
	}
	whole := d.Encode()
	if !bytes.HasSuffix(whole, columns) || len(columns) == 0 {
		t.Errorf("the parts have %d bytes of columns that are not those of Encode", len(columns))
	}
	if len(head)+len(columns) > len(whole)+64 || len(head)+len(columns) < len(whole)-64 {
		t.Errorf("head and columns have %d bytes, Encode %d", len(head)+len(columns), len(whole))
	}
}

func TestPageIsTheSameEachTime(t *testing.T) {
	first, second := pageOf(t, hostile(), viewer.View{}), pageOf(t, hostile(), viewer.View{})
	if first != second {
		t.Errorf("WritePage of one tree gives two different pages")
	}
}

func TestFrame(t *testing.T) {
	d := hostile()
	v := viewer.View{Height: 300}
	got := elementsOf(t, viewer.Frame(d, v, viewer.FrameOptions{Mount: `"><script>alert(1)</script>`, Fallback: "<em>picture</em>"}))
	n := map[string]int{}
	for _, e := range got {
		n[e.name]++
		if e.name != "iframe" {
			continue
		}
		if want := "allow-scripts allow-downloads allow-popups"; e.attributes["sandbox"] != want {
			t.Errorf("the frame's sandbox = %q, want %q", e.attributes["sandbox"], want)
		}
		if e.attributes["data-page"] != html.UnescapeString(html.EscapeString(strings.ReplaceAll(pageOf(t, d, v), "\r\n", "\n"))) {
			t.Errorf("the frame's page is not the page")
		}
	}
	if n["iframe"] != 1 || n["script"] != 1 || n["em"] != 1 || n["img"] != 0 {
		t.Errorf("the frame has elements %v, want one iframe, one script and the fallback", n)
	}
}
