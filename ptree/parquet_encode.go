package ptree

import (
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/apache/arrow-go/v18/parquet/schema"
	"github.com/gophertrees/gopherwood/internal/pages"
)

// groupCoder codes row groups. Several may be coded at once, and have their buffers from those that are done.
type groupCoder struct {
	layout     *layout
	schema     *schema.Schema
	properties *parquet.WriterProperties
	told       string             // the layout's description
	spare      chan *groupBuffers // for row groups to come
}

func (l *layout) coder(workers int) (*groupCoder, error) {
	c := &groupCoder{layout: l, told: l.description(), spare: make(chan *groupBuffers, workers)}
	columns := l.schemaOf()
	c.properties = pages.Properties(integers(columns))
	var err error
	if c.schema, err = pqarrow.ToParquet(columns, c.properties, pqarrow.DefaultWriterProps()); err != nil {
		return nil, fmt.Errorf("the columns of the tree cannot be written as Parquet: %w", err)
	}
	return c, nil
}

// integers are the columns that are written by their differences.
func integers(columns *arrow.Schema) []string {
	var out []string
	for _, f := range columns.Fields() {
		switch f.Type.ID() {
		case arrow.INT32, arrow.INT64, arrow.TIMESTAMP:
			out = append(out, f.Name)
		}
	}
	return out
}

// encode makes a row group of pieces. It is given back by release.
func (c *groupCoder) encode(pieces []piece) (*groupFile, error) {
	footer := metadata.NewFileMetadataBuilder(c.schema, c.properties, metadata.NewKeyValueMetadata())
	g := &groupFile{buffers: c.take()}
	g.buffers.pages.Reset()
	err := footer.AppendKeyValueMetadata(treeMetadataKey, c.told)
	if rows := rowsIn(pieces); err == nil && rows > 0 {
		err = c.columns(footer.AppendRowGroup(), g.buffers, pieces, rows)
	}
	if err == nil {
		g.data = g.buffers.pages.Data
		g.footer, err = footer.Finish()
	}
	if err != nil {
		return nil, fmt.Errorf("the rows of the tree cannot be coded: %w", err)
	}
	return g, nil
}

func (c *groupCoder) take() *groupBuffers {
	select {
	case b := <-c.spare:
		return b
	default:
		return new(groupBuffers)
	}
}

// release lets another row group have a group's memory.
func (c *groupCoder) release(g *groupFile) {
	select {
	case c.spare <- g.buffers:
	default:
	}
	g.buffers, g.data = nil, nil
}

func (c *groupCoder) columns(footer *metadata.RowGroupMetaDataBuilder, b *groupBuffers, pieces []piece, rows int) error {
	var failure error
	add := func(chunk *pages.Chunk, err error) {
		if err == nil {
			err = chunk.Describe(footer.NextColumnChunk(), int64(len(parquetMagic)))
		}
		failure = firstOf(failure, err)
	}
	for i, column := range c.layout.columns {
		add(b.column(column, i, pieces, rows))
	}
	add(b.positions(pieces, rows))
	add(b.parents(pieces, rows))
	add(b.counts(pieces, rows, func(r *hostRows) []int32 { return r.size }))
	add(b.counts(pieces, rows, func(r *hostRows) []int32 { return r.depth }))
	add(b.inferred(pieces, rows))
	add(b.links(pieces, rows))
	add(b.sources(pieces, rows))
	if failure != nil {
		return failure
	}
	footer.SetNumRows(rows)
	return footer.Finish(0, 0)
}

func rowsIn(pieces []piece) int {
	n := 0
	for _, p := range pieces {
		n += p.to - p.from
	}
	return n
}
