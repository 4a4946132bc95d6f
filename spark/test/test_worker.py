"""The pipe to a worker, with stand-ins for the gopherwood command and without Spark."""

import os
import sys
import unittest

import pyarrow as pa

from gopherwood_spark.errors import WorkerFailed, reported
from gopherwood_spark.worker import Answer, through

ECHO = """
import sys, pyarrow as pa
with pa.ipc.open_stream(sys.stdin.buffer) as rows, pa.ipc.new_stream(sys.stdout.buffer, rows.schema) as out:
    for batch in rows:
        out.write_batch(batch)
print("1 echo", file=sys.stderr)
"""
SCHEMA = pa.schema([("n", pa.int64())])


def batches(count, rows=1000):
    for i in range(count):
        yield pa.RecordBatch.from_arrays([pa.array(range(i * rows, (i + 1) * rows), pa.int64())], schema=SCHEMA)


def python(program):
    return [sys.executable, "-c", program]


class Through(unittest.TestCase):
    def fails(self, command, given=None):
        with self.assertRaises(WorkerFailed) as caught:
            list(through(command, SCHEMA, given or batches(3)))
        return str(caught.exception)

    def test_more_than_the_pipes_hold_passes_both_ways(self):
        answer = Answer()
        out = list(through(python(ECHO), SCHEMA, batches(64, 100_000), answer))
        self.assertEqual(sum(b.num_rows for b in out), 6_400_000)
        self.assertEqual(pa.Table.from_batches(out).column("n").to_numpy()[-1], 6_399_999)
        self.assertEqual((answer.schema, answer.said), (SCHEMA, "1 echo"))

    def test_a_missing_worker_is_named_with_what_to_do(self):
        words = self.fails(["/nowhere/gopherwood", "build"])
        self.assertIn("the worker /nowhere/gopherwood cannot be started (No such file or directory)", words)
        self.assertIn("--worker", words)

    def test_what_a_failing_worker_said_is_the_error(self):
        words = self.fails(python("import sys; sys.stdin.buffer.read(); sys.exit('the column x is odd')"))
        self.assertTrue(words.endswith("the worker ended with exit code 1: the column x is odd"), words)

    def test_a_worker_that_fails_at_once_is_not_a_broken_pipe(self):
        words = self.fails(python("import sys; sys.exit('no')"), batches(64, 100_000))
        self.assertTrue(words.endswith("exit code 1: no"), words)

    def test_a_killed_worker_is_told_by_its_signal(self):
        words = self.fails(python("import os; os.kill(os.getpid(), 9)"))
        self.assertIn("was killed by signal 9: it said nothing", words)

    def test_a_worker_that_fails_after_it_answered_fails(self):
        words = self.fails(python(ECHO + "sys.exit(3)"))
        self.assertIn("exit code 3", words)

    def test_a_worker_that_reads_only_some_rows_fails(self):
        some = "import sys, pyarrow as pa\npa.ipc.new_stream(sys.stdout.buffer, pa.schema([('n', pa.int64())])).close()"
        self.assertIn("before it had read all rows", self.fails(python(some), batches(64, 100_000)))

    def test_an_answer_that_is_no_stream_fails(self):
        words = self.fails(python("import sys; sys.stdin.buffer.read(); print('hello, this is text')"))
        self.assertIn("the worker's answer is no Arrow stream", words)

    def test_rows_that_cannot_be_read_do_not_look_complete(self):
        def broken():
            yield from batches(2)
            raise OSError("the disk is gone")

        with self.assertRaisesRegex(OSError, "the disk is gone"):
            list(through(python(ECHO), SCHEMA, broken()))

    def test_nothing_runs_on_when_the_answer_is_not_wanted(self):
        rows = through(python("import os, sys\nprint(os.getpid(), file=sys.stderr)\n" + ECHO + "import time; time.sleep(600)"), SCHEMA, batches(64, 100_000))
        next(rows)
        pid = rows.gi_frame.f_locals["process"].pid
        rows.close()
        with self.assertRaises(ProcessLookupError):
            os.kill(pid, 0)


class Reported(unittest.TestCase):
    def test_spark_s_wrapping_is_taken_off(self):
        text = (
            "Job aborted: Traceback (most recent call last):\n  File x\n"
            "gopherwood_spark.errors.WorkerFailed: web-1: the worker ended with exit code 1: first line\nsecond line\n\n\tat org.apache.spark.X\n"
        )
        self.assertEqual(reported(Exception(text)), "web-1: the worker ended with exit code 1: first line\nsecond line")
        self.assertIsNone(reported(Exception("java.lang.OutOfMemoryError")))


if __name__ == "__main__":
    unittest.main()
