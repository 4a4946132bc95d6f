"""A kernel that runs, and what its cells show."""
import queue
import time

from jupyter_client.manager import start_new_kernel


class Shown:
    """What one cell showed: MIME bundles in their order, the text of its streams, its errors."""

    def __init__(self):
        self.bundles = []
        self.streams = ""
        self.errors = ""

    def mime(self, kind):
        """All data of one MIME type, joined; "" where there are none."""
        return "\n".join(b[kind] for b in self.bundles if kind in b)

    def take(self, message):
        kind, content = message["msg_type"], message["content"]
        if kind in ("execute_result", "display_data"):
            self.bundles.append(content["data"])
        elif kind == "stream":
            self.streams += content["text"]
        elif kind == "error":
            self.errors += content["evalue"] + "\n" + "\n".join(content["traceback"] or [])


class Session:
    """An installed kernel, started in a folder."""

    def __init__(self, kernel, folder):
        self.manager, self.client = start_new_kernel(kernel_name=kernel, startup_timeout=120, cwd=folder)

    def run(self, code, seconds=600):
        """Executes a cell and waits until the kernel is idle again."""
        request = self.client.execute(code)
        shown, deadline = Shown(), time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except queue.Empty:
                if not self.manager.is_alive():
                    raise RuntimeError("the kernel died") from None
                continue
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return shown
            shown.take(message)
        raise TimeoutError(f"the cell was not finished after {seconds} s")

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
