"""Find what a kernel keeps: repeat one kind of step, and see what is left after a collection.

usage: growth.py GOPHERWOOD_BINARY [CASE ...]

A soak tells that memory grows, this tells by what. Prints one Markdown table, a fresh kernel
for each line. Exits 1 when a repetition leaves more than 8 kB, 32 where a type is new, half a goroutine or 0.1 open files, or
when something still runs at the end.
"""
import argparse
import random
import sys

import strangers
from live import Client, Kernelspecs
from world import IDLE_LIMIT, PATIENCE, World

HEAP_LIMIT, GOROUTINE_LIMIT, FILE_LIMIT = 8 * 1024, 0.5, 0.1
TYPE_LIMIT = 32 * 1024  # of a type that never was before: reflection keeps it as long as the process lives
WARM_UP = 3
TOUCH = "for i := 0; i < len(big); i += 1 << 14 { big[i] = 1 }"


def cell(code):
    """A case that runs a cell; it may fail. # stands for the number of the repetition, @ for that modulo 20."""

    def case(world, number):
        world.client.wait(world.execute(code.replace("#", str(number)).replace("@", str(number % 20))), 60)

    return case


def interrupted(world, number):
    exchange = world.begin("for {}")
    world.interrupt()
    world.client.wait(exchange, PATIENCE)


def talking_subscriber(world, number):
    """A peer of IOPub that sends a message, where peers only subscribe."""
    guest = strangers.Stalled(world.kernel.connection, subscribes=False)
    guest.socket.sendall(b"\x00\x02hi")
    guest.close()


def reconnecting(world, number):
    Client(world.kernel.connection).ready(PATIENCE).close()


CASES = {
    "a value": (300, cell("1+1")),
    "a print": (300, cell("fmt.Println(1)")),
    "a new variable": (300, cell("v# := #")),
    "a function again": (200, cell("func f(a int) int { return a + # }\nf(1)")),
    "a closure again": (200, cell("g := func(a int) int { return a + # }\ng(1)")),
    "a type again": (100, cell("type P struct { X int }\nP{#}.X")),
    "a type with a method again": (100, cell("type P struct { X int }\nfunc (p P) Get() int { return p.X }\nP{#}.Get()")),
    "one of 20 types again": (400, cell("type P struct { F@ int }\nfunc (p P) Get() int { return p.F@ }\nP{#}.Get()")),
    "a type that never was": (100, cell("type P struct { F# int }\nfunc (p P) Get() int { return p.F# }\nP{#}.Get()"), TYPE_LIMIT),
    "40 MB in a function": (6, cell(f"func() {{ big := make([]byte, 40<<20); {TOUCH} }}()")),
    "40 MB set to nil": (6, cell(f"big := make([]byte, 40<<20); {TOUCH}; big = nil")),
    "40 MB under the same name again": (6, cell(f"big := make([]byte, 40<<20); {TOUCH}")),
    "40 MB behind the cell's value": (6, cell("make([]byte, 40<<20)[:3]")),
    "a compile error": (300, cell("undefinedName + 1")),
    "a panic": (200, cell('panic("boom")')),
    "a goroutine that ends": (200, cell('go func() { fmt.Print("x") }()')),
    "endless recursion": (5, cell("func deep(n int) int { return deep(n+1) + 1 }; deep(0)")),
    "a loop, interrupted at once": (400, interrupted),
    "a client that comes and goes": (50, reconnecting),
    "a message sent to IOPub": (50, talking_subscriber),
}


def measure(kernelspecs, name):
    """Returns a line of the table, and whether the case keeps too much."""
    times, case, *own = CASES[name]
    world = World(kernelspecs, random.Random(1))
    try:
        for number in range(WARM_UP):  # what is kept of the latest only is no growth
            case(world, number)
        world.account()
        before = world.account()
        for number in range(WARM_UP, WARM_UP + times):
            case(world, number)
        after = world.account()
    finally:
        world.close()
    heap, files, goroutines = ((after[k] - before[k]) / times for k in ("heap", "files", "goroutines"))
    bad = heap > (own or [HEAP_LIMIT])[0] or goroutines > GOROUTINE_LIMIT or files > FILE_LIMIT or after["idle"] > IDLE_LIMIT
    kept = f"{heap / 1024:.1f} kB | {goroutines:.2f} | {files:.2f} | {100 * after['idle']:.0f} %"
    return f"| {name} | {times} | {kept} | {'too much' if bad else ''} |", bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", metavar="GOPHERWOOD_BINARY")
    parser.add_argument("cases", metavar="CASE", nargs="*", help="all, when none is named: " + ", ".join(CASES))
    options = parser.parse_args()
    if unknown := set(options.cases) - set(CASES):
        parser.error(f"there is no case {unknown.pop()!r}; see --help")
    specs = Kernelspecs(options.binary)
    failed = 0
    print("| each | times | heap | goroutines | files | a core, idle | |\n|---|---|---|---|---|---|---|")
    try:
        for name in options.cases or CASES:
            line, bad = measure(specs, name)
            print(line, flush=True)
            failed += bad
    finally:
        specs.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
