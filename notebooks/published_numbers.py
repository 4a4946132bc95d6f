"""Check that a notebook executed on the original tutorial's logs printed the published numbers.

usage: published_numbers.py EXECUTED
"""
import sys

import nbformat

PUBLISHED = {
    "Windows summary": "{'Processes': 1010, 'RootProcesses': 10, 'LeafProcesses': 815, 'BranchProcesses': 185, 'IsolatedProcesses': 0, 'LargestTreeDepth': 7}",
    "Linux counts": "original: 1000 inferred_parents 29 combined 1029",
    "Linux tree": "64",
    "rarity summary": "{'Processes': 22992, 'RootProcesses': 31, 'LeafProcesses': 15587, 'BranchProcesses': 7374, 'IsolatedProcesses': 0, 'LargestTreeDepth': 839}",
}


def lines(nb):
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            yield from output.get("text", "").splitlines()
            yield from output.get("data", {}).get("text/plain", "").splitlines()


def main(executed):
    shown = [line.strip() for line in lines(nbformat.read(executed, as_version=4))]
    missing = [what for what, number in PUBLISHED.items() if number not in shown]
    for what in missing:
        print(f"{what}: {PUBLISHED[what]} is not in {executed}")
    print(f"published numbers: {len(PUBLISHED) - len(missing)} passed, {len(missing)} failed")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
