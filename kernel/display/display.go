// Package display makes values of text and bytes, under the names of gophernotes' package, so
// that its notebooks run here with one import:
//
//	import "github.com/gophertrees/gopherwood/kernel/display"
//
//	display.HTML("<b>bold</b>")                      // as the last expression of a cell
//	display.Display(display.File("image/png", path)) // or anywhere in it
//
// See https://github.com/gopherdata/gophernotes/blob/master/examples/Display.ipynb. Values that
// show themselves need none of this; see kernel.Render.
package display

import (
	"image"
	"strings"

	"github.com/gophertrees/gopherwood/kernel"
)

// Data is a value in several forms, ready to be shown.
type Data = kernel.Data

// MIMEMap holds forms, or metadata, by MIME type.
type MIMEMap = kernel.Bundle

// The MIME types of the functions below.
const (
	MIMETypeHTML       = "text/html"
	MIMETypeJavaScript = "application/javascript"
	MIMETypeJPEG       = "image/jpeg"
	MIMETypeJSON       = "application/json"
	MIMETypeLatex      = "text/latex"
	MIMETypeMarkdown   = "text/markdown"
	MIMETypePNG        = "image/png"
	MIMETypePDF        = "application/pdf"
	MIMETypeSVG        = "image/svg+xml"
	MIMETypeText       = "text/plain"
)

// Display shows a value below the running cell. gophernotes returns an error here; this
// handle can replace what is shown.
func Display(v any) *kernel.Handle { return kernel.Display(v) }

// HTML is shown as a web page's fragment, as it is: escape what comes from data.
func HTML(html string) Data { return MakeData(MIMETypeHTML, html) }

// JavaScript is run by the front end.
func JavaScript(javascript string) Data { return MakeData(MIMETypeJavaScript, javascript) }

// JPEG is the bytes of a picture file.
func JPEG(jpeg []byte) Data { return MakeData(MIMETypeJPEG, jpeg) }

// JSON is shown as a tree that can be unfolded.
func JSON(json map[string]any) Data { return MakeData(MIMETypeJSON, json) }

// Latex is a formula in running text; dollar signs around it are optional.
func Latex(latex string) Data {
	return MakeData3(MIMETypeLatex, latex, "$"+strings.Trim(latex, "$")+"$")
}

// Markdown is shown formatted.
func Markdown(markdown string) Data { return MakeData(MIMETypeMarkdown, markdown) }

// Math is a formula on a line of its own; dollar signs around it are optional.
func Math(latex string) Data {
	return MakeData3(MIMETypeLatex, latex, "$$"+strings.Trim(latex, "$")+"$$")
}

// PDF is the bytes of a document.
func PDF(pdf []byte) Data { return MakeData(MIMETypePDF, pdf) }

// PNG is the bytes of a picture file.
func PNG(png []byte) Data { return MakeData(MIMETypePNG, png) }

// SVG is the text of a picture.
func SVG(svg string) Data { return MakeData(MIMETypeSVG, svg) }

// Image draws a picture as PNG, at its size in pixels.
func Image(picture image.Image) Data {
	data := kernel.Render(picture)
	size := picture.Bounds().Size()
	data.Metadata[MIMETypePNG] = map[string]any{"width": size.X, "height": size.Y}
	return data
}

// MIME is a value of which all forms are known; metadata may be nil.
func MIME(data, metadata MIMEMap) Data { return Data{Data: data, Metadata: metadata} }

// MakeData is a value in one form. Text stands for itself in a console, other forms for their
// type.
func MakeData(mimeType string, data any) Data {
	if text, ok := data.(string); ok {
		return MakeData3(mimeType, text, data)
	}
	return Data{Data: MIMEMap{mimeType: data}}
}

// MakeData3 is a value in one form and as text.
func MakeData3(mimeType string, plaintext string, data any) Data {
	return Data{Data: MIMEMap{MIMETypeText: plaintext, mimeType: data}}
}
