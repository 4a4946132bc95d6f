"""Let a kernel do a long day's work in minutes, among clients of every kind.

usage: soak.py GOPHERWOOD_BINARY [--minutes N] [--seed S]

The steps are chosen by chance: cells that print, display, fail, allocate and redefine;
interrupts; questions while a cell runs; clients that vanish, stall, or send what is malformed.
After each step the kernel must say within 10 s that it lives, else the program exits 1 at once.
Each minute prints the kernel's memory, and what it does when it has nothing to do: that must
be less than half a core. Exits 1 as well when a step failed, or when the memory after the last
minute exceeds that after the first by more than 20 %.
"""
import argparse
import collections
import random
import sys
import time

import cells
import frontend
import strangers
from live import Kernelspecs, Missing
from world import IDLE_LIMIT, World

GROWTH = 1.20
STEPS = cells.STEPS | frontend.STEPS | strangers.STEPS


class Dead(Exception):
    """The kernel no longer answers."""


class Soak:
    """The run: what has passed and failed, and the account of each minute."""

    def __init__(self, world, chance, minutes):
        self.world, self.chance, self.minutes = world, chance, minutes
        self.passed = self.failed = 0
        self.spent = collections.Counter()
        self.slowest = collections.Counter()
        self.accounts = []
        self.begun = time.monotonic()

    def step(self, number):
        name = self.chance.choices(list(STEPS), list(STEPS.values()))[0]
        seed = self.chance.getrandbits(64)  # a step's own, so that its length changes no later one
        begun = time.monotonic()
        try:
            name(self.world, random.Random(seed))
            self.passed += 1
        except Exception as wrong:  # also what a kernel's answer has made go wrong in here
            self.failed += 1
            print(f"step {number} ({name.__name__}, seed {seed}) failed: {type(wrong).__name__}: {wrong}", flush=True)
            self.judge(number, name, seed, self.world.recover)
        self.spent[name.__name__] += time.monotonic() - begun
        self.slowest[name.__name__] = max(self.slowest[name.__name__], time.monotonic() - begun)
        self.judge(number, name, seed, self.world.answers)

    def judge(self, number, name, seed, question):
        try:
            question()
        except Exception as wrong:
            state = "runs" if self.world.kernel.alive() else "has ended"
            raise Dead(f"after step {number} ({name.__name__}, seed {seed}) the kernel does not answer; its process "
                       f"{state}: {wrong}\n{self.world.kernel.last_words()}") from wrong

    def account(self, number):
        account = self.world.account()
        self.accounts.append(account)
        mega = {k: f"{account[k] / 2**20:.0f}" for k in ("resident", "collected", "heap")}
        print(f"minute {len(self.accounts):2}: {number} steps, {self.world.cells} cells, resident {mega['resident']} MB, "
              f"after a collection {mega['collected']} MB, heap {mega['heap']} MB, {account['goroutines']} goroutines, "
              f"{account['threads']} threads, {account['files']} files, {100 * account['idle']:.0f} % of a core when idle", flush=True)
        if account["idle"] > IDLE_LIMIT:
            self.failed += 1
            print(f"minute {len(self.accounts)} failed: nothing was asked of the kernel, and it worked", flush=True)

    def run(self):
        number = 0
        while len(self.accounts) < self.minutes:
            number += 1
            self.step(number)
            if time.monotonic() - self.begun >= 60 * (len(self.accounts) + 1):
                self.account(number)

    def grown(self):
        """Says how the memory has grown, and whether too much."""
        first, last = self.accounts[0]["collected"], self.accounts[-1]["collected"]
        too_much = last > first * GROWTH
        print(f"memory: {first / 2**20:.0f} MB after the first minute, {last / 2**20:.0f} MB after the last, "
              f"{100 * (last / first - 1):+.0f} %" + (", more than 20 %" if too_much else ""))
        return too_much


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", metavar="GOPHERWOOD_BINARY")
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.minutes < 2:
        parser.error("memory is compared between minutes: at least 2")
    specs, world = Kernelspecs(options.binary), None
    try:
        chance = random.Random(options.seed)
        world = World(specs, chance)
        soak = Soak(world, chance, options.minutes)
        bad = False
        try:
            soak.run()
            bad = soak.grown()
        except Dead as end:
            soak.failed += 1
            print(end)
        for what, times in (("slowest steps", soak.slowest), ("most time", soak.spent)):
            print(f"{what}: " + ", ".join(f"{n} {s:.1f} s" for n, s in times.most_common(5)))
        print(f"{soak.passed} passed, {soak.failed} failed")
        return 1 if bad or soak.failed else 0
    finally:
        if world:
            world.close()
        specs.close()


if __name__ == "__main__":
    sys.exit(main())
