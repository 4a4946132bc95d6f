"""Run the examples of a page on a log: its sql in DuckDB and its python as it stands, in a folder with the
log's tree in tree.parquet. An example that fails, or finds nothing, ends the run.

usage: examples.py PAGE.md LOG.parquet      (gopherwood must be on the PATH)
"""
import os
import re
import subprocess
import sys
import tempfile

import duckdb


def blocks(page):
    """The page's code blocks: language and text."""
    with open(page, encoding="utf-8") as f:
        return re.findall(r"^```(\w+)\n(.*?)^```$", f.read(), re.MULTILINE | re.DOTALL)


def main(page, log):
    examples, log, ran = blocks(page), os.path.abspath(log), 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        subprocess.run(["gopherwood", "build", log, "-o", "tree.parquet", "--memory", "1GB", "--quiet"], check=True)
        for language, text in examples:
            if language == "sql":
                found = duckdb.sql(text)
                print(found)
                if not len(found):
                    sys.exit(f"this finds nothing:\n{text}")
            elif language == "python":
                exec(compile(text, page, "exec"), {})
            else:
                continue
            ran += 1
    if not ran:
        sys.exit(f"{page} has no example")
    print(f"{ran} examples of {page} ran")


if __name__ == "__main__":
    main(*sys.argv[1:])
