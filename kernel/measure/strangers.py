"""Steps of a soak: clients that leave, stall, or send what no client should."""
import json
import socket
import struct

import zmq

from live import CHANNELS, DELIMITER, Client, Missing, address
from world import PATIENCE, expect

GREETING = b"\xff" + b"\0" * 7 + b"\x01\x7f" + b"\x03\0" + b"NULL" + b"\0" * 16 + b"\0" * 32


def reconnects(world, chance):
    """The front end goes away, idle or in the middle of a cell, and another one comes."""
    if chance.random() < 0.5:
        world.execute('for i := 0; i < 300; i++ { fmt.Println("to nobody", i); time.Sleep(time.Millisecond) }')
        world.client.read(chance.choice([0, 0.1]))
    world.reconnect()
    world.run('fmt.Print("back")')


def vanishes(world, chance):
    """A second client asks for much and does not wait for it."""
    guest = Client(world.kernel.connection)
    for _ in range(chance.randint(1, 5)):
        guest.send(*chance.choice([("kernel_info_request", {}), ("complete_request", {"code": "fmt.", "cursor_pos": 4}),
            ("execute_request", {"code": 'fmt.Println(strings.Repeat("z", 100000))', "silent": False}),
            ("comm_open", {"comm_id": "gone", "target_name": "none", "data": {}})]))
    if chance.random() < 0.5:
        guest.ready(PATIENCE).ask("kernel_info_request", {}, PATIENCE)
    guest.close()
    world.run("kept")


def stalls(world, chance):
    """A subscriber that reads nothing holds up nobody."""
    world.stall(Stalled(world.kernel.connection))
    exchange = world.run('for i := 0; i < 100; i++ { fmt.Println(strings.Repeat("s", 10000)) }', timeout=60)
    expect(len(exchange.text()) == 1_000_100, f"beside a stalled subscriber {len(exchange.text())} bytes arrived")


class Stalled:
    """A peer of IOPub with the smallest of buffers, which it leaves full."""

    def __init__(self, connection, subscribes=True):
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self.socket.settimeout(PATIENCE)
        self.socket.connect((connection["ip"], connection["iopub_port"]))
        ready = b"\x05READY" + b"\x0bSocket-Type" + struct.pack(">I", 3) + b"SUB"
        self.socket.sendall(GREETING)
        expect(self.socket.recv(64, socket.MSG_WAITALL)[:1] == b"\xff", "a peer of IOPub is not greeted")
        self.socket.sendall(b"\x04" + bytes([len(ready)]) + ready + (b"\x00\x01\x01" if subscribes else b""))
        flag, length = self.socket.recv(2, socket.MSG_WAITALL)
        expect(flag == 4 and self.socket.recv(length, socket.MSG_WAITALL)[:6] == b"\x05READY", "the handshake is not answered")

    def close(self):
        self.socket.close()


def raw_connections(world, chance):
    """Connections that speak another language, or stop in the middle of a sentence."""
    port = world.kernel.connection[chance.choice(CHANNELS) + "_port"]
    said = chance.choice([b"", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" + b"A" * 200, chance.randbytes(chance.randint(1, 4000)),
        GREETING[: chance.randint(1, 63)], GREETING + b"\x02" + struct.pack(">Q", 1 << 62), GREETING + b"\x06" + b"\xff" * 8,
        GREETING + b"\x04\x05\x05READ", GREETING + b"\x00\x01\x01", b"\xff" * 4096])
    peer = socket.create_connection((world.kernel.connection["ip"], port), timeout=PATIENCE)
    try:
        peer.sendall(said)
    except OSError:
        pass  # hung up on already
    world.hold(peer) if chance.random() < 0.3 else peer.close()


