"""A kernel as a black box: its process, and clients that speak the Jupyter protocol to it.

The clients stand on ZeroMQ itself. jupyter_client's own cost about a millisecond a message,
which is as long as a cell of ours takes, and they cannot send what is malformed.
"""
import collections
import datetime
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import tempfile
import time
import uuid

import psutil
import zmq
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

DELIMITER = b"<IDS|MSG>"
CHANNELS = ("shell", "control", "stdin", "hb", "iopub")
KEPT = 100  # exchanges that a client remembers


class Missing(Exception):
    """Something that the kernel owed did not come in time, or was not what it should be."""


class Kernelspecs:
    """A temporary folder of kernelspecs, in which the binary has installed itself."""

    def __init__(self, binary):
        self.folder = tempfile.mkdtemp(prefix="measure-")
        subprocess.run([binary, "install", "--prefix", self.folder], check=True, capture_output=True)
        self.kernels = os.path.join(self.folder, "share", "jupyter", "kernels")

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Kernel:
    """One kernel process. Without kernelspecs it is one that the Python environment has."""

    def __init__(self, name, kernelspecs=None):
        manager = KernelSpecManager()
        if kernelspecs:
            manager.kernel_dirs = [kernelspecs.kernels]
        self.errors = tempfile.TemporaryFile()
        self.begun = time.perf_counter()
        self.manager = KernelManager(kernel_name=name, kernel_spec_manager=manager)
        self.manager.start_kernel(stdout=subprocess.DEVNULL, stderr=self.errors)
        self.process = psutil.Process(self.manager.provisioner.pid)
        self.connection = self.manager.get_connection_info()

    def alive(self):
        return self.manager.is_alive()

    def resident(self):
        """The resident memory of the process and its children, in bytes."""
        family = [self.process] + self.process.children(recursive=True)
        return sum(p.memory_info().rss for p in family)

    def worked(self):
        """The processor time that the process has used, in seconds."""
        times = self.process.cpu_times()
        return times.user + times.system

    def last_words(self, limit=6000):
        """The beginning and the end of what the process wrote to its standard error."""
        self.errors.seek(0)
        text = self.errors.read().decode(errors="replace")
        return text if len(text) <= limit else text[: limit // 2] + "\n[…]\n" + text[-limit // 2 :]

    def close(self):
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()
        self.errors.close()


class Exchange:
    """A request, and what the kernel sent about it."""

    def __init__(self):
        self.reply = None
        self.published = []
        self.idle = False

    def over(self):
        return self.idle and self.reply is not None

    def of(self, kind):
        """The contents of the published messages of one type."""
        return [m["content"] for m in self.published if m["header"]["msg_type"] == kind]

    def text(self, stream="stdout"):
        return "".join(c["text"] for c in self.of("stream") if c["name"] == stream)

    def status(self):
        return self.reply["content"].get("status")

    def __str__(self):
        kinds = [m["header"]["msg_type"] for m in self.published]
        return f"reply {'came' if self.reply else 'missing'}, idle {'came' if self.idle else 'missing'}, " \
            f"{len(kinds)} messages published, the last of them {kinds[-3:]}"


class Client:
    """A front end: its own session, its own sockets."""

    def __init__(self, connection):
        self.connection = connection
        self.key = connection["key"]
        self.session = uuid.uuid4().hex
        self.sockets = {}
        self.welcomed = False
        for channel in CHANNELS:
            socket = zmq.Context.instance().socket(zmq.SUB if channel == "iopub" else zmq.DEALER)
            socket.linger = 0
            socket.reconnect_ivl = 2  # ms; ZeroMQ's 100 would be most of a kernel's start
            socket.rcvhwm = 0  # what is lost must not be lost here
            if channel == "iopub":
                socket.subscribe(b"")
            socket.connect(address(connection, channel))
            self.sockets[channel] = socket
        self.poller = zmq.Poller()
        for channel in ("shell", "control", "iopub"):
            self.poller.register(self.sockets[channel], zmq.POLLIN)
        self.exchanges = collections.OrderedDict()  # the latest, by the id of the request

    def ready(self, timeout):
        """Waits until the subscription is in effect: until then, what is published is lost."""
        end = time.perf_counter() + timeout
        while not self.welcomed:
            if time.perf_counter() > end:
                raise Missing(f"no iopub_welcome within {timeout} s")
            self.read(0.1)
        return self

    def close(self):
        """Leaves without a word."""
        for socket in self.sockets.values():
            socket.close(linger=0)

    def header(self, kind):
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        return {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self.session,
                "username": "measure", "date": now, "version": "5.4"}

    def sign(self, parts):
        return hmac.new(self.key, b"".join(parts), hashlib.sha256).hexdigest().encode()

    def frames(self, header, content, parent=b"{}", metadata=b"{}"):
        """A signed message. Parts that are bytes already are sent as they are."""
        parts = [p if isinstance(p, bytes) else json.dumps(p).encode() for p in (header, parent, metadata, content)]
        return [DELIMITER, self.sign(parts)] + parts

    def send(self, kind, content, channel="shell"):
        """Sends a request; the returned exchange fills while the client waits for something."""
        header = self.header(kind)
        exchange = self.exchanges[header["msg_id"]] = Exchange()
        if len(self.exchanges) > KEPT:
            self.exchanges.popitem(last=False)
        self.sockets[channel].send_multipart(self.frames(header, content))
        return exchange

    def execute(self, code, **options):
        return self.send("execute_request", {"code": code, "silent": False, "store_history": True,
            "user_expressions": {}, "allow_stdin": False, "stop_on_error": True} | options)

    def run(self, code, timeout=30, **options):
        return self.wait(self.execute(code, **options), timeout=timeout)

    def ask(self, kind, content, timeout=10, channel="shell"):
        return self.wait(self.send(kind, content, channel), timeout=timeout)

    def wait(self, exchange, timeout):
        """Reads until the request has its reply and its last message, idle."""
        return self.until(exchange, Exchange.over, timeout)

    def until(self, exchange, condition, timeout):
        """Reads until the exchange fulfils the condition, and returns it."""
        end = time.perf_counter() + timeout
        while not condition(exchange):
            left = end - time.perf_counter()
            if left <= 0:
                raise Missing(f"after {timeout} s: {exchange}")
            self.read(left)
        return exchange

    def read(self, timeout):
        """Takes in what arrives first, and all that has arrived with it."""
        for socket, _ in self.poller.poll(max(1, timeout * 1000)):
            while socket.poll(0):
                message = self.parse(socket.recv_multipart())
                self.welcomed |= message["header"]["msg_type"] == "iopub_welcome"
                exchange = self.exchanges.get(str(message["parent"].get("msg_id")))
                if exchange is None:
                    continue
                if socket is not self.sockets["iopub"]:
                    exchange.reply = message
                    continue
                exchange.published.append(message)
                if message["content"].get("execution_state") == "idle":
                    exchange.idle = True

    def parse(self, frames):
        at = frames.index(DELIMITER)
        signature, parts = frames[at + 1], frames[at + 2 : at + 6]
        if not hmac.compare_digest(signature, self.sign(parts)):
            raise Missing("the kernel has sent a message with a wrong signature")
        header, parent, metadata, content = map(json.loads, parts)
        return {"header": header, "parent": parent, "metadata": metadata, "content": content}


def address(connection, channel):
    port = connection[channel + "_port"]
    return f"{connection['transport']}://{connection['ip']}:{port}"
