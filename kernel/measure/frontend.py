"""Steps of a soak: what front ends do beside cells, also while one runs."""
import signal
import time

import zmq

from live import address
from world import PATIENCE, expect

LOOPS = ["for {}", "for { kept = kept }", "func() { for { early() } }()", "for { fmt.Sprint(1) }",
         "type Spin int; func (s Spin) On() { for {} }; Spin(1).On()", 'for { fmt.Println("spinning") }']
BLOCKS = ["time.Sleep(30 * time.Second)", "for { time.Sleep(10 * time.Millisecond) }",
          "func() { var one sync.Mutex; one.Lock(); time.AfterFunc(30*time.Second, one.Unlock); one.Lock() }()",
          "<-time.After(30 * time.Second)"]


def interrupts(world, chance):
    """An endless cell ends with an error, by message or by signal; so do those behind it."""
    exchange = world.begin(chance.choice(chance.choice([LOOPS, BLOCKS])))
    behind = [world.execute("kept = -1") for _ in range(chance.choice([0, 0, 2]))]
    time.sleep(chance.choice([0, 0.02, 0.3]))
    if behind:
        time.sleep(0.2)  # an interrupt is for the cells that have arrived
    if chance.random() < 0.5:
        world.interrupt()
    else:
        world.kernel.process.send_signal(signal.SIGINT)
    ended = [world.client.wait(e, PATIENCE).status() for e in [exchange] + behind]
    expect(ended[0] == "error" and "ok" not in ended, f"interrupted cells ended with {ended}")
    shown = world.run("fmt.Sprint(kept, early())").of("execute_result")[0]["data"]["text/plain"]
    expect(f"{world.kept} {world.kept}" in shown, f"after an interrupt the session holds {shown}, not {world.kept}")


def idle_interrupts(world, chance):
    """An interrupt with nothing to interrupt changes nothing."""
    for _ in range(chance.randint(1, 5)):
        world.interrupt()
    world.run("kept")


def side_requests(chance):
    """One of the requests that must be answered at any time, and what its reply must hold."""
    code, member = chance.choice([("fmt.Pr", "Println"), ("strings.ToU", "ToUpper"), ("kep", "kept"), ("time.Now().Yea", "Year"),
        ("import \"fm", "fmt"), ("for i := range forever { early", "early")])
    broken = chance.choice(["fmt.Println(((", "type T struct {", "𐐷𐐷 := fmt.", "\"", "func f() { for { if", "a.b.c.d.", ""])
    return chance.choice([
        ("complete_request", {"code": code, "cursor_pos": len(code)},
         lambda c: any(m.split(".")[-1] == member for m in c["matches"])),
        ("complete_request", {"code": broken, "cursor_pos": len(broken)}, lambda c: isinstance(c["matches"], list)),
        ("inspect_request", {"code": "fmt.Println", "cursor_pos": 8, "detail_level": chance.randint(0, 1)},
         lambda c: c["found"] and "Println" in c["data"]["text/plain"]),
        ("inspect_request", {"code": broken, "cursor_pos": len(broken) // 2, "detail_level": 0}, lambda c: "found" in c),
        ("is_complete_request", {"code": "for {"}, lambda c: c["status"] == "incomplete"),
        ("history_request", {"hist_access_type": "tail", "n": 5, "output": False, "raw": True}, lambda c: len(c["history"]) <= 5),
        ("history_request", {"hist_access_type": "search", "pattern": "*kept*", "n": 3, "output": True, "raw": True},
         lambda c: len(c["history"]) <= 3),
        ("comm_info_request", {}, lambda c: c["comms"] == {}),
        ("kernel_info_request", {}, lambda c: c["protocol_version"].startswith("5.")),
    ])


def ask(world, chance):
    kind, content, right = side_requests(chance)
    got = world.client.ask(kind, content, PATIENCE).reply["content"]
    expect(right(got), f"{kind} {content} was answered by {str(got)[:300]}")


def questions(world, chance):
    for _ in range(chance.randint(1, 6)):
        ask(world, chance)


def questions_while_busy(world, chance):
    exchange = world.begin(chance.choice(['for { fmt.Print(""); time.Sleep(time.Millisecond) }', "for {}"]))
    for _ in range(chance.randint(1, 4)):
        ask(world, chance)
    expect(exchange.reply is None, "an endless cell has ended")
    world.interrupt()
    expect(world.client.wait(exchange, PATIENCE).status() == "error", "an interrupted cell has not failed")


def heartbeats(world, chance):
    with zmq.Context.instance().socket(zmq.REQ) as heart:
        heart.linger = 0
        heart.connect(address(world.kernel.connection, "hb"))
        for i in range(3):
            heart.send(b"beat%d" % i)
            expect(heart.poll(5000) and heart.recv() == b"beat%d" % i, "the heart does not beat")


def pages(world, chance):
    payload = world.run("fmt.Println?").reply["content"]["payload"]
    expect(payload and "Println" in payload[0]["data"]["text/plain"], f"a question for help gave {payload}")


STEPS = {interrupts: 5, idle_interrupts: 1, questions: 6, questions_while_busy: 4, heartbeats: 1, pages: 1}
