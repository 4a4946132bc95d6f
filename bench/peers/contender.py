"""What every peer shares: the talk with the driver.

A peer is a module with VERSION and two functions, memory(path, out) and parquet(path, out), that return its
formulations (names and what each runs, from columns in memory or from file to file) and what writes the
parents that a result tells. The driver (bench/cmd/compare) starts

    python contender.py PEER CASE LOG OUT [FORM]

which loads the log, prints {"ready": ...} and then obeys lines on standard input:

    check ANSWERS   try every formulation, tell its best seconds and write its parents to ANSWERS.0, ANSWERS.1, …
    run             run the formulation FORM once and print its seconds
"""
import importlib
import json
import sys
import time


def timed(run):
    clock, processor = time.perf_counter(), time.process_time()
    result = run()
    return result, time.perf_counter() - clock, time.process_time() - processor


TRIES, LONG = 3, 5  # a formulation is tried so often, but not again after so many seconds


def check(forms, answer, answers):
    """Try each formulation and write the parents that it gives; the driver says which are right."""
    seconds, failures = {}, {}
    for i, (name, run) in enumerate(forms.items()):
        try:
            result, took, _ = timed(run)
            answer(result, f"{answers}.{i}")
            del result
            for _ in range(TRIES - 1):
                if took < LONG:
                    took = min(took, timed(run)[1])
            seconds[name] = took
        except Exception as e:  # a formulation that a library refuses is told, and the others go on
            failures[name] = f"{type(e).__name__}: {e}"[:300]
    return {"took": seconds, "failures": failures}


def say(**fact):
    print(json.dumps(fact), flush=True)


def forget_peak():
    """From here on, the peak of this process's memory is that of the run."""
    try:
        with open("/proc/self/clear_refs", "w") as f:
            f.write("5")
    except OSError:
        pass


def peak():
    with open("/proc/self/status") as f:
        return next(int(line.split()[1]) * 1024 for line in f if line.startswith("VmHWM"))


def main(peer, case, path, out, form=None):
    module = importlib.import_module(peer)
    forms, answer = getattr(module, case)(path, out)
    forget_peak()
    say(ready=True, version=module.VERSION, forms=list(forms))
    for line in sys.stdin:
        command, *rest = line.split(maxsplit=1)
        if command == "check":
            say(**check(forms, answer, rest[0].strip()))
        elif command == "run":
            result, seconds, processor = timed(forms[form])
            del result
            say(seconds=seconds, processor=processor, peak=peak())


if __name__ == "__main__":
    main(*sys.argv[1:])
