"""The output: a folder of Parquet files, each a range of hosts, complete or not there at all.

Every attempt at a partition writes a file of its own into a work folder and tells its name as the
result of its task. The driver believes only the results that Spark hands it, so that what a killed
worker or a doubled task left behind never becomes part of the output. Spark's own Parquet writer
would cut times to microseconds, and could not say in the files what their columns are."""

import posixpath
import uuid
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from .errors import InputError
from .inputs import located

_GROUP_ROWS = 1 << 16

# A task's result: the file that it wrote.
RESULT = "partition int, file string, rows bigint, said string"
_RESULT = pa.schema([("partition", pa.int32()), ("file", pa.string()), ("rows", pa.int64()), ("said", pa.string())])


def result(partition, file, rows, said):
    return pa.RecordBatch.from_pylist([{"partition": partition, "file": file, "rows": rows, "said": said}], _RESULT)


@dataclass
class Folder:
    """Where an output is made, before it has its final name."""

    output: str
    work: str

    @staticmethod
    def beside(output):
        """Makes a work folder beside the output, which must not exist yet."""
        system, name = located(output)
        name = name.rstrip("/")
        if system.get_file_info(name).type != fs.FileType.NotFound:
            raise InputError(f"the output {output} exists already: name another folder or remove it")
        work = posixpath.join(posixpath.dirname(name), f".{posixpath.basename(name)}.{uuid.uuid4().hex}.building")
        system.create_dir(work, recursive=True)
        return Folder(output, work)

    def write(self, name, schema, batches):
        """Writes one file and tells how many rows it has."""
        system, _ = located(self.output)
        rows = 0
        with system.open_output_stream(posixpath.join(self.work, name)) as out:
            with pq.ParquetWriter(out, schema, compression="zstd", version="2.6") as file:
                for batch in batches:
                    file.write_batch(batch, row_group_size=_GROUP_ROWS)
                    rows += batch.num_rows
        return rows

    def finish(self, names):
        """Gives the accepted files, in the order of their hosts, their final names; drops the others."""
        system, output = located(self.output)
        final = {name: f"part-{i:05d}.parquet" for i, name in enumerate(names)}
        for info in system.get_file_info(fs.FileSelector(self.work)):
            if info.base_name in final:
                system.move(info.path, posixpath.join(self.work, final.pop(info.base_name)))
            else:
                system.delete_file(info.path)
        if final:
            raise InputError(f"{len(final)} files that workers wrote are not in {self.work}: "
                             "the output must be in a folder that all machines share")
        system.open_output_stream(posixpath.join(self.work, "_SUCCESS")).close()
        if isinstance(system, (fs.LocalFileSystem, fs.HadoopFileSystem)):
            system.move(self.work, output.rstrip("/"))
        else:
            self._move_each(system, output)

    def _move_each(self, system, output):
        """For stores that cannot rename a folder: _SUCCESS comes last, as Spark itself does it."""
        names = sorted((i.base_name for i in system.get_file_info(fs.FileSelector(self.work))), key=lambda n: n == "_SUCCESS")
        system.create_dir(output, recursive=True)
        for name in names:
            system.move(posixpath.join(self.work, name), posixpath.join(output, name))
        system.delete_dir(self.work)

    def drop(self):
        """Removes what a failed job made."""
        system, _ = located(self.output)
        if system.get_file_info(self.work).type != fs.FileType.NotFound:
            system.delete_dir(self.work)
