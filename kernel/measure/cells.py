"""Steps of a soak: what people run in cells, each checked for what it must print or show."""
import json
import uuid

from world import expect


def prints(world, chance):
    lines, width = chance.choice([(1, 10), (40, 60), (2000, 20), (300, 2000)])
    text = "λ" * width
    exchange = world.run(f'for i := 0; i < {lines}; i++ {{ fmt.Println(i, "{text}") }}')
    got = exchange.text().splitlines()
    expect(got == [f"{i} {text}" for i in range(lines)], f"{len(got)} of {lines} lines arrived")


def prints_on_both_streams(world, chance):
    exchange = world.run('fmt.Println("out"); fmt.Fprintln(os.Stderr, "err"); println("builtin")')
    expect("out\n" in exchange.text(), f"stdout had {exchange.text()!r}")
    expect("err\n" in exchange.text("stderr"), f"stderr had {exchange.text('stderr')!r}")


def displays(world, chance):
    count, size = chance.randint(1, 30), chance.choice([10, 1000, 100_000])
    exchange = world.run(f"""shown := kernel.Display(kernel.Markdown("begin"))
for i := 0; i < {count}; i++ {{ shown.Update(kernel.HTML(fmt.Sprint(i, strings.Repeat("x", {size})))) }}
kernel.HTML("<b>end</b>")""")
    got = [c["data"]["text/html"] for c in exchange.of("update_display_data")]
    expect(got == [f"{i} " + "x" * size for i in range(count)] or got == [str(i) + "x" * size for i in range(count)],
           f"{len(got)} of {count} updates arrived")
    expect(len(exchange.of("execute_result")) == 1, "the cell's value was not shown")


def values(world, chance):
    a, b = chance.randint(1, 10**6), chance.randint(1, 10**6)
    shown = world.run(f"{a} * {b}").of("execute_result")[0]["data"]["text/plain"]
    expect(shown == str(a * b), f"{a} * {b} showed {shown}")
    asked = world.run("var unseen = 1", silent=True, user_expressions={"k": "kept", "bad": "no_such_name"})
    got = asked.reply["content"]["user_expressions"]
    expect(got["k"]["data"]["text/plain"] == str(world.kept) and got["bad"]["status"] == "error", f"user_expressions {got}")


def state(world, chance):
    """The variables, closures and maps of the first cell are still what they were."""
    world.kept += 1
    shown = world.run("kept++\n[]any{kept, early(), forever[1]}").of("execute_result")[0]["data"]["text/plain"]
    expect(str(world.kept) in shown and "one" in shown, f"the session holds {shown}, not {world.kept}")


def compile_errors(world, chance):
    world.fail(chance.choice(["undefinedName + 1", 'var x int = "text"', "for {", "import = 7q", "func (", 'import "no/such"',
        "x := 1; x := 2; y :=", "return }", "\x00\x01\x02", "`", "type T struct { T }"]))


def failures(world, chance):
    """Cells whose last value is an error, or that end the process."""
    exchange = world.fail(chance.choice(['os.Remove("/no/such/file")', "os.Exit(3)", 'os.Open("/no/such/file")']))
    expect(exchange.reply["content"]["evalue"], "an error without words")


def panics(world, chance):
    world.fail(chance.choice(['panic("boom")', "var none map[string]int; none[\"a\"] = 1", "var list []int; list[len(list)]",
        "var p *struct{ X int }; p.X", 'func() { defer func() { panic("again") }(); panic(errors.New("first")) }()',
        "zero := 0; 1 / zero", 'var v any = "text"; v.(int)', "close((chan int)(nil))", "runtime.Goexit()",
        "func deep(n int) int { return deep(n+1) + 1 }; deep(0)"]))


def goroutines(world, chance):
    count = chance.randint(2, 50)
    exchange = world.run(f"""{{
	var all sync.WaitGroup
	var lock sync.Mutex
	sum := 0
	for i := 0; i < {count}; i++ {{
		all.Add(1)
		go func() {{ defer all.Done(); lock.Lock(); defer lock.Unlock(); sum += i }}()
	}}
	all.Wait()
	fmt.Print(sum)
}}""")
    expect(exchange.text() == str(sum(range(count))), f"goroutines summed up to {exchange.text()}")


