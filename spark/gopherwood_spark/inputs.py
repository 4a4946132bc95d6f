"""The log: which Parquet files there are, in which order their rows count, what they hold."""

import os
import posixpath
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from .columns import plain, spark_type
from .errors import InputError

_FOOTERS_AT_ONCE = 16
_HIVE_NULL = "__HIVE_DEFAULT_PARTITION__"


@dataclass
class File:
    """One file of the log. first is the row of the whole log that its first row is."""

    uri: str
    rows: int = 0
    first: int = 0
    schema: pa.Schema = None
    physical: dict = field(default_factory=dict)  # Parquet's type by column
    keys: dict = field(default_factory=dict)  # column by key=value folder


@dataclass
class Log:
    """All files, in the order of their names, as one table."""

    files: list
    schema: pa.Schema  # of all files, folders' keys included
    physical: dict

    @property
    def rows(self):
        return sum(f.rows for f in self.files)

    def spark_fields(self, names):
        """Spark's type of each of these columns, by name."""
        for f in self.files:
            for n in names:
                if n in self.physical and n in f.keys and n not in f.schema.names:
                    raise InputError(f"the column {n!r} is in a folder's name for {f.uri} and in the file itself for others")
        return {n: spark_type(n, self.schema.field(n).type, self.physical.get(n)) for n in names}

    def in_folders(self, names):
        """Whether one of these columns is in no file but in the folders' names."""
        return any(n not in self.physical for n in names)


def located(path):
    """A file system and the path in it, for a local path or a URI such as s3://bucket/folder."""
    if "://" not in path and not path.startswith("file:"):
        return fs.LocalFileSystem(), os.path.abspath(path)
    return fs.FileSystem.from_uri(path)


def uri_of(path, name):
    """The URI of a file that was found under a path, by its name in the path's file system."""
    parts = urlsplit(path) if "://" in path else None
    if parts is None or parts.scheme == "file":
        return "file://" + name
    if parts.scheme in ("hdfs", "viewfs"):
        return f"{parts.scheme}://{parts.netloc}{name}"
    return f"{parts.scheme}://{name}"


def read_log(paths):
    """Lists the files and reads their footers."""
    files = {}
    for path in paths:
        for name in _files(path):
            files[name] = path
    if not files:
        raise InputError("no input is given")
    ordered = sorted(files)
    with ThreadPoolExecutor(_FOOTERS_AT_ONCE) as pool:
        found = list(pool.map(lambda name: _footer(files[name], name), ordered))
    first = 0
    for f in found:
        f.first, first = first, first + f.rows
    return _together(found)


def _files(path):
    """Parquet files by the same rules as the gopherwood command's: a file as it is, of a folder those
    whose names end so; names that begin with a dot or an underscore are what engines keep there."""
    system, name = located(path)
    info = system.get_file_info(name)
    if info.type == fs.FileType.NotFound:
        raise InputError(f"the input {path} cannot be read: there is no such file or folder")
    if info.type == fs.FileType.File:
        return [name]
    below = []
    for one in system.get_file_info(fs.FileSelector(name, recursive=True)):
        parts = one.path[len(name.rstrip("/")) + 1 :].split("/")
        hidden = any(p.startswith((".", "_")) for p in parts)
        if one.type == fs.FileType.File and not hidden and parts[-1].lower().endswith((".parquet", ".pq")):
            below.append(one.path)
    if not below:
        raise InputError(f"the folder {path} holds no Parquet file")
    return below


def _footer(path, name):
    system, _ = located(path)
    try:
        with system.open_input_file(name) as f:
            footer = pq.read_metadata(f)
        schema = footer.schema.to_arrow_schema()
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{name} cannot be read as Parquet: {error}") from None
    leaves = (footer.schema.column(i) for i in range(footer.num_columns))
    physical = {leaf.path: leaf.physical_type for leaf in leaves}
    return File(uri_of(path, name), footer.num_rows, 0, schema, physical, _keys(name))


def _keys(name):
    """What the folders' names say, as Hive lays tables out."""
    keys = {}
    for part in posixpath.dirname(name).split("/"):
        key, equals, value = part.partition("=")
        if equals and key and value != _HIVE_NULL:
            keys[key] = unquote(value)
    return keys


def _together(files):
    """One schema for all files. A column may be missing in some, but has one type."""
    kinds, where, physical = {}, {}, {}
    for f in files:
        if len(set(f.schema.names)) < len(f.schema.names):
            raise InputError(f"{f.uri} has two columns of one name")
        for column in f.schema:
            kind, stored = plain(column.type), f.physical.get(column.name)
            before = kinds.setdefault(column.name, kind)
            where.setdefault(column.name, f.uri)
            if before != kind or physical.setdefault(column.name, stored) != stored:
                raise InputError(
                    f"the column {column.name!r} holds {before} ({physical[column.name]}) in {where[column.name]} "
                    f"and {kind} ({stored}) in {f.uri}: convert one of them"
                )
        for key in sorted(f.keys):
            kinds.setdefault(key, pa.string())
    return Log(files, pa.schema(list(kinds.items())), physical)
