"""Time msticpy's build_process_tree on a pickled log: print processes and median seconds.

usage: msticpy_build.py LOG.pkl RUNS
"""
import statistics
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import pandas as pd
from msticpy.transform.proc_tree_builder import build_process_tree

log = pd.read_pickle(sys.argv[1])
seconds = []
for _ in range(int(sys.argv[2])):
    begun = time.perf_counter()
    tree = build_process_tree(log)
    seconds.append(time.perf_counter() - begun)
print(len(tree), statistics.median(seconds))
