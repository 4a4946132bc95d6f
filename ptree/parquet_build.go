package ptree

import (
	"context"
	"fmt"
)

// BuildParquet builds the trees of logs that are too large for memory, and writes them as one
// Parquet file, which [OpenParquetTree], DuckDB and Polars read. The inputs are Parquet files,
// folders of them (the key=value folders of Hive-style tables become columns) and globs, where **
// is any folders; they need not be sorted. The output appears under its name only when it is
// complete. The schema is inferred from the files' columns, and only the columns that play a
// role in it and those of Columns are read.
func BuildParquet(ctx context.Context, inputs []string, output string, options ...ParquetOptions) (ParquetSummary, error) {
	o := only("BuildParquet", options).complete()
	var sum ParquetSummary
	s, err := openSource(inputs)
	if err != nil {
		return sum, err
	}
	l, err := s.layout(o)
	if err != nil {
		return sum, err
	}
	sum.Rows = s.rows()
	sum.addSchema(l.found)
	err = replaceFile(output, func(out *partialFile) error {
		return s.write(ctx, l, o, &sum, out)
	})
	if err != nil {
		return sum, err
	}
	return sum, nil
}

// layout fits the schema and tells of files that lack what linking needs.
func (s *source) layout(o ParquetOptions) (*layout, error) {
	l, err := newLayout(s.schema, s.empty, o)
	if err != nil {
		return nil, err
	}
	needed := append(l.schema.required(), l.schema.linking()...)
	for _, f := range s.files {
		for _, r := range needed {
			_, hive := f.hive[r.column]
			if r.column != "" && !hive && len(f.schema.FieldIndices(r.column)) == 0 {
				return nil, fmt.Errorf("%s has no column %s (%s), which other files have", f.path, r.column, r.meaning)
			}
		}
	}
	return l, nil
}

func (s *source) write(ctx context.Context, l *layout, o ParquetOptions, sum *ParquetSummary, out *partialFile) error {
	var blocks []*block
	if err := s.scan(ctx, l, o.Workers, func(b *block) error {
		blocks = append(blocks, b)
		return nil
	}); err != nil {
		return err
	}
	to := l.grouping(o.Workers, out.groups)
	err := l.buildHosts(ctx, l.gather(blocks), o.Workers, sum, to)
	if err = firstOf(to.end(), err); err != nil {
		return err
	}
	if sum.Processes == 0 {
		return l.errNoProcess(sum.Rows)
	}
	return out.groups.end()
}
