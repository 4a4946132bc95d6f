"""Loses a machine in the middle of a job: kill.py LOG SINGLE.parquet WORK-FOLDER.

A job builds the trees of LOG on a cluster of two workers. When the first of its build stage's
tasks have finished, one worker dies with its executor and all that it has made for other tasks.
The job must end all the same, and its output be that of the single machine.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from cluster import HOME, Cluster, environment, settings
from compare import difference, digest, read

JOB = Path(__file__).resolve().parent.parent / "build_trees.py"


def submitted(master, folder, log, output, worker, partitions):
    """Starts the job as its users do."""
    events = folder / "events"
    events.mkdir(exist_ok=True)
    conf = [word for name, value in settings(master, events).items() for word in ("--conf", f"{name}={value}")]
    command = [HOME / "bin/spark-submit", *conf, JOB, log, "-o", output, "--worker", worker, "--partitions", str(partitions)]
    out = open(folder / "job.log", "wb")
    return subprocess.Popen(command, stdout=out, stderr=out, env=environment())


def finished_parts(folder):
    """The partitions whose files are complete: Parquet's last four bytes are its name."""
    done = set()
    for path in folder.glob(".*.building/*.parquet"):
        data = path.stat().st_size
        with open(path, "rb") as f:
            if data > 8:
                f.seek(-4, 2)
                if f.read() == b"PAR1":
                    done.add(path.name.split("-")[0])
    return done


def lose_midway(cluster, job, folder, partitions, share):
    """Waits for a share of the partitions, then kills the worker that others need most."""
    while len(done := finished_parts(folder)) < max(1, share * partitions):
        if job.poll() is not None:
            raise SystemExit(f"the job ended before a worker could be lost:\n{(folder / 'job.log').read_text()[-5000:]}")
        time.sleep(0.02)
    worker, kept = cluster.keeper()
    cluster.lose(worker)
    return len(done), kept


def happened(folder):
    """What Spark's own record says: executors lost, tasks begun again, shuffled rows that were made and had to be made again."""
    counts = dict.fromkeys(("executors lost", "tasks begun again", "shuffle tasks repeated"), 0)
    for path in (folder / "events").iterdir():
        for line in path.read_text().splitlines():
            event = json.loads(line)
            kind = event["Event"]
            counts["executors lost"] += kind == "SparkListenerExecutorRemoved"
            if kind == "SparkListenerTaskStart":
                counts["tasks begun again"] += event["Stage Attempt ID"] > 0 or event["Task Info"]["Attempt"] > 0
            if kind == "SparkListenerTaskEnd" and counts["executors lost"]:
                counts["shuffle tasks repeated"] += event["Task Type"] == "ShuffleMapTask"
    return counts


def run(log, single, folder, worker, partitions, share):
    folder = Path(folder)
    output = folder / "trees"
    with Cluster(folder / "cluster") as cluster:
        begun = time.monotonic()
        job = submitted(cluster.master, folder, log, output, worker, partitions)
        try:
            done, kept = lose_midway(cluster, job, folder, partitions, share)
            killed = time.monotonic() - begun
            code = job.wait()
        finally:
            job.kill()
        took = time.monotonic() - begun
    if code != 0:
        raise SystemExit(f"the job failed with exit code {code}:\n{(folder / 'job.log').read_text()[-5000:]}")
    record = happened(folder)
    one, many = read(single), read(output)
    wrong = difference(one, many)
    if wrong:
        raise SystemExit(f"after losing a worker the trees differ: {wrong}")
    if not all(record.values()):
        raise SystemExit(f"nothing was lost, so that nothing is shown: {record}")
    left = list(folder.glob(".*.building"))
    if left:
        raise SystemExit(f"the job left {left}")
    print(f"equal after losing a worker: {one.num_rows} rows, {one.num_columns} columns, tree's columns SHA-256 {digest(one)}")
    print(f"{took:.0f} s with two workers; one lost after {killed:.0f} s, when {done} of {partitions} partitions had finished, "
          f"with what {kept} shuffle tasks had made; {', '.join(f'{what}: {n}' for what, n in record.items())}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log")
    parser.add_argument("single")
    parser.add_argument("folder")
    parser.add_argument("--worker", required=True)
    parser.add_argument("--partitions", type=int, default=12)
    parser.add_argument("--share", type=float, default=0.25, help="of the partitions, that finish before the worker is lost")
    given = parser.parse_args()
    run(given.log, given.single, given.folder, given.worker, given.partitions, given.share)


if __name__ == "__main__":
    main()
