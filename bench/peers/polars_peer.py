"""Polars' answers to "which event started this one"."""
import polars as pl

from log import CARRIED, HOST, IMAGE, PARENT_ID, PARENT_IMAGE, PID, TIME, Log, answer_by_id, answer_of_file, files

VERSION = "polars " + pl.__version__


def by_columns(log):
    """An as-of join by three integers."""
    children = log.select("id", "time", "host", pid="parent_id", image="parent_image").sort("time")
    starts = log.select("time", "host", "pid", "image", parent="id").sort("time")
    return children.join_asof(starts, on="time", by=["host", "pid", "image"], check_sortedness=False).select("id", "parent")


def packed(a, b):
    pack = lambda pid, image: (pl.col("host").cast(pl.Int64) * a + pl.col(pid)) * b + pl.col(image)
    return pack("parent_id", "parent_image").alias("key"), pack("pid", "image").alias("key")


def by_key(log, of_child, of_start):
    """An as-of join by one integer that packs the three."""
    children = log.select("id", "time", of_child).sort("time")
    starts = log.select("time", of_start, parent="id").sort("time")
    return children.join_asof(starts, on="time", by="key", check_sortedness=False).select("id", "parent")


def by_order(log, of_child, of_start):
    """Starts and children in one order, the latest start filled down."""
    children = log.select("id", "time", of_child, child=pl.lit(True))
    starts = log.select("id", "time", of_start, child=pl.lit(False))
    last = pl.when(~pl.col("child")).then(pl.struct("id", "key")).forward_fill()
    return (pl.concat([children, starts]).sort("key", "time", "child")
            .with_columns(last.struct.field("id").alias("parent"), last.struct.field("key").alias("of"))
            .filter("child").select("id", parent=pl.when(pl.col("of") == pl.col("key")).then("parent")))


def by_hash(log, of_child, of_start):
    """A plain join, then the latest of each event's candidates."""
    children = log.select("id", "time", of_child)
    starts = log.select(of_start, started="time", parent="id")
    found = (children.join(starts, on="key").filter(pl.col("started") <= pl.col("time"))
             .group_by("id").agg(pl.col("parent").get(pl.col("started").arg_max())))
    return log.select("id").join(found, on="id", how="left")


def memory(path, out):
    columns = Log(path)
    log, keys = pl.DataFrame(columns.columns()), packed(*columns.radixes())
    del columns

    def form(join, engine, *more):
        return lambda: join(log.lazy(), *more).collect(engine=engine)

    forms = {
        "as-of join by three integers": form(by_columns, "in-memory"),
        "as-of join by one packed integer": form(by_key, "in-memory", *keys),
        "as-of join by one packed integer, streaming": form(by_key, "streaming", *keys),
        "sort and fill": form(by_order, "in-memory", *keys),
        "sort and fill, streaming": form(by_order, "streaming", *keys),
        "hash join, then the latest of each": form(by_hash, "in-memory", *keys),
        "hash join, then the latest of each, streaming": form(by_hash, "streaming", *keys),
    }
    return forms, lambda got, to: answer_by_id(to, path, got["id"].to_numpy(), got["parent"].fill_null(-1).to_numpy())


def of_file(path, coded):
    """The file's columns and those that are joined: host and images in lower case, as texts or as numbers of categories."""
    number = (lambda e: e.cast(pl.Categorical()).to_physical()) if coded else (lambda e: e)
    return pl.scan_parquet(path).select(CARRIED).with_columns(
        host=number(pl.col(HOST)), image=number(pl.col(IMAGE).str.to_lowercase()), parent_image=number(pl.col(PARENT_IMAGE).str.to_lowercase()))


LEFT, RIGHT = ["host", PARENT_ID, "parent_image"], ["host", "pid", "image"]


def file_as_of(path, coded):
    log = of_file(path, coded)
    starts = log.select("host", TIME, "image", pid=PID, parent_time=TIME).sort(TIME)
    return log.sort(TIME).join_asof(starts, on=TIME, by_left=LEFT, by_right=RIGHT, check_sortedness=False).select(*CARRIED, "parent_time")


def file_by_hash(path, coded):
    log = of_file(path, coded).with_row_index("row")
    starts = log.select("host", "image", pid=PID, parent_time=TIME)
    latest = (log.select("row", TIME, *LEFT).join(starts, left_on=LEFT, right_on=RIGHT).filter(pl.col("parent_time") <= pl.col(TIME))
              .group_by("row").agg(pl.col("parent_time").max()))
    return log.join(latest, on="row", how="left").select(*CARRIED, "parent_time")


def parquet(path, out):
    def form(join, coded, engine):
        return lambda: join(files(path), coded).sink_parquet(out, compression="zstd", engine=engine)

    forms = {}
    for name, join in {"as-of join": file_as_of, "hash join, then the latest of each": file_by_hash}.items():
        for of, coded in {"texts": False, "categories": True}.items():
            for how, engine in {"": "in-memory", ", streaming": "streaming"}.items():
                forms[f"{name}, on {of}{how}"] = form(join, coded, engine)
    return forms, lambda _, to: answer_of_file(to, out)
