"""What jupyter_kernel_test leaves out: questions, interrupts, comms and subshells."""

import queue
import time
import unittest

import jupyter_client

IMPORTS = 'import ("fmt"; "time"; "github.com/gophertrees/gopherwood/kernel"; "github.com/gophertrees/gopherwood/kernel/widget")'


class Beyond(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.km, cls.kc = jupyter_client.manager.start_new_kernel(kernel_name="gopherwood-test")
        cls.kc.execute_interactive(IMPORTS, timeout=60, output_hook=lambda message: None)

    @classmethod
    def tearDownClass(cls):
        cls.kc.stop_channels()
        cls.km.shutdown_kernel(now=True)

    def tell(self, channel, kind, content, buffers=(), **header):
        message = self.kc.session.msg(kind, content)
        message["header"].update(header)
        channel.socket.send_multipart(
            self.kc.session.serialize(message) + [bytes(b) for b in buffers]
        )
        return message["header"]["msg_id"]

    def output(self, request, timeout=20):
        """The messages of one request up to its idle, by type."""
        messages = []
        while True:
            m = self.kc.get_iopub_msg(timeout=timeout)
            if m["parent_header"].get("msg_id") != request:
                continue
            if m["msg_type"] == "status":
                if m["content"]["execution_state"] == "idle":
                    return messages
                continue
            messages.append(m)

    def run_cell(self, code, **options):
        messages = self.output(self.kc.execute(code, **options))
        errors = [m["content"]["evalue"] for m in messages if m["msg_type"] == "error"]
        return messages, errors

    def reply(self, get, request):
        while True:
            m = get(timeout=20)
            if m["parent_header"].get("msg_id") == request:
                return m["content"]

    def test_input(self):
        for function, hidden in (("Input", False), ("Password", True)):
            request = self.kc.execute(f'kernel.{function}("name? ")', allow_stdin=True)
            question = self.kc.get_stdin_msg(timeout=20)
            self.assertEqual(question["content"], {"prompt": "name? ", "password": hidden})
            self.assertEqual(question["parent_header"]["msg_id"], request)
            self.kc.input("Ada")
            self.assertEqual(self.output(request)[-1]["content"]["data"]["text/plain"], "Ada")

    def test_input_not_allowed(self):
        _, errors = self.run_cell('kernel.Input("name? ")', allow_stdin=False)
        self.assertIn("does not allow input", errors[0])

    def test_interrupt_while_asking(self):
        request = self.kc.execute('kernel.Input("name? ")', allow_stdin=True)
        self.kc.get_stdin_msg(timeout=20)
        self.km.interrupt_kernel()
        self.assertEqual(self.output(request)[-1]["msg_type"], "error")
        self.assertEqual(self.run_cell("1")[1], [])

    def test_widget(self):
        messages, errors = self.run_cell(
            'w, err := widget.New(widget.Model{ESM: "export default {}", State: map[string]any{"n": 1, "blob": []byte{1, 2}}})\n'
            'w.OnChange("n", func(v any) { w.Set("blob", []byte(fmt.Sprint(v))) })\n'
            "w"
        )
        self.assertEqual(errors, [])
        self.assertEqual([m["msg_type"] for m in messages][-2:], ["comm_open", "execute_result"])
        opened, shown = messages[-2], messages[-1]
        model = opened["content"]["comm_id"]
        self.assertEqual(opened["metadata"]["version"], "2.1.0")
        self.assertEqual([bytes(b) for b in opened["buffers"]], [b"\x01\x02"])
        view = shown["content"]["data"]["application/vnd.jupyter.widget-view+json"]
        self.assertEqual(view["model_id"], model)

        cell = self.kc.execute("time.Sleep(2 * time.Second)")
        time.sleep(0.5)
        began = time.time()
        data = {"method": "update", "state": {"n": 7}, "buffer_paths": []}
        request = self.tell(self.kc.shell_channel, "comm_msg", {"comm_id": model, "data": data})
        echo, change = self.output(request)
        self.assertLess(time.time() - began, 1, "the widget waited for the cell")
        self.assertEqual(echo["content"]["data"]["method"], "echo_update")
        self.assertEqual(change["content"]["data"]["buffer_paths"], [["blob"]])
        self.assertEqual([bytes(b) for b in change["buffers"]], [b"7"])
        self.output(cell)

        listed = self.tell(self.kc.shell_channel, "comm_info_request", {"target_name": "jupyter.widget"})
        comms = self.reply(self.kc.get_shell_msg, listed)["comms"]
        self.assertEqual(comms, {model: {"target_name": "jupyter.widget"}})

    def test_subshell(self):
        info = self.reply(self.kc.get_shell_msg, self.kc.kernel_info())
        self.assertIn("kernel subshells", info["supported_features"])
        control = self.kc.control_channel
        created = self.reply(self.kc.get_control_msg, self.tell(control, "create_subshell_request", {}))
        subshell = created["subshell_id"]
        cell = self.kc.execute("time.Sleep(2 * time.Second)")
        time.sleep(0.5)
        request = {"code": "fmt.Printl", "cursor_pos": 10}
        asked = self.tell(self.kc.shell_channel, "complete_request", request, subshell_id=subshell)
        self.assertIn("Println", self.reply(self.kc.get_shell_msg, asked)["matches"])
        with self.assertRaises(queue.Empty):
            self.kc.get_shell_msg(timeout=0.1)  # the cell still runs
        self.output(cell)
        deleted = self.tell(control, "delete_subshell_request", {"subshell_id": subshell})
        self.assertEqual(self.reply(self.kc.get_control_msg, deleted), {"status": "ok"})
        listed = self.tell(control, "list_subshell_request", {})
        self.assertEqual(self.reply(self.kc.get_control_msg, listed)["subshell_id"], [])

    def test_shutdown(self):
        manager, client = jupyter_client.manager.start_new_kernel(kernel_name="gopherwood-test")
        client.execute("for { }")
        time.sleep(0.3)
        began = time.time()
        manager.shutdown_kernel()
        client.stop_channels()
        self.assertLess(time.time() - began, 3, "a running cell held up the end")