# Contents that are well signed and wrong.
REQUESTS = [
    ("execute_request", {}), ("execute_request", {"code": 5, "silent": "x", "store_history": 3, "user_expressions": [], "allow_stdin": 1}),
    ("execute_request", {"code": None}), ("complete_request", {"code": "fm", "cursor_pos": 9999}),
    ("complete_request", {"code": "fm", "cursor_pos": -5}), ("complete_request", {"code": "fm", "cursor_pos": 1e300}),
    ("complete_request", {"cursor_pos": "two"}), ("inspect_request", {"code": "fmt", "cursor_pos": 2**63, "detail_level": "high"}),
    ("inspect_request", {"code": ["fmt"]}), ("is_complete_request", {"code": {}}), ("history_request", {"hist_access_type": "range"}),
    ("history_request", {"hist_access_type": "tail", "n": -1}), ("history_request", {"hist_access_type": "search", "pattern": "[", "n": 1}),
    ("comm_open", {}), ("comm_open", {"comm_id": 5, "target_name": [], "data": "x"}), ("comm_msg", {"comm_id": "nobody's", "data": None}),
    ("comm_close", {"comm_id": {"a": 1}}), ("comm_info_request", {"target_name": 7}), ("input_reply", {"value": "unasked"}),
    ("input_reply", {"value": {}}), ("frobnicate_request", {}), ("kernel_info_reply", {}), ("debug_request", {"seq": 1}),
    ("status", {"execution_state": "dead"}), ("", {}), ("create_subshell_request", {}), ("connect_request", {}),
]

# Parts that are no JSON objects, or not what JSON allows.
PARTS = [b"", b"null", b"[1,2]", b'"text"', b"{not json", b"{}{}", b"\xff\xfe", b'{"a":"\xff"}', b"[" * 100_000, b'{"a":' * 20_000,
         b'{"msg_type":5}', b'{"msg_id":"x"}', b'{"msg_type":"execute_request","msg_id":[]}', b"{" + b" " * 100_000 + b"}", b"\0", b"1e999999"]


def wrong_frames(client, chance):
    """One message as no client should send it; signed by the key in the first half of the cases."""
    kind, content = chance.choice(REQUESTS)
    header, part = client.header(kind), chance.choice(PARTS)
    parts = [json.dumps(header).encode(), b"{}", b"{}", json.dumps(content).encode()]
    signed = chance.random() < 0.5
    if not signed:
        parts[0] = json.dumps(client.header(chance.choice(["shutdown_request", "execute_request", "interrupt_request"]))).encode()
        parts[3] = b'{"restart":false,"code":"kept = -1"}'
        signature = chance.choice([b"", b"0" * 64, b"\xff" * 64, b"zz", client.sign(parts)[:-1], client.sign(parts) + b"0"])
        return [DELIMITER, signature] + parts
    shape = chance.randrange(6)
    if shape in (0, 1):
        parts[chance.randrange(4)] = part
    frames = [DELIMITER, client.sign(parts)] + parts
    if shape == 2:
        return frames + [chance.randbytes(1000)] * chance.choice([1, 500])
    if shape == 3:
        return frames[: chance.randint(0, 5)] or [b""]
    if shape == 4:
        return [b"id"] * chance.randint(1, 50) + frames + frames
    return frames


def malformed(world, chance):
    """Wrong messages on any socket are answered by an error or by nothing."""
    guest = Client(world.kernel.connection)
    up = zmq.Context.instance().socket(zmq.XSUB)
    up.linger = 0
    up.connect(address(world.kernel.connection, "iopub"))
    try:
        guest.ready(PATIENCE)
        for _ in range(chance.randint(1, 20)):
            channel, frames = chance.choice(CHANNELS), wrong_frames(guest, chance)
            (up if channel == "iopub" else guest.sockets[channel]).send_multipart(frames)
        try:
            guest.ask("kernel_info_request", {}, PATIENCE)
        except Missing:
            pass  # whoever sends what is no message may be hung up on; the person must not be
    finally:
        up.close()
        guest.close()
    shown = world.run("kept").of("execute_result")[0]["data"]["text/plain"]
    expect(shown == str(world.kept), f"a malformed message has set kept to {shown}, it was {world.kept}")


def replays(world, chance):
    """A message that is sent again, signature and all, does not run again."""
    frames = world.client.frames(world.client.header("execute_request"), {"code": "kept++"})
    for _ in range(3):
        world.client.sockets["shell"].send_multipart(frames)
    world.cells += 1
    world.kept += 1
    shown = world.run("kept").of("execute_result")[0]["data"]["text/plain"]
    expect(shown == str(world.kept), f"kept is {shown} after a replay, not {world.kept}")


STEPS = {reconnects: 3, vanishes: 3, stalls: 2, raw_connections: 3, malformed: 5, replays: 1}
