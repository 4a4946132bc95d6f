"""A Spark cluster of this machine alone: a master and workers, each a process, on the loopback."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
_PATIENCE = 300  # seconds until a process must have begun: a busy machine takes long to start Java


def environment():
    return os.environ | {
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
    }


class Cluster:
    """Use as a context: with Cluster(folder) as c: … c.master."""

    def __init__(self, folder, workers=2):
        self.folder, self.count, self.running = Path(folder), workers, []

    def __enter__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        port = _free_port()
        self.master = f"spark://127.0.0.1:{port}"
        try:
            self._start("master", "master.Master", "I have been elected leader", "--port", str(port))
            self.workers = [self._worker(i) for i in range(self.count)]
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):
            for pid in family(process.pid):
                _kill(pid)
            process.wait()

    def lose(self, worker):
        """Ends a worker as a power cut does, with all that it has started: its executor, Python, the command.
        Its disk goes, too: on one machine, others would read on what the dead have written."""
        for pid in family(worker.pid):
            _kill(pid)
        worker.wait()
        shutil.rmtree(self.folder / f"disk-{self.workers.index(worker)}")

    def keeper(self):
        """The worker whose executor keeps most of what other tasks have yet to read."""
        kept = [len(list((self.folder / f"disk-{i}").rglob("shuffle_*.data"))) for i in range(self.count)]
        return self.workers[kept.index(max(kept))], max(kept)

    def _worker(self, i):
        flags = ["--cores", "1", "--memory", "1g", "--port", "0", "--work-dir", str(self.folder / f"worker-{i}"), self.master]
        disk = {"SPARK_LOCAL_DIRS": str(self.folder / f"disk-{i}")}
        return self._start(f"worker-{i}", "worker.Worker", "Successfully registered with master", *flags, more=disk)

    def _start(self, name, of, begun, *arguments, more={}):
        log = self.folder / f"{name}.log"
        command = [HOME / "bin/spark-class", f"org.apache.spark.deploy.{of}", "--host", "127.0.0.1", "--webui-port", "0"]
        with open(log, "wb") as out:
            process = subprocess.Popen([*command, *arguments], stdout=out, stderr=out, env=environment() | more)
        self.running.append(process)
        until = time.monotonic() + _PATIENCE
        while begun not in log.read_text(errors="replace"):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"Spark's {name} does not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.1)
        return process


def settings(master, events):
    """How an application runs on the cluster: an executor a worker, and a record of what happens."""
    return {
        "spark.master": master,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "900m",
        "spark.executor.cores": "1",
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",  # no task before both are there
        "spark.scheduler.maxRegisteredResourcesWaitingTime": "300s",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
        "spark.eventLog.dir": Path(events).absolute().as_uri(),
    }


def family(pid):
    """A process and its descendants, by what the system says of parents."""
    children = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    out = [pid]
    for one in out:
        out += children.get(one, [])
    return out


def _kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
