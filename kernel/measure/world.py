"""What the steps of a soak share: the kernel, the front end of its person, and strangers."""
import time

from live import Client, Kernel, Missing

# Cells that every later step relies on: what the session must never lose.
FOUNDATION = '''import ("fmt"; "os"; "time"; "sync"; "strings"; "errors"; "sort"; "runtime"; "runtime/debug"
	"github.com/gophertrees/gopherwood/kernel")
kept := 0
early := func() int { return kept }
forever := map[int]string{1: "one"}'''

# What a collection leaves: the garbage that Go has not yet returned is no leak.
ACCOUNT = '''{
	runtime.GC(); runtime.GC(); debug.FreeOSMemory() // pools let go late
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	fmt.Println(memory.HeapAlloc, runtime.NumGoroutine())
}'''

STALLED_AT_MOST = 3
HELD_AT_MOST = 8
IDLE_TIME = 1.0  # seconds in which a kernel without work is watched
IDLE_LIMIT = 0.5  # of one core, in which something runs that should have ended
PATIENCE = 10  # seconds that the kernel may take to say that it lives


def expect(condition, otherwise):
    if not condition:
        raise Missing(otherwise)


class World:
    """One kernel with its person; every step gets it, and a source of chance."""

    def __init__(self, kernelspecs, chance):
        self.kernelspecs, self.chance = kernelspecs, chance
        self.kernel = Kernel("gopherwood", kernelspecs)
        self.client = Client(self.kernel.connection).ready(30)
        self.cells = 0
        self.kept = 0  # what the session's variable of this name must hold
        self.strangers = []  # stalled subscribers
        self.sockets = []  # connections that say nothing any more
        self.run(FOUNDATION)

    def execute(self, code, **options):
        self.cells += 1
        return self.client.execute(code, **options)

    def run(self, code, timeout=60, **options):
        """Runs a cell that must succeed."""
        exchange = self.client.wait(self.execute(code, **options), timeout)
        content = exchange.reply["content"]
        expect(exchange.status() == "ok", f"a cell failed: {content.get('ename')}: {content.get('evalue')}\n{code}")
        return exchange

    def fail(self, code, name=None, timeout=60):
        """Runs a cell that must fail, and say so twice in the same words."""
        exchange = self.client.wait(self.execute(code), timeout)
        content = exchange.reply["content"]
        expect(exchange.status() == "error", f"a cell ended with {exchange.status()!r}, not with an error:\n{code}")
        expect(name is None or content["ename"] == name, f"a cell failed with {content['ename']!r}, not {name!r}:\n{code}")
        published = [(e["ename"], e["evalue"]) for e in exchange.of("error")]
        expect(published == [(content["ename"], content["evalue"])], f"the reply and what is published differ: {published}")
        return exchange

    def begin(self, code):
        """Sends a cell and waits until it runs."""
        exchange = self.execute(code)
        return self.client.until(exchange, lambda e: e.of("execute_input"), PATIENCE)

    def interrupt(self):
        reply = self.client.ask("interrupt_request", {}, PATIENCE, channel="control")
        expect(reply.status() == "ok", "the interrupt was refused")

    def answers(self):
        """Whether the kernel lives: it says who it is, on both channels."""
        for channel in ("shell", "control"):
            reply = self.client.ask("kernel_info_request", {}, PATIENCE, channel)
            expect(reply.status() == "ok", f"kernel_info on {channel} has failed")

    def recover(self):
        """Ends what a failed step has left running, so that the next can be judged by itself."""
        self.interrupt()
        self.client.run(f"kept = {self.kept}", PATIENCE)

    def reconnect(self):
        """The person's front end leaves without a word, and comes back."""
        self.client.close()
        self.client = Client(self.kernel.connection).ready(PATIENCE)

    def stall(self, client):
        self.strangers.append(client)
        if len(self.strangers) > STALLED_AT_MOST:
            self.strangers.pop(self.chance.randrange(len(self.strangers))).close()

    def hold(self, socket):
        self.sockets.append(socket)
        if len(self.sockets) > HELD_AT_MOST:
            self.sockets.pop(self.chance.randrange(len(self.sockets))).close()

    def account(self):
        """What the kernel holds: resident memory before and after a collection, and more."""
        before = self.kernel.resident()
        for stranger in self.strangers:  # what waits for them is rightly kept
            stranger.close()
        self.strangers.clear()
        self.run("1")  # what is published tells the kernel that they have gone
        heap, goroutines = map(int, self.run(ACCOUNT).text().split())
        time.sleep(0.2)
        worked = self.kernel.worked()
        time.sleep(IDLE_TIME)
        return {"resident": before, "collected": self.kernel.resident(), "heap": heap, "goroutines": goroutines,
                "idle": (self.kernel.worked() - worked) / IDLE_TIME, "threads": self.kernel.process.num_threads(), "files": self.kernel.process.num_fds()}

    def close(self):
        for thing in self.strangers + self.sockets + [self.client, self.kernel]:
            thing.close()
