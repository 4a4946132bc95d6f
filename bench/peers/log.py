"""The log as peers that speak Arrow read it, and what they answer."""
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

HOST, TIME, PID, IMAGE, PARENT_ID, PARENT_IMAGE = (
    "Computer", "TimeGenerated", "NewProcessId", "NewProcessName", "ProcessId", "ParentProcessName")
TEXTS = [HOST, IMAGE, PARENT_IMAGE]
# what the other side reads and writes, too: the columns of the schema
CARRIED = [HOST, TIME, PID, PARENT_ID, IMAGE, PARENT_IMAGE, "SubjectLogonId", "CommandLine", "SubjectUserName"]


def files(path):
    """A log is a file or a folder of files; engines take a glob."""
    return path if path.endswith(".parquet") else path + "/*.parquet"


class Log:
    """The columns that an as-of join needs, as integers: what a peer joins fastest. The images are numbered in
    lower case, the same in both columns; process ids that are text are numbered likewise."""

    def __init__(self, path):
        table = pq.read_table(path, columns=[HOST, TIME, PID, IMAGE, PARENT_ID, PARENT_IMAGE], read_dictionary=TEXTS)
        self.time = nanoseconds(table[TIME]).to_numpy()
        (self.host,) = numbered(table, [HOST], lambda s: s)
        self.image, self.parent_image = numbered(table, [IMAGE, PARENT_IMAGE], str.lower)
        if pa.types.is_integer(table.schema.field(PID).type):
            self.pid, self.parent_id = (table[c].to_numpy().astype(np.int32) for c in (PID, PARENT_ID))
        else:
            self.pid, self.parent_id = numbered(table, [PID, PARENT_ID], lambda s: s)
        self.id = np.arange(len(self.time), dtype=np.int32)

    def columns(self):
        return {name: getattr(self, name) for name in ("id", "host", "time", "pid", "parent_id", "image", "parent_image")}

    def radixes(self):
        """Numbers that pack host, id and image into one integer: ((host * a) + id) * b + image."""
        a = int(max(self.pid.max(), self.parent_id.max())) + 2
        b = int(max(self.image.max(), self.parent_image.max())) + 2
        return a, b


def numbered(table, names, fold):
    """Number the texts of some columns together, null as -1."""
    numbers, out = {}, []
    for name in names:
        column = table[name]
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        column = column.unify_dictionaries()
        words = column.chunk(0).dictionary.to_pylist() if column.num_chunks else []
        codes = np.array([numbers.setdefault(fold(w), len(numbers)) for w in words] + [-1], dtype=np.int32)
        places = pa.chunked_array([c.indices for c in column.chunks]).fill_null(len(words))
        out.append(codes[places.to_numpy()])
    return out


def answer_by_id(answer, path, ids, parents):
    """Write who the parent of every event of a log is, from the ids of events and of their parents, in any order."""
    table = pq.read_table(path, columns=[HOST, TIME, PID], read_dictionary=[HOST])
    if len(ids) != len(table):
        raise ValueError(f"{len(ids)} rows in the result of {len(table)} events")
    by_id = np.full(len(ids), -1, dtype=np.int64)
    by_id[ids] = parents
    time = nanoseconds(table[TIME]).combine_chunks()
    born = pc.if_else(pa.array(by_id >= 0), pc.take(time, pa.array(np.maximum(by_id, 0))), pa.scalar(None, pa.int64()))
    pq.write_table(pa.table({"host": table[HOST], "time": time, "pid": table[PID], "parent_time": born}), answer)


def answer_of_file(answer, out):
    """Write the same from a file that was written with a column parent_time."""
    table = pq.read_table(out, columns=[HOST, TIME, PID, "parent_time"], read_dictionary=[HOST])
    pq.write_table(pa.table({"host": table[HOST], "time": nanoseconds(table[TIME]), "pid": table[PID],
                             "parent_time": nanoseconds(table["parent_time"])}), answer)


def nanoseconds(times):
    return times.cast(pa.timestamp("ns", times.type.tz)).cast(pa.int64())
