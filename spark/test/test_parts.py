"""The folder of the output and the list of the input, on the local disk and without Spark."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from gopherwood_spark.columns import restored
from gopherwood_spark.errors import InputError
from gopherwood_spark.inputs import read_log
from gopherwood_spark.parts import Folder
from gopherwood_spark.totals import totals

SCHEMA = pa.schema([("n", pa.int64())], {"gopherwood.tree": "{}"})


def batch(*values):
    return pa.RecordBatch.from_arrays([pa.array(values, pa.int64())], schema=SCHEMA)


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, **columns):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table(columns), path)
        return str(path)


class Output(InFolder):
    def made(self):
        out = Folder.beside(str(self.folder / "trees"))
        out.write("000001-8.parquet", SCHEMA, [batch(3)])
        out.write("000000-7.parquet", SCHEMA, [batch(1), batch(2)])
        out.write("000000-3.parquet", SCHEMA, [batch(99)])  # an attempt that Spark gave up
        return out

    def check(self):
        names = sorted(p.name for p in self.folder.rglob("*"))
        self.assertEqual(names, ["_SUCCESS", "part-00000.parquet", "part-00001.parquet", "trees"])
        self.assertEqual(pq.read_table(self.folder / "trees").column("n").to_pylist(), [1, 2, 3])
        self.assertEqual(pq.read_metadata(self.folder / "trees/part-00000.parquet").metadata[b"gopherwood.tree"], b"{}")

    def test_accepted_files_alone_get_final_names_in_their_order(self):
        self.made().finish(["000000-7.parquet", "000001-8.parquet"])
        self.check()

    def test_the_same_where_a_folder_cannot_be_renamed(self):
        out = self.made()
        system = fs.SubTreeFileSystem("/", fs.LocalFileSystem())
        with mock.patch("gopherwood_spark.parts.located", lambda path: (system, path)):
            out.finish(["000000-7.parquet", "000001-8.parquet"])
        self.check()

    def test_nothing_is_there_before_the_end_nor_after_a_failure(self):
        out = self.made()
        self.assertFalse((self.folder / "trees").exists())
        out.drop()
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_file_that_the_driver_cannot_see_is_an_error(self):
        with self.assertRaisesRegex(InputError, "1 files that workers wrote are not in"):
            self.made().finish(["000000-7.parquet", "000002-9.parquet"])

    def test_an_output_that_exists_is_left_alone(self):
        (self.folder / "trees").mkdir()
        with self.assertRaisesRegex(InputError, "exists already"):
            Folder.beside(str(self.folder / "trees"))


class Input(InFolder):
    def test_files_count_in_the_order_of_their_names(self):
        self.write("log/b.parquet", n=[1, 2])
        self.write("log/a [1]%.PARQUET", n=[1, 2, 3])
        self.write("log/_temporary/c.parquet", n=[1])
        (self.folder / "log/notes.txt").write_text("no log")
        log = read_log([str(self.folder / "log"), str(self.folder / "log/b.parquet")])
        self.assertEqual([(Path(f.uri).name, f.first, f.rows) for f in log.files], [("a [1]%.PARQUET", 0, 3), ("b.parquet", 3, 2)])

    def test_a_column_has_one_type_and_may_be_missing(self):
        self.write("log/day=1/a.parquet", n=[1], host=["x"])
        self.write("log/day=2/b.parquet", n=[1])
        log = read_log([str(self.folder / "log")])
        self.assertEqual(log.schema, pa.schema([("n", pa.int64()), ("host", pa.string()), ("day", pa.string())]))
        self.assertTrue(log.in_folders(["n", "day"]))
        self.write("log/day=3/c.parquet", n=["one"])
        with self.assertRaisesRegex(InputError, "'n' holds int64 .* and string"):
            read_log([str(self.folder / "log")])

    def test_what_is_no_log_is_named(self):
        (self.folder / "x.parquet").write_text("text")
        for path, words in ((self.folder / "x.parquet", "cannot be read as Parquet"), (self.folder / "y", "no such file"), (self.folder, "x.parquet")):
            with self.assertRaisesRegex(InputError, words):
                read_log([str(path)])


class Columns(unittest.TestCase):
    def test_numbers_become_what_the_log_has(self):
        for kind, stored, value in (
            (pa.timestamp("ns", "UTC"), pa.int64(), 1767225600123456700),
            (pa.timestamp("ms"), pa.int64(), 1767225600123),
            (pa.uint64(), pa.int64(), -1),
            (pa.date32(), pa.int32(), 20454),
        ):
            got = restored(pa.array([value, None], stored), kind)
            self.assertEqual(got.type, kind)
            self.assertEqual(got.view(stored).to_pylist(), [value, None])


class Totals(unittest.TestCase):
    def test_lines_add_up_and_what_all_say_of_the_columns_counts_once(self):
        columns = "0 rows read, 0 processes of 0 hosts written\n1 absent column: EventID2\n"
        parts = ["5 rows read, 4 processes of 1 hosts written\n1 absent column: EventID2\n1 duplicate key\n", "7 rows read, 7 processes of 2 hosts written\n1 absent column: EventID2\n"]
        self.assertEqual(totals(columns, parts), "12 rows read, 11 processes of 3 hosts written\n1 absent column: EventID2\n1 duplicate key")


if __name__ == "__main__":
    unittest.main()
