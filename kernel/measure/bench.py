"""Time a kernel beside ipykernel, cell by cell in the same run.

usage: bench.py GOPHERWOOD_BINARY [--cells N] [--rounds N]

Prints one Markdown table. Exits 1 when a figure is not complete: when output got lost, or a
cell did not do what it should.
"""
import argparse
import statistics
import sys
import time

from live import Client, Kernel, Kernelspecs, Missing

LINES, UPDATES = 10_000, 1_000

GO = {
    "setup": 'import ("fmt"; "github.com/gophertrees/gopherwood/kernel")',
    "sum": "1+1",
    "lines": f"for i := 0; i < {LINES}; i++ {{ fmt.Println(i) }}",
    "updates": 'bar := kernel.Display(kernel.HTML("<b>begin</b>"))\n'
    f'for i := 0; i < {UPDATES}; i++ {{ bar.Update(kernel.HTML(fmt.Sprintf("<b>%d</b>", i))) }}',
    "member": ("fmt.Pr", "Println"),
}
PYTHON = {
    "setup": "import json\nfrom IPython.display import display, HTML",
    "sum": "1+1",
    "lines": f"for i in range({LINES}): print(i)",
    "updates": 'bar = display(HTML("<b>begin</b>"), display_id=True)\n'
    f'for i in range({UPDATES}): bar.update(HTML(f"<b>{{i}}</b>"))',
    "member": ("json.du", "dumps"),
}


class Side:
    """One of the two kernels, with the client that times it."""

    def __init__(self, name, cells, kernelspec, kernelspecs=None):
        self.name, self.cells = name, cells
        self.kernelspec, self.kernelspecs = kernelspec, kernelspecs
        self.times = {}
        self.kernel = self.client = None

    def start(self):
        """Starts a new kernel and returns the seconds until it has said who it is."""
        self.close()
        self.kernel = Kernel(self.kernelspec, self.kernelspecs)
        self.client = Client(self.kernel.connection)
        exchange = self.client.send("kernel_info_request", {})
        try:
            self.client.until(exchange, lambda e: e.reply, timeout=60)
        except Missing as wrong:
            raise Missing(f"it does not start: {wrong}\n{self.kernel.last_words()}") from wrong
        return time.perf_counter() - self.kernel.begun

    def run(self, what, check):
        """Times one of the side's cells; check returns what is wrong with it."""
        begun = time.perf_counter()
        exchange = self.client.run(self.cells[what], timeout=120)
        took = time.perf_counter() - begun
        if exchange.status() != "ok":
            raise Missing(f"the cell {self.cells[what]!r} failed: {exchange.reply['content'].get('evalue')}")
        if wrong := check(exchange):
            raise Missing(wrong)
        return took

    def complete(self):
        code, member = self.cells["member"]
        begun = time.perf_counter()
        exchange = self.client.ask("complete_request", {"code": code, "cursor_pos": len(code)})
        took = time.perf_counter() - begun
        if not any(m.split(".")[-1] == member for m in exchange.reply["content"]["matches"]):
            raise Missing(f"{code!r} is not completed to {member}")
        return took

    def close(self):
        if self.kernel:
            self.client.close()
            self.kernel.close()
            self.kernel = None


def nothing(exchange):
    return None


def sum_shown(exchange):
    shown = [r["data"]["text/plain"] for r in exchange.of("execute_result")]
    return None if shown == ["2"] else f"1+1 showed {shown}"


def all_lines(exchange):
    got = exchange.text().splitlines()
    return None if got == [str(i) for i in range(LINES)] else f"{len(set(got))} of {LINES} lines arrived"


def all_updates(exchange):
    first = exchange.of("display_data")
    updates = exchange.of("update_display_data")
    names = {c.get("transient", {}).get("display_id") for c in first + updates}
    got = [c["data"].get("text/html") for c in updates]
    if len(names) != 1 or names == {None}:
        return f"the updates have the display ids {sorted(map(str, names))[:5]}, not one"
    return None if got == [f"<b>{i}</b>" for i in range(UPDATES)] else f"{len(set(got))} of {UPDATES} updates arrived"


def measure(sides, cells, rounds):
    """Fills the sides' times. Everything alternates, so that a slow moment hits both."""

    def alternate(figure, times, action):
        for i in range(times):
            for side in sides if i % 2 == 0 else reversed(sides):
                try:
                    side.times.setdefault(figure, []).append(action(side))
                except Missing as wrong:
                    raise Missing(f"{side.name}, {figure}: {wrong}") from wrong

    alternate("warm-up", 1, Side.start)
    alternate("start", rounds, Side.start)
    alternate("setup", 1, lambda s: s.run("setup", nothing))
    alternate("first cell", 1, lambda s: s.run("sum", sum_shown))
    alternate("cell", cells, lambda s: s.run("sum", sum_shown))
    alternate("lines", rounds, lambda s: s.run("lines", all_lines))
    alternate("updates", rounds, lambda s: s.run("updates", all_updates))
    alternate("first completion", 1, Side.complete)
    alternate("completion", cells // 4, Side.complete)


def p99(times):
    return sorted(times)[int(len(times) * 0.99)]


def row(figure, sides, name, statistic=statistics.median):
    """A line of the table; several times show their spread as well."""

    def shown(times):
        spread = f" ({min(times) * 1000:.1f} to {max(times) * 1000:.1f})" if 1 < len(times) < 20 else ""
        return f"{statistic(times) * 1000:.1f} ms{spread}"

    ours, theirs = (s.times[name] for s in sides)
    return f"| {figure} | {shown(ours)} | {shown(theirs)} | {statistic(ours) / statistic(theirs):.2f} |"


def table(sides, cells, rounds):
    yield "| figure | ours | ipykernel | ratio |"
    yield "|---|---|---|---|"
    yield row(f"start to the first kernel_info reply, median of {rounds}", sides, "start")
    yield row(f"`1+1` until idle, p50 of {cells}", sides, "cell")
    yield row(f"`1+1` until idle, p99 of {cells}", sides, "cell", p99)
    yield row(f"{LINES:,} lines printed by a cell, median of {rounds}", sides, "lines")
    yield row(f"{UPDATES:,} updates of one display, median of {rounds}", sides, "updates")
    yield row("completion of a package's member, the first", sides, "first completion")
    yield row(f"completion of a package's member, p50 of {cells // 4}", sides, "completion")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", metavar="GOPHERWOOD_BINARY")
    parser.add_argument("--cells", type=int, default=400, help="round trips of 1+1, at least 200")
    parser.add_argument("--rounds", type=int, default=7, help="repetitions of what takes long")
    options = parser.parse_args()
    if options.cells < 200 or options.rounds < 1:
        parser.error("p99 needs at least 200 cells, and a median at least one round")
    specs = Kernelspecs(options.binary)
    sides = [Side("ours", GO, "gopherwood", specs), Side("ipykernel", PYTHON, "python3")]
    try:
        measure(sides, options.cells, options.rounds)
        print("\n".join(table(sides, options.cells, options.rounds)))
        return 0
    except Missing as wrong:
        print(f"not complete: {wrong}", file=sys.stderr)
        return 1
    finally:
        for side in sides:
            side.close()
        specs.close()


if __name__ == "__main__":
    sys.exit(main())
