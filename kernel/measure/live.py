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
    """What a kernel sent about one request."""

    def __init__(self):
        self.reply = None
        self.published = []
        self.idle = False

    def of(self, kind):
        """The contents of the published messages of one type."""
        return [m["content"] for m in self.published if m["header"]["msg_type"] == kind]

    def text(self, stream="stdout"):
        return "".join(c["text"] for c in self.of("stream") if c["name"] == stream)

    def status(self):
        return self.reply["content"].get("status")


class Client:
    """A front end: its own session, its own sockets."""

    def __init__(self, connection):
        self.connection = connection
        self.key = connection["key"]
        self.session = uuid.uuid4().hex
        self.sockets = {}
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
        self.late = collections.deque(maxlen=1000)  # what came after its exchange was over

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
        """Sends a request and returns its id."""
        header = self.header(kind)
        self.sockets[channel].send_multipart(self.frames(header, content))
        return header["msg_id"]

    def execute(self, code, **options):
        return self.send("execute_request", {"code": code, "silent": False, "store_history": True,
            "user_expressions": {}, "allow_stdin": False, "stop_on_error": True} | options)

    def run(self, code, timeout=30, **options):
        return self.wait(self.execute(code, **options), timeout=timeout)[0]

    def ask(self, kind, content, timeout=10, channel="shell"):
        return self.wait(self.send(kind, content, channel), timeout=timeout)[0]

    def wait(self, *ids, timeout):
        """Reads until each request has its reply and its last message, idle."""
        exchanges = {i: Exchange() for i in ids}
        end = time.perf_counter() + timeout
        while not all(e.idle and e.reply for e in exchanges.values()):
            left = end - time.perf_counter()
            if left <= 0:
                raise Missing(f"after {timeout} s: " + "; ".join(map(describe, exchanges.values())))
            for channel, message in self.read(left):
                exchange = exchanges.get(message["parent"].get("msg_id"))
                if exchange is None or exchange.idle and channel == "iopub":
                    self.late.append(message)
                elif channel != "iopub":
                    exchange.reply = message
                else:
                    exchange.published.append(message)
                    exchange.idle = message["content"].get("execution_state") == "idle"
        return [exchanges[i] for i in ids]

    def published(self, wanted, timeout):
        """Reads until a published message fulfils wanted, and returns it."""
        end = time.perf_counter() + timeout
        while (left := end - time.perf_counter()) > 0:
            for channel, message in self.read(left):
                if channel == "iopub" and wanted(message):
                    return message
        raise Missing(f"the awaited message was not published within {timeout} s")

    def read(self, timeout):
        """What arrives first, and all that has arrived with it."""
        for socket, _ in self.poller.poll(max(1, timeout * 1000)):
            channel = next(c for c in CHANNELS if self.sockets[c] is socket)
            while socket.poll(0):
                yield channel, self.parse(socket.recv_multipart())

    def parse(self, frames):
        at = frames.index(DELIMITER)
        signature, parts = frames[at + 1], frames[at + 2 : at + 6]
        if not hmac.compare_digest(signature, self.sign(parts)):
            raise Missing("the kernel has sent a message with a wrong signature")
        header, parent, metadata, content = map(json.loads, parts)
        return {"header": header, "parent": parent, "metadata": metadata, "content": content}


def describe(exchange):
    kinds = [m["header"]["msg_type"] for m in exchange.published]
    return f"reply {'came' if exchange.reply else 'missing'}, idle {'came' if exchange.idle else 'missing'}, " \
        f"{len(kinds)} messages published, the last of them {kinds[-3:]}"


def address(connection, channel):
    port = connection[channel + "_port"]
    return f"{connection['transport']}://{connection['ip']}:{port}"
