package pages

import (
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/metadata"
)

// pageBytes is where a page of plain texts ends. Other pages hold all rows of a chunk: they are
// small.
const pageBytes = 1 << 20

// Texts encodes texts: words by the codes of the rows that have one. Each word is there once, occurs,
// and is UTF-8. They make the dictionary in their order, unless it would save nothing.
func (e *Encoder) Texts(rows Rows, codes []int32, words []string) (*Chunk, error) {
	if !worthCoding(words, rows.Count) {
		return e.plainTexts(rows, codes, words)
	}
	var least, most string
	e.body = e.body[:0]
	for i, w := range words {
		if e.body = appendText(e.body, w); i == 0 {
			least, most = w, w
		}
		least, most = min(least, w), max(most, w) // here, while the text is in the processor's cache
	}
	c := e.begin(rows, parquet.Encodings.RLEDict, metadata.EncodedStatistics{})
	bound(&c.Statistics, least, most)
	c.coded = true
	if err := e.write(c, header{dictionary: true, values: len(words), encoding: parquet.Encodings.Plain}); err != nil {
		return c, err
	}
	c.data = len(e.Data)
	// the section "Dictionary Encoding": one byte tells the width, and no length stands before it
	e.body = append(e.levels(rows), byte(widthOf(len(words))))
	e.body = appendHybrid(e.body, codes, widthOf(len(words)))
	return c, e.page(c, rows.Count)
}

// worthCoding tells whether a dictionary is smaller than the texts themselves, and fits in a page.
func worthCoding(words []string, rows int) bool {
	size := 0
	for _, w := range words {
		size += len(w)
	}
	return WorthCoding(len(words), size, rows)
}

// WorthCoding tells whether so many words, whose texts have so many bytes, are written as a dictionary
// of so many rows. It is false for all larger numbers of words and bytes, too, once it is, but for no words.
func WorthCoding(words, bytes, rows int) bool {
	return words > 0 && words <= rows/2+1 && bytes < pageBytes
}

// plainTexts writes each text where it stands, in as many pages as they need.
func (e *Encoder) plainTexts(rows Rows, codes []int32, words []string) (*Chunk, error) {
	c := e.begin(rows, parquet.Encodings.Plain, metadata.EncodedStatistics{})
	var least, most string
	if len(codes) > 0 {
		least, most = words[codes[0]], words[codes[0]]
	}
	for from := 0; from < rows.Count || c.pages == 0; {
		page := rows.page(from, codes, words)
		e.levels(page)
		n := page.present()
		for _, code := range codes[:n] {
			w := words[code]
			e.body = appendText(e.body, w)
			least, most = min(least, w), max(most, w) // here, while the text is in the processor's cache
		}
		if err := e.page(c, page.Count); err != nil {
			return c, err
		}
		codes, from = codes[n:], from+page.Count
	}
	if len(words) > 0 {
		bound(&c.Statistics, least, most)
	}
	return c, nil
}

// page is the rows from one on whose texts fill a page.
func (r Rows) page(from int, codes []int32, words []string) Rows {
	size, row := 0, from
	for ; row < r.Count && size < pageBytes; row++ {
		if r.Levels == nil || r.Levels[row] == 1 {
			size += len(words[codes[0]])
			codes = codes[1:]
		}
	}
	out := Rows{Count: row - from, Required: r.Required}
	if r.Levels != nil {
		out.Levels = r.Levels[from:row]
	}
	return out
}

// present is how many rows have a value.
func (r Rows) present() int {
	if r.Levels == nil {
		return r.Count
	}
	n := 0
	for _, level := range r.Levels {
		n += int(level)
	}
	return n
}
