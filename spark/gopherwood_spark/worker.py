"""The step that Spark repeats for each partition: rows of whole hosts go through the command
`gopherwood build --stream`, as Arrow in and Arrow out."""

import socket
import subprocess
import tempfile
import threading

import pyarrow as pa

from .errors import WorkerFailed

_SHOWN = 8 << 10  # bytes of a failed worker's last words


def through(command, schema, batches, answer=None):
    """Yields what a command makes of record batches of a schema.

    The command reads while it writes, so that feeding it and listening to it must not wait for each
    other: a thread feeds. What the command says on its standard error goes into the answer, and is
    the exception's text when the command fails.
    """
    answer = answer or Answer()
    words = tempfile.TemporaryFile()
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=words)
    except OSError as error:
        words.close()
        raise WorkerFailed(
            f"{socket.gethostname()}: the worker {command[0]} cannot be started ({error.strerror}): "
            "install gopherwood under this path on every machine, or let the job send it with --worker"
        ) from None
    feeder = _Feeder(process, schema, batches)
    feeder.start()
    try:
        yield from _batches(process, answer)
        feeder.join()
        _finish(process, words, feeder, answer)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        words.close()


class Answer:
    """What a command gave beside its batches."""

    schema = None
    said = ""


class _Feeder(threading.Thread):
    """Writes batches to a process. A failure of the batches themselves kills the process: its
    input must not look complete."""

    def __init__(self, process, schema, batches):
        super().__init__(name="feeder", daemon=True)
        self.process, self.schema, self.batches = process, schema, batches
        self.failure, self.complete = None, False

    def run(self):
        try:
            with self.process.stdin as pipe, pa.ipc.new_stream(pipe, self.schema) as stream:
                for batch in self.batches:
                    stream.write_batch(batch)
            self.complete = True
        except BrokenPipeError:
            pass  # the process ended early: its exit code tells why
        except BaseException as failure:
            self.failure = failure
            self.process.kill()


def _batches(process, answer):
    try:
        with pa.ipc.open_stream(process.stdout) as stream:
            answer.schema = stream.schema
            yield from stream
    except pa.ArrowInvalid as error:
        # a process that failed wrote no stream, or half of one: what it said counts
        if process.wait() == 0:
            raise WorkerFailed(f"{socket.gethostname()}: the worker's answer is no Arrow stream: {error}") from None


def _finish(process, words, feeder, answer):
    code = process.wait()
    if feeder.failure is not None:
        raise feeder.failure
    words.seek(0, 2)
    words.seek(max(0, words.tell() - _SHOWN))
    said = words.read().decode("utf-8", "replace").strip()
    if code != 0:
        how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
        raise WorkerFailed(f"{socket.gethostname()}: the worker {how}: {said or 'it said nothing'}")
    if not feeder.complete:
        raise WorkerFailed(f"{socket.gethostname()}: the worker ended before it had read all rows: {said or 'it said nothing'}")
    answer.said = said
