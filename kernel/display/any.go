package display

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"

	"github.com/gophertrees/gopherwood/kernel"
)

// Any makes bytes and text of the given MIME type; "" recognises the type of bytes. It takes
// string, []byte, io.Reader and io.WriterTo. A value that shows itself, and any other, keeps
// the forms that kernel.Render finds. What cannot be read panics with a message of one line.
func Any(mimeType string, data any) Data {
	if r := kernel.Render(data); len(r.Data) > 1 {
		return r
	}
	switch data := data.(type) {
	case string:
		if mimeType == "" {
			mimeType = MIMETypeText
		}
		return MakeData(mimeType, data)
	case []byte:
		return bytesOf(mimeType, data)
	case io.Reader:
		content, err := io.ReadAll(data)
		return bytesOf(mimeType, must(content, err))
	case io.WriterTo:
		var buffer bytes.Buffer
		_, err := data.WriteTo(&buffer)
		return bytesOf(mimeType, must(buffer.Bytes(), err))
	}
	return kernel.Render(data)
}

// Auto is Any with the type recognised.
func Auto(data any) Data { return Any("", data) }

// File is the content of a file; mimeType "" recognises it. It panics with a message of one
// line when the file cannot be read.
func File(mimeType string, path string) Data {
	content, err := os.ReadFile(path)
	return bytesOf(mimeType, must(content, err))
}

func bytesOf(mimeType string, content []byte) Data {
	if mimeType == "" {
		mimeType, _, _ = mime.ParseMediaType(http.DetectContentType(content))
	}
	if mimeType == MIMETypeText {
		return MakeData(mimeType, string(content))
	}
	return MakeData3(mimeType, fmt.Sprintf("%s, %d bytes", mimeType, len(content)), content)
}

// mistake is the cell's own: the kernel prints it without a stack. See kernel.Mistake.
type mistake struct{ error }

// Mistake implements kernel.Mistake.
func (mistake) Mistake() {}

// Unwrap is the reason.
func (m mistake) Unwrap() error { return m.error }

func must(content []byte, err error) []byte {
	if err != nil {
		panic(mistake{fmt.Errorf("display: %w", err)})
	}
	return content
}
