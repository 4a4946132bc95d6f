"""Run cells in installed kernels and check what they show.

usage: check.py FOLDER KERNEL...

The cells of KERNEL are CELLS of KERNEL/cells.py; they run in FOLDER. KERNEL:unbuilt is a kernel
that could not be built, and counts as a failure.
"""
import importlib.util
import pathlib
import re
import struct
import sys
import zlib

import pngimage
import session

HERE = pathlib.Path(__file__).parent


def cells_of(kernel):
    spec = importlib.util.spec_from_file_location(f"{kernel}_cells", HERE / kernel / "cells.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.CELLS


def wrong_png(text):
    """What is wrong with a base64 PNG, or None."""
    try:
        width, height = pngimage.size(text)
    except (ValueError, KeyError, struct.error, zlib.error) as error:
        return f"PNG: {error}"
    return None if width >= 200 and height >= 100 else f"PNG of {width} × {height}"


def problems(shown, want):
    """Yields the name of each check of a cell, with what is wrong or None."""
    texts = {
        "html": shown.mime("text/html"), "text": shown.mime("text/plain"),
        "stream": shown.streams, "error": shown.errors,
    }
    for where in texts:
        for part in want.get(where, []):
            found = part in texts[where]
            yield f"{where} has {part!r}", None if found else f"{where} = {texts[where][:600]!r}"
        for part in want.get(f"no_{where}", []):
            yield f"{where} is without {part!r}", f"{where} = {texts[where][:600]!r}" if part in texts[where] else None
    if want.get("png"):
        yield "image/png", wrong_png(shown.mime("image/png"))
    if want.get("html_png"):
        image = re.search(r'<img [^>]*src="data:image/png;base64,([^"]+)"', texts["html"])
        yield "picture in the HTML", wrong_png(image[1]) if image else f"html = {texts['html'][:600]!r}"
    if "error" not in want:
        yield "no error", shown.errors or None


def check(kernel, folder):
    """Runs the cells of a kernel; returns how many checks passed and failed."""
    passed = failed = 0
    running = session.Session(kernel, folder)
    try:
        for name, code, want in cells_of(kernel):
            for what, problem in problems(running.run(code), want):
                passed, failed = passed + (problem is None), failed + (problem is not None)
                mark = "ok  " if problem is None else "FAIL"
                print(f"{mark} {kernel}: {name}: {what}" + (f"\n     {problem}" if problem else ""))
    finally:
        running.stop()
    return passed, failed


def main(folder, kernels):
    passed = failed = 0
    for kernel in kernels:
        try:
            if kernel.endswith(":unbuilt"):
                raise RuntimeError("it could not be built")
            some, others = check(kernel, folder)
            passed, failed = passed + some, failed + others
        except (RuntimeError, TimeoutError) as error:
            failed += 1
            print(f"FAIL {kernel.removesuffix(':unbuilt')}: {error}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