def late_output(world, chance):
    exchange = world.run('go func() { time.Sleep(100 * time.Millisecond); fmt.Println("late") }()')
    world.client.until(exchange, lambda e: "late" in e.text(), 5)


def panicking_goroutine(world, chance):
    if chance.random() < 0.5:
        world.fail('go func() { panic("in a goroutine") }(); time.Sleep(time.Second)')
        return
    exchange = world.run('go func() { time.Sleep(50 * time.Millisecond); panic("after the cell") }()')
    world.client.until(exchange, lambda e: "after the cell" in e.text("stderr"), 5)


def closures(world, chance):
    step = chance.randint(1, 9)
    world.run(f"""counter := func() func() int {{ n := 0; return func() int {{ n += {step}; return n }} }}()
ordered := []int{{3, 1, 2}}
sort.Slice(ordered, func(i, j int) bool {{ return ordered[i] < ordered[j] }})""")
    shown = world.run("fmt.Sprint(counter(), counter(), ordered)").of("execute_result")[0]["data"]["text/plain"]
    expect(f"{step} {2 * step} [1 2 3]" in shown, f"the closure of the cell before counted {shown}")


def redefinitions(world, chance):
    """The same names again, with other types."""
    field, number = f"F{chance.randint(0, 20)}", chance.randint(0, 99)
    world.run(f"type Point struct {{ {field} int }}\nfunc (p Point) Get() int {{ return p.{field} }}\n"
              f"func twice[T any](t T) []T {{ return []T{{t, t}} }}\nvar point = Point{{{number}}}")
    shown = world.run("fmt.Sprint(point.Get(), len(twice(point)))").of("execute_result")[0]["data"]["text/plain"]
    expect(f"{number} 2" in shown, f"the redefined type gave {shown}")


def allocations(world, chance):
    """Some tens of MB, dropped in the ways in which people drop them."""
    size = chance.randint(20, 60)
    code = f"make([]byte, {size} << 20)"
    touch = "for i := 0; i < len(block); i += 1 << 14 { block[i] = 1 }"
    world.run(chance.choice([
        f"func() {{ block := {code}; {touch} }}()",
        f"{{ block := {code}; {touch} }}",
        f"block := {code}; {touch}; block = nil",
        "again := make([]byte, 1 << 20)",  # the name's last value should go: small, in case it does not
        "words := map[int]string{}; for i := 0; i < 20000; i++ { words[i] = strings.Repeat(\"w\", 500) }; words = nil",
    ]))


def queue(world, chance):
    """Cells behind one that fails do not run; the next that is sent does."""
    sent = [world.execute(c) for c in ('time.Sleep(200 * time.Millisecond); panic("stop")', "kept = -1", "kept = -1")]
    ended = [world.client.wait(e, 30).status() for e in sent]
    expect(ended[0] == "error" and "ok" not in ended, f"after an error the queue ended with {ended}")
    state(world, chance)


def big_result(world, chance):
    size = chance.randint(1, 4) << 20
    exchange = world.run(f'fmt.Print(strings.Repeat("y", {size}))')
    expect(len(exchange.text()) == size, f"{len(exchange.text())} of {size} bytes arrived")


def comms(world, chance):
    """Comms that the kernel does not know are closed at once."""
    name = uuid.UUID(int=chance.getrandbits(128)).hex
    exchange = world.client.send("comm_open", {"comm_id": name, "target_name": "no-such-target", "data": {"a": json.dumps("b")}})
    world.client.until(exchange, lambda e: any(c["comm_id"] == name for c in e.of("comm_close")), 10)
    world.client.send("comm_msg", {"comm_id": name, "data": {}})
    world.client.send("comm_close", {"comm_id": name, "data": {}})
    known = world.client.ask("comm_info_request", {}).reply["content"]["comms"]
    expect(name not in known, "a comm that was closed is still known")


STEPS = {prints: 6, prints_on_both_streams: 2, displays: 4, values: 6, state: 6, compile_errors: 5, failures: 2, panics: 4,
         goroutines: 4, late_output: 1, panicking_goroutine: 1, closures: 5, redefinitions: 4, allocations: 3, queue: 2,
         big_result: 1, comms: 3}
