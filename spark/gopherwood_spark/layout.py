"""What a build reads and writes, as the gopherwood command itself says: asked on the driver with a
stream that has the log's columns and no rows, so that no role of a column is known twice."""

import json
from dataclasses import dataclass

import pyarrow as pa

from .errors import InputError, WorkerFailed
from .worker import Answer, through

SOURCE_ROW = "source_row"
_KEY = b"gopherwood.tree"


@dataclass
class Layout:
    columns: list  # of the log, that the build needs
    host: str  # the one that tells machines apart, "" where the log has none
    output: pa.Schema  # of the trees, with its description in the metadata
    said: str  # what the command finds in the columns alone

    def stream(self, log):
        """The schema of what a worker reads."""
        kinds = [log.schema.field(n) for n in self.columns]
        return pa.schema(kinds + [pa.field(SOURCE_ROW, pa.int64())])


def asked(command, log):
    """Asks the command what it makes of the log's columns."""
    columns = pa.schema([f for f in log.schema if f.name != SOURCE_ROW and _streamable(f.type)])
    answer = Answer()
    try:
        for _ in through(command, columns, [], answer=answer):
            pass
    except WorkerFailed as failure:
        raise InputError(f"the log's columns do not make trees: {failure}") from None
    described = (answer.schema.metadata or {}).get(_KEY)
    if described is None:
        raise InputError(f"{command[0]} does not say what it reads: it is older than this job")
    told = json.loads(described)
    return Layout(told["columns"], told["schema"]["host_name"], answer.schema, answer.said)


def _streamable(kind):
    return not pa.types.is_nested(kind)
