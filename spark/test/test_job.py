"""The job on a real cluster of two workers, with logs that are not as engines like them."""

import os
import random
import subprocess
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from cluster import Cluster, environment, settings
from compare import difference, read
from pyspark.sql import SparkSession

from gopherwood_spark.errors import reported
from gopherwood_spark.job import Options, build

COMMAND = os.environ["GOPHERWOOD"]
BEGINNING = datetime(2026, 3, 1, tzinfo=timezone.utc)


def log(hosts, path, unit="ns", files=3, seed=1):
    """Writes a log of processes whose hosts are those given, row by row, in random order."""
    random.seed(seed)
    images = [rf"C:\Windows\program{i}.exe" for i in range(5)]
    rows = []
    for i, host in enumerate(hosts):
        parent = random.randrange(max(1, i))
        rows.append({
            "Computer": host,
            "TimeGenerated": int((BEGINNING + timedelta(seconds=i)).timestamp() * 1e9) + 100 * random.randrange(10**6),
            "NewProcessId": 4 * (i % 500 + 1), "NewProcessName": images[i % 5],
            "ProcessId": 4 * (parent % 500 + 1), "ParentProcessName": images[parent % 5],
            "CommandLine": random.choice(["", None, "run `this`", "läuft"]),
        })
    random.shuffle(rows)
    table = pa.Table.from_pylist(rows)
    at = table.schema.get_field_index("TimeGenerated")
    divisor = {"ns": 1, "us": 1000, "ms": 10**6}[unit]
    times = pa.array([v // divisor for v in table.column(at).to_pylist()], pa.int64()).cast(pa.timestamp(unit, "UTC"))
    table = table.set_column(at, "TimeGenerated", times)
    path.mkdir()
    size = -(-len(rows) // files)
    for i in range(files):
        pq.write_table(table.slice(i * size, size), path / f"part [{i}] 50%.parquet", row_group_size=1000)


class Job(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        (cls.folder / "events").mkdir()
        cls.cluster = cls.enterClassContext(Cluster(cls.folder / "cluster"))
        os.environ.update(environment())
        builder = SparkSession.builder.appName("test")
        for name, value in settings(cls.cluster.master, cls.folder / "events").items():
            builder = builder.config(name, value)
        cls.session = builder.config("spark.log.level", "OFF").getOrCreate()
        cls.addClassCleanup(cls.session.stop)

    def build(self, name, **options):
        output = self.folder / f"{name}-trees"
        options = {"worker": COMMAND, "send": False, "partitions": 4} | options
        return output, build(self.session, [str(self.folder / name)], str(output), Options(**options))

    def equal(self, name, hosts, **kinds):
        log(hosts, self.folder / name, **kinds)
        output, said = self.build(name)
        single = self.folder / f"{name}.parquet"
        alone = subprocess.run([COMMAND, "build", self.folder / name, "-o", single, "--memory", "1GB"], check=True, capture_output=True, text=True)
        self.assertIsNone(difference(read(single), read(output)))
        self.assertEqual(sorted(said.splitlines()), sorted(alone.stderr.strip().splitlines()))
        return output

    def failure(self, name, **options):
        log(["a", "b", "c", "d"] * 20, self.folder / name)
        with self.assertRaises(Exception) as caught:
            self.build(name, **options)
        left = [p.name for p in self.folder.iterdir() if "trees" in p.name and name in p.name]
        self.assertEqual(left, [])
        return reported(caught.exception) or str(caught.exception)

    def script(self, name, text):
        path = self.folder / name
        path.write_text("#!/bin/sh\n" + text)
        path.chmod(0o755)
        return str(path)

    def test_one_host_with_half_of_the_events(self):
        names = [f"host-{i:02d}" for i in range(20)]
        hosts = [random.Random(i).choice(names) if i % 2 else "the mail server" for i in range(6000)]
        self.equal("skewed", hosts)

    def test_hosts_without_a_name(self):
        output = self.equal("nameless", [None, "", "a", "Ä", "z", "A"] * 50, unit="us")
        self.assertEqual(read(output).column("Computer")[0].as_py() or "", "")

    def test_more_partitions_than_hosts(self):
        output = self.equal("few", ["only one"] * 300, unit="ms")
        self.assertEqual(sorted(p.name for p in output.iterdir()), ["_SUCCESS", "part-00000.parquet"])

    def test_a_log_without_rows(self):
        self.equal("empty", ["x"])
        whole = pq.read_table(self.folder / "empty")
        (self.folder / "none").mkdir()
        pq.write_table(whole.slice(0, 0), self.folder / "none/a.parquet")
        output, said = self.build("none")
        self.assertEqual(read(output).num_rows, 0)
        self.assertTrue(said.startswith("0 rows read"), said)

    def test_a_host_that_folders_tell(self):
        for host in ("a b", "007"):
            log([None] * 60, self.folder / "scratch", files=1)
            table = pq.read_table(self.folder / "scratch").drop_columns(["Computer"])
            (self.folder / "lake" / f"Computer={host.replace(' ', '%20')}").mkdir(parents=True)
            pq.write_table(table, self.folder / "lake" / f"Computer={host.replace(' ', '%20')}" / "x.parquet")
            subprocess.run(["rm", "-r", self.folder / "scratch"], check=True)
        output, _ = self.build("lake")
        single = self.folder / "lake.parquet"
        subprocess.run([COMMAND, "build", self.folder / "lake", "-o", single, "--memory", "1GB"], check=True, capture_output=True)
        self.assertIsNone(difference(read(single), read(output)))
        self.assertEqual(set(read(output).column("Computer").to_pylist()), {"a b", "007"})

    def test_a_worker_that_is_missing_on_a_machine(self):
        # the driver finds the command once, to ask for the columns; then it is gone
        path = self.script("vanishing", f'rm "$0"\nexec {COMMAND} "$@"\n')
        words = self.failure("missing", worker=path)
        self.assertIn(f"the worker {path} cannot be started (No such file or directory): install gopherwood", words)

    def test_a_worker_that_fails_in_one_partition(self):
        path = self.script("failing", f"cat > $0.$$\nif grep -q program0 $0.$$; then echo 'host web-01: 12 GB are needed' >&2; exit 1; fi\nexec {COMMAND} \"$@\" < $0.$$\n")
        self.assertTrue(self.failure("failing-log", worker=path).endswith("the worker ended with exit code 1: host web-01: 12 GB are needed"))

    def test_a_log_that_makes_no_trees(self):
        (self.folder / "odd").mkdir()
        pq.write_table(pa.table({"x": [1]}), self.folder / "odd/a.parquet")
        with self.assertRaisesRegex(Exception, "the log's columns do not make trees: "):
            self.build("odd")


if __name__ == "__main__":
    unittest.main()
