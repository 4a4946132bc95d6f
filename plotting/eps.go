package plotting

import (
	"bytes"
	"io"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgeps"
)

// writeEPS writes one page for programs that take nothing newer. Letters are shapes, because
// PostScript's own fonts end with Latin: text cannot be selected, and looks the same everywhere.
func (f *Figure) writeEPS(w io.Writer) error {
	s, err := f.single(f.rows(mostRowsPNG))
	if err != nil {
		return err
	}
	if err := tooLong(s); err != nil {
		return err
	}
	canvas := vgeps.NewTitle(vg.Length(s.width*pointsPerPixel), vg.Length(s.height*pointsPerPixel), "Process tree")
	b := brush{Canvas: canvas, bottom: s.height, shapes: true}
	b.SetColor(s.background)
	b.Fill(b.rectangle(box{w: s.width, h: s.height}))
	for _, m := range s.marks {
		b.paint(m)
	}
	var out bytes.Buffer
	if _, err := canvas.WriteTo(&out); err != nil {
		return err
	}
	file := bytes.TrimPrefix(undated(out.Bytes()), []byte("%")) // gonum writes one % too many in the first line
	if !bytes.HasPrefix(file, []byte("%!")) {
		file = append([]byte("%"), file...)
	}
	_, err = w.Write(file)
	return err
}

// undated takes the line with the time of writing out, so that equal figures are equal files.
func undated(file []byte) []byte {
	from := bytes.Index(file, []byte("%%CreationDate:"))
	if from < 0 {
		return file
	}
	length := bytes.IndexByte(file[from:], '\n') + 1
	return append(file[:from:from], file[from+length:]...)
}
