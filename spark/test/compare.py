"""Says whether a job's output is the single machine's: compare.py SINGLE.parquet FOLDER.

The files of the folder, one after another in the order of their names, must be the rows of the
single file in their order: nothing is sorted here, so that order is compared, too.
"""

import hashlib
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

TREE = ["position", "parent", "size", "depth", "inferred", "link", "source_row"]


def decoded(table):
    """The table without dictionaries, which are a choice of the writer, in one chunk a column."""
    plain = pa.schema([pa.field(f.name, getattr(f.type, "value_type", f.type)) for f in table.schema])
    return table.cast(plain).combine_chunks()


def read(path):
    files = sorted(Path(path).glob("part-*.parquet")) if Path(path).is_dir() else [path]
    return decoded(pa.concat_tables([pq.read_table(f) for f in files], promote_options="none"))


def digest(table):
    """SHA-256 of the tree's columns: a column's nulls, a byte each, then its values, null ones as zero."""
    sum = hashlib.sha256()
    for name in TREE:
        column = table.column(name).combine_chunks()
        column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
        sum.update(name.encode())
        sum.update(column.is_null().cast(pa.uint8()).to_numpy(zero_copy_only=False).tobytes())
        if pa.types.is_string(column.type):
            sum.update("\n".join(column.to_pylist()).encode())
        else:
            zero = pa.scalar(False if pa.types.is_boolean(column.type) else 0, column.type)
            sum.update(column.fill_null(zero).to_numpy(zero_copy_only=False).tobytes())
    return sum.hexdigest()


def difference(single, many):
    """What tells two tables apart, None for nothing."""
    if single.schema != many.schema:
        return f"the columns differ:\n{single.schema}\n---\n{many.schema}"
    if single.num_rows != many.num_rows:
        return f"{single.num_rows} rows against {many.num_rows}"
    differing = [n for n in single.column_names if not single.column(n).equals(many.column(n))]
    if differing:
        return f"these columns differ: {', '.join(differing)}"
    if digest(single) != digest(many):
        return "the tree's columns have other bytes"
    return None


def main():
    single, many = read(sys.argv[1]), read(sys.argv[2])
    wrong = difference(single, many)
    if wrong:
        sys.exit(f"{sys.argv[2]} is not {sys.argv[1]}: {wrong}")
    print(f"equal: {single.num_rows} rows, {single.num_columns} columns, tree's columns SHA-256 {digest(single)}")


if __name__ == "__main__":
    main()
