"""DuckDB's answers to "which event started this one"."""
import duckdb
import pyarrow as pa

from log import CARRIED, HOST, IMAGE, PARENT_ID, PARENT_IMAGE, PID, TIME, Log, answer_by_id, answer_of_file, files

VERSION = "duckdb " + duckdb.__version__

SAME = "e.host = p.host AND e.parent_id = p.pid AND e.parent_image = p.image"

# Each joins the table log with itself; the result has a row for every event.
IN_MEMORY = {
    "as-of join on three integers": f"""
        SELECT e.id, p.id AS parent FROM log e ASOF LEFT JOIN log p ON {SAME} AND e.time >= p.time""",
    "as-of join on one packed integer": """
        SELECT e.id, p.id AS parent
        FROM (SELECT id, time, (host::BIGINT * {a} + parent_id) * {b} + parent_image AS key FROM log) e
        ASOF LEFT JOIN (SELECT id, time, (host::BIGINT * {a} + pid) * {b} + image AS key FROM log) p
        ON e.key = p.key AND e.time >= p.time""",
    "hash join, then the latest of each": f"""
        SELECT e.id, m.parent FROM log e LEFT JOIN (
            SELECT e.id, arg_max(p.id, p.time) AS parent FROM log e JOIN log p ON {SAME} AND p.time <= e.time GROUP BY e.id) m
        USING (id)""",
    "window over starts and children": """
        SELECT id, parent FROM (
            SELECT id, child, last_value(start IGNORE NULLS) OVER (PARTITION BY key ORDER BY time, child) AS parent FROM (
                SELECT id, time, true AS child, NULL AS start, (host::BIGINT * {a} + parent_id) * {b} + parent_image AS key FROM log
                UNION ALL
                SELECT id, time, false, id, (host::BIGINT * {a} + pid) * {b} + image FROM log))
        WHERE child""",
}


def connect():
    db = duckdb.connect()
    db.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false; SET TimeZone = 'UTC'")
    return db


def memory(path, out):
    db, log = connect(), Log(path)
    a, b = log.radixes()
    db.register("columns", pa.table(log.columns()))
    db.execute("CREATE TABLE log AS SELECT * FROM columns")
    db.unregister("columns")
    del log

    def form(query):
        return lambda: db.execute("CREATE OR REPLACE TEMP TABLE result AS " + query)

    def answer(_, to):
        got = db.execute("SELECT id, coalesce(parent, -1) AS parent FROM result").fetchnumpy()
        answer_by_id(to, path, got["id"], got["parent"])

    return {name: form(query.format(a=a, b=b)) for name, query in IN_MEMORY.items()}, answer


# From file to file: the log's columns and the time of the parent.
COLUMNS = ", ".join("e." + c for c in CARRIED)
ROW = "file_index AS file, file_row_number AS row"
CODED = f"""
    WITH coded AS MATERIALIZED (
        SELECT {{columns}}, h.code AS host, i.code AS image, q.code AS parent_image
        FROM read_parquet('{{{{log}}}}', file_row_number = true) l JOIN hosts h ON l.{HOST} = h.text
        JOIN images i ON l.{IMAGE} = i.text LEFT JOIN images q ON l.{PARENT_IMAGE} = q.text)"""
NARROW = CODED.format(columns=f"{ROW}, l.{TIME} AS time, l.{PID} AS pid, l.{PARENT_ID} AS parent_id")
FROM_FILE = {
    "as-of join on the file's columns": f"""
        SELECT {COLUMNS}, p.time AS parent_time FROM read_parquet('{{log}}') e ASOF LEFT JOIN (
            SELECT {HOST} AS host, {PID} AS pid, lower({IMAGE}) AS image, {TIME} AS time FROM read_parquet('{{log}}')) p
        ON e.{HOST} = p.host AND e.{PARENT_ID} = p.pid AND lower(e.{PARENT_IMAGE}) = p.image AND e.{TIME} >= p.time""",
    "as-of join on integers, the other columns carried": CODED.format(columns="l.*") + f"""
        SELECT {COLUMNS}, p.{TIME} AS parent_time FROM coded e ASOF LEFT JOIN (SELECT host, image, {PID}, {TIME} FROM coded) p
        ON e.host = p.host AND e.{PARENT_ID} = p.{PID} AND e.parent_image = p.image AND e.{TIME} >= p.{TIME}""",
    "as-of join on integers, then the other columns": NARROW + f"""
        SELECT {COLUMNS}, m.parent_time FROM read_parquet('{{log}}', file_row_number = true) e JOIN (
            SELECT e.row, e.file, p.time AS parent_time FROM coded e ASOF LEFT JOIN coded p ON {SAME} AND e.time >= p.time) m
        ON e.file_row_number = m.row AND e.file_index = m.file""",
    "hash join on integers, then the latest and the other columns": NARROW + f"""
        SELECT {COLUMNS}, m.parent_time FROM read_parquet('{{log}}', file_row_number = true) e LEFT JOIN (
            SELECT e.file, e.row, max(p.time) AS parent_time FROM coded e JOIN coded p ON {SAME} AND p.time <= e.time
            GROUP BY e.file, e.row) m
        ON e.file_row_number = m.row AND e.file_index = m.file""",
}

# The texts of a log are few: numbering them first makes the join one of integers.
NUMBERED = f"""
    CREATE OR REPLACE TEMP TABLE hosts AS SELECT text, row_number() OVER () AS code
        FROM (SELECT DISTINCT {HOST} AS text FROM read_parquet('{{log}}'));
    CREATE OR REPLACE TEMP TABLE images AS SELECT text, dense_rank() OVER (ORDER BY lower(text)) AS code FROM (
        SELECT DISTINCT {IMAGE} AS text FROM read_parquet('{{log}}') UNION SELECT DISTINCT {PARENT_IMAGE} FROM read_parquet('{{log}}'));
"""


def parquet(path, out):
    db, log = connect(), files(path).replace("'", "''")

    def form(query):
        sql = (NUMBERED if "hosts" in query else "") + f"COPY ({query}) TO '{out}' (FORMAT parquet, COMPRESSION zstd)"
        return lambda: db.execute(sql.format(log=log))

    return {name: form(query) for name, query in FROM_FILE.items()}, lambda _, to: answer_of_file(to, out)
