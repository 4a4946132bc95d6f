package display

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/gophertrees/gopherwood/kernel"
)

var png = []byte("\x89PNG\r\n\x1a\n and so on")

// TestForms renders each function's value as the kernel does.
func TestForms(t *testing.T) {
	file := filepath.Join(t.TempDir(), "picture")
	if err := os.WriteFile(file, png, 0o600); err != nil {
		t.Fatal(err)
	}
	base64 := "iVBORw0KGgogYW5kIHNvIG9u"
	for name, c := range map[string]struct {
		data Data
		want map[string]any
	}{
		"HTML":        {HTML("<b>x</b>"), MIMEMap{"text/html": "<b>x</b>", "text/plain": "<b>x</b>"}},
		"JavaScript":  {JavaScript("1"), MIMEMap{"application/javascript": "1", "text/plain": "1"}},
		"JPEG":        {JPEG(png), MIMEMap{"image/jpeg": base64, "text/plain": "<image/jpeg>"}},
		"Latex":       {Latex("x^2"), MIMEMap{"text/latex": "$x^2$", "text/plain": "x^2"}},
		"Latex $":     {Latex("$x$"), MIMEMap{"text/latex": "$x$", "text/plain": "$x$"}},
		"Markdown":    {Markdown("*x*"), MIMEMap{"text/markdown": "*x*", "text/plain": "*x*"}},
		"Math":        {Math("x"), MIMEMap{"text/latex": "$$x$$", "text/plain": "x"}},
		"PDF":         {PDF(png), MIMEMap{"application/pdf": base64, "text/plain": "<application/pdf>"}},
		"PNG":         {PNG(png), MIMEMap{"image/png": base64, "text/plain": "<image/png>"}},
		"SVG":         {SVG("<svg/>"), MIMEMap{"image/svg+xml": "<svg/>", "text/plain": "<svg/>"}},
		"MIME":        {MIME(MIMEMap{"text/html": "x"}, nil), MIMEMap{"text/html": "x", "text/plain": "<text/html>"}},
		"MakeData":    {MakeData("text/html", "x"), MIMEMap{"text/html": "x", "text/plain": "x"}},
		"MakeData3":   {MakeData3("image/png", "picture", png), MIMEMap{"image/png": base64, "text/plain": "picture"}},
		"Auto []":     {Auto(png), MIMEMap{"image/png": base64, "text/plain": "image/png, 18 bytes"}},
		"Auto text":   {Auto([]byte("abc")), MIMEMap{"text/plain": "abc"}},
		"Auto str":    {Auto("abc"), MIMEMap{"text/plain": "abc"}},
		"Auto HTMLer": {Auto(kernel.HTML("<i>")), MIMEMap{"text/html": "<i>", "text/plain": "<kernel.HTML>"}},
		"Auto other":  {Auto(42), MIMEMap{"text/plain": "42"}},
		"Any reader":  {Any("image/jpeg", strings.NewReader(string(png))), MIMEMap{"image/jpeg": base64, "text/plain": "image/jpeg, 18 bytes"}},
		"Any writer":  {Any("", writerTo{}), MIMEMap{"text/html": "<html>w</html>", "text/plain": "text/html, 14 bytes"}},
		"File":        {File("", file), MIMEMap{"image/png": base64, "text/plain": "image/png, 18 bytes"}},
	} {
		if diff := cmp.Diff(c.want, kernel.Render(c.data).Data); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// writerTo has no Read.
type writerTo struct{}

func (writerTo) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write([]byte("<html>w</html>"))
	return int64(n), err
}

func TestJSONAndImage(t *testing.T) {
	if got := fmt.Sprintf("%s", kernel.Render(JSON(map[string]any{"a": 1})).Data["application/json"]); got != `{"a":1}` {
		t.Errorf("JSON = %s, want an object", got)
	}
	got := kernel.Render(Image(image.NewGray(image.Rect(0, 0, 3, 2))))
	if got.Data["image/png"] == nil || got.Metadata["image/png"] == nil || got.Data["text/plain"] != "*image.Gray, 3 × 2 pixels" {
		t.Errorf("Image = %v, want a PNG with its size", got)
	}
}

func TestUnreadable(t *testing.T) {
	for name, f := range map[string]func() Data{
		"File": func() Data { return File("", filepath.Join(t.TempDir(), "missing")) },
		"Any":  func() Data { return Any("", iotest.ErrReader(errors.New("broken"))) },
	} {
		func() {
			defer func() {
				var m kernel.Mistake
				if err, ok := recover().(error); !ok || !errors.As(err, &m) || bytes.ContainsRune([]byte(m.Error()), '\n') {
					t.Errorf("%s of something unreadable panics with %v, want a kernel.Mistake of one line", name, err)
				}
			}()
			f()
		}()
	}
}
