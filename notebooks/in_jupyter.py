"""Execute a notebook in real Jupyter and compare its outputs with an executed one.

usage: in_jupyter.py NOTEBOOK EXPECTED OUTPUT

NOTEBOOK is run by nbclient in the installed kernel "gopherwood" and written to OUTPUT. Its
outputs must be those of EXPECTED, which `gopherwood run` made; message ids and times do not
count, because they differ between any two runs.
"""
import pathlib
import sys

import nbclient
import nbformat


def outputs(cell):
    """A cell's outputs without what differs between any two runs: ids, and in how many pieces a
    text that takes its time arrives, which front ends join."""
    kept = []
    for output in cell.get("outputs", []):
        output = dict(output)
        output.pop("transient", None)
        before = kept[-1] if kept else {}
        if output["output_type"] == "stream" and output["name"] == before.get("name"):
            before["text"] += output["text"]
            continue
        kept.append(output)
    return kept


def shorten(value):
    text = repr(value)
    return text if len(text) <= 600 else text[:600] + f"… ({len(text)} characters)"


def main(notebook, expected, output):
    nb = nbformat.read(notebook, as_version=4)
    want = nbformat.read(expected, as_version=4)
    folder = str(pathlib.Path(notebook).resolve().parent)
    client = nbclient.NotebookClient(nb, kernel_name="gopherwood", timeout=300, resources={"metadata": {"path": folder}})
    client.execute()
    nbformat.write(nb, output)
    passed = failed = 0
    for number, (got, wanted) in enumerate(zip(nb.cells, want.cells, strict=True), start=1):
        if got.cell_type != "code":
            continue
        if outputs(got) == outputs(wanted) and got.execution_count == wanted.execution_count:
            passed += 1
            continue
        failed += 1
        print(f"cell {number} differs:\n  Jupyter:        {shorten(outputs(got))}\n  gopherwood run: {shorten(outputs(wanted))}")
    print(f"{notebook} in Jupyter: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
