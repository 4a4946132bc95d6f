"""The job: a log's rows, whole hosts to a partition, through the command, into files."""

import atexit
import functools
import itertools
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import pyarrow as pa
from pyspark import SparkFiles, TaskContext
from pyspark.sql import functions as F
from pyspark.sql import types as spark

from .columns import restored
from .errors import InputError
from .inputs import read_log
from .layout import SOURCE_ROW, asked
from .parts import RESULT, Folder, result
from .totals import totals
from .worker import Answer, through

_ROWS_OF_PARTITION = 500_000
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(1 << 16),
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",  # 007 is not 7
}


@dataclass
class Options:
    """What a build may be told; the defaults serve a log whose columns say what it is."""

    worker: str = "gopherwood"  # path of the command
    send: bool = True  # the driver's copy goes to every machine; else each has it under this path
    schema: str = ""  # name, or JSON file on the driver; default: inferred from the columns
    columns: list = field(default_factory=list)  # further ones to carry into the output
    partitions: int = 0  # ranges of hosts; default: one for 500,000 rows, and two for each core


def build(session, inputs, output, options=None):
    """Builds the trees of Parquet files and folders into a new folder, and tells what it found."""
    options = options or Options()
    log = read_log(inputs)
    layout = asked(_command(options, options.worker, options.schema), log)
    if SOURCE_ROW in layout.columns:
        raise InputError(f"the log has a column {SOURCE_ROW!r} of its own: rename it")
    folder = Folder.beside(output)
    try:
        done = []
        if log.rows:
            _send(session, options)
            step = _Step(layout, log, options, folder)
            done = _whole_hosts(session, log, layout, options).mapInArrow(step, RESULT).collect()
        done.sort(key=lambda r: r.partition)
        names = [r.file for r in done]
        if not names:
            names = ["empty.parquet"]
            folder.write(names[0], layout.output, [])
        folder.finish(names)
    except BaseException:
        folder.drop()
        raise
    return totals(layout.said, [r.said for r in done])


def _command(options, worker, schema):
    """The worker's command line. One host is built at a time: Spark has a task for every core."""
    command = [worker, "build", "--stream", "--workers", "1"]
    if schema:
        command += ["--schema", schema]
    for column in options.columns:
        command += ["--columns", column]
    return command


def _send(session, options):
    """Gives every machine what a partition needs: this package, the command, the schema."""
    context = session.sparkContext
    context.addPyFile(_packed())
    if options.send:
        context.addFile(options.worker)
    if options.schema.endswith(".json"):
        context.addFile(options.schema)


@functools.cache
def _packed():
    """This package as an archive; one, since Spark refuses a second of the same name."""
    here = os.path.dirname(os.path.abspath(__file__))
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return shutil.make_archive(os.path.join(folder, "gopherwood_spark"), "zip", os.path.dirname(here), os.path.basename(here))


def _rows(session, log, layout):
    """The columns that the build needs, each row with its number in the whole log."""
    for name, value in _SETTINGS.items():
        session.conf.set(name, value)
    kinds = log.spark_fields(layout.columns)
    reader = session.read.schema(spark.StructType([spark.StructField(n, k) for n, k in kinds.items()]))
    reader = reader.option("__globPaths__", "false")  # a file's name may have [ in it
    if log.in_folders(layout.columns):
        reader = reader.option("basePath", _root(log))
    else:
        reader = reader.option("recursiveFileLookup", "true")
    table = reader.parquet(*[f.uri for f in log.files])
    path, index = F.col("_metadata.file_path"), F.col("_metadata.row_index")
    rows = table.select(*[_named(n) for n in layout.columns], path.alias("__path"), index.alias("__index"))
    firsts = session.createDataFrame(_firsts(table, log))
    rows = rows.join(F.broadcast(firsts), "__path", "left")
    return rows.select(*[_named(n) for n in layout.columns], (F.col("__first") + F.col("__index")).alias(SOURCE_ROW))


def _firsts(table, log):
    """Each file's first row, by the file's name in both ways in which Spark writes local ones."""
    by_name = {_bare(f.uri): f.first for f in log.files}
    listed = {name: by_name.get(_bare(unquote(name))) for name in table.inputFiles()}
    if len(listed) != len(by_name) or None in listed.values():
        raise InputError("Spark lists other files than there are under the inputs: were some added or removed just now?")
    listed |= {_bare(name): first for name, first in listed.items()}
    return pa.table({"__path": pa.array(listed.keys(), pa.string()), "__first": pa.array(listed.values(), pa.int64())})


def _whole_hosts(session, log, layout, options):
    """Partitions of whole hosts, in the order of their names; a host's rows in that of the log."""
    rows = _rows(session, log, layout)
    host = F.coalesce(_named(layout.host).cast("string"), F.lit("")) if layout.host else F.lit("")
    parts = options.partitions or max(-(-log.rows // _ROWS_OF_PARTITION), 2 * session.sparkContext.defaultParallelism)
    if not layout.host:
        parts = 1
    return rows.repartitionByRange(parts, host).sortWithinPartitions(host, SOURCE_ROW)


class _Step:
    """What a machine does with one partition."""

    def __init__(self, layout, log, options, folder):
        self.read, self.written, self.options, self.folder = layout.stream(log), layout.output, options, folder

    def __call__(self, batches):
        first = next(batches, None)
        if first is None:
            return
        task = TaskContext.get()
        name = f"{task.partitionId():06d}-{task.taskAttemptId()}.parquet"
        answer = Answer()
        made = through(self._command(), self.read, self._restored(itertools.chain([first], batches)), answer)
        rows = self.folder.write(name, self.written, made)
        yield result(task.partitionId(), name, rows, answer.said)

    def _restored(self, batches):
        for batch in batches:
            columns = [restored(batch.column(i), f.type) for i, f in enumerate(self.read)]
            yield pa.RecordBatch.from_arrays(columns, schema=self.read)

    def _command(self):
        worker, schema = self.options.worker, self.options.schema
        if self.options.send:
            worker = SparkFiles.get(os.path.basename(worker))
        if schema.endswith(".json"):
            schema = SparkFiles.get(os.path.basename(schema))
        return _command(self.options, worker, schema)


def _named(column):
    return F.col("`" + column.replace("`", "``") + "`")


def _bare(uri):
    """A file's name with one slash after "file:", where some have three."""
    return "file:/" + uri[len("file:") :].lstrip("/") if uri.startswith("file:") else uri


def _root(log):
    """A folder above all files, below which Spark looks for keys in folders' names."""
    parts = urlsplit(log.files[0].uri)
    return f"{parts.scheme}://{parts.netloc}/"
