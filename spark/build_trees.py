"""Builds the process trees of a log on a Spark cluster: spark-submit build_trees.py INPUT… -o FOLDER."""

import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from pyspark.sql import SparkSession

from gopherwood_spark.errors import InputError, reported
from gopherwood_spark.job import Options, build


def arguments():
    parser = argparse.ArgumentParser(description="Process trees of Parquet logs, whole hosts to a partition.")
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="Parquet files and folders of them, where all machines see them")
    parser.add_argument("-o", "--output", required=True, metavar="FOLDER", help="a new folder, where all machines see it")
    parser.add_argument("--worker", metavar="PATH", help="the gopherwood command; it is sent to every machine (default: ../bin/gopherwood)")
    parser.add_argument("--installed-worker", metavar="PATH", help="the same, where every machine has it under this path")
    parser.add_argument("--schema", default="", metavar="NAME|FILE.json", help="default: inferred from the columns")
    parser.add_argument("--columns", default="", metavar="COL,…", help="further columns of the log to carry into the output")
    parser.add_argument("--partitions", type=int, default=0, metavar="N", help="ranges of hosts (default: one for 500,000 rows)")
    return parser.parse_args()


def options(given):
    here = os.path.dirname(os.path.abspath(__file__))
    return Options(
        worker=given.installed_worker or os.path.abspath(given.worker or os.path.join(here, "../bin/gopherwood")),
        send=given.installed_worker is None,
        schema=os.path.abspath(given.schema) if given.schema.endswith(".json") else given.schema,
        columns=[c for c in given.columns.split(",") if c],
        partitions=given.partitions,
    )


def main():
    given = arguments()
    session = SparkSession.builder.appName("gopherwood process trees").getOrCreate()
    try:
        print(build(session, given.inputs, given.output, options(given)))
    except InputError as error:
        sys.exit(f"error: {error}")
    except Exception as error:
        words = reported(error)
        if words is None:
            raise
        sys.exit(f"error: {words}")
    finally:
        session.stop()


if __name__ == "__main__":
    main()
