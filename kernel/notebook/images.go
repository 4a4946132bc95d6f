package notebook

import (
	"encoding/base64"
	"strings"
)

// Image is a picture among the outputs of a notebook.
type Image struct {
	// Cell is the place of its cell in Notebook.Cells, from 0.
	Cell int
	// Output is its place among the cell's outputs, from 0.
	Output int
	// PNG is the picture file.
	PNG []byte
}

// Images are the PNG pictures that the notebook's cells have shown, in order. Outputs whose
// picture is not valid base64 are passed over.
func Images(nb *Notebook) []Image {
	var images []Image
	for i, cell := range nb.Cells {
		for j, output := range cell.Outputs {
			encoded := textOf(mapOf(output["data"])["image/png"])
			if encoded == "" {
				continue
			}
			// Older kernels broke the text into lines.
			data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(encoded), ""))
			if err == nil {
				images = append(images, Image{Cell: i, Output: j, PNG: data})
			}
		}
	}
	return images
}
