"""Read exported GraphML with networkx and compare nodes, links and texts with the tree's.

usage: graphml.py FOLDER, with what `go test -run TestExports` writes there
"""
import json
import pathlib
import sys

import networkx


def check(path, want):
    """Compare one graph; an assertion says what differs."""
    graph = networkx.read_graphml(path)
    assert graph.is_directed() and networkx.is_branching(graph), f"{path}: not a forest"
    nodes = [f"n{i}" for i in range(len(want["labels"]))]
    assert list(graph.nodes) == nodes, f"{path}: nodes {list(graph.nodes)[:9]}"
    labels = [graph.nodes[n].get("label", "") for n in nodes]
    assert labels == want["labels"], f"{path}: labels {labels[:9]}"
    counts = [graph.nodes[n]["processes"] for n in nodes]
    assert counts == want["processes"], f"{path}: counts {counts[:9]}"
    assert all(isinstance(graph.nodes[n]["inferred"], bool) for n in nodes), f"{path}: inferred is no truth value"
    links = sorted([int(a[1:]), int(b[1:]), data["guess"]] for a, b, data in graph.edges(data=True))
    assert links == sorted(want["links"]), f"{path}: links {links[:9]}"
    print(f"networkx reads {path.stem}: {len(nodes)} nodes, {len(links)} links")


folder = pathlib.Path(sys.argv[1])
for name, want in json.loads((folder / "trees.json").read_text()).items():
    check(folder / f"{name}.graphml", want)
