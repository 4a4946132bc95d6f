"""Makes pickled DataFrames, and beside each a JSON file with what pandas says is in it.

    python make_pickles.py pickles              the small set that the tests read
    python make_pickles.py FOLDER --random 500  as many random frames, for a longer run:
                                                go test -run TestPickleMade -pickles FOLDER

The answer of a column has its name, the kind that we give it, and its values as text: integers
in decimal, numbers as repr, times in nanoseconds since 1970 UTC, null as null.
"""
import argparse
import datetime
import decimal
import json
import pathlib
import pickle
import random
import sys
import uuid

import numpy as np
import pandas as pd

UTC = datetime.timezone.utc
VERSION = "".join(pd.__version__.split(".")[:2])


def null(v):
    return v is None or v is pd.NaT or v is pd.NA or (isinstance(v, (float, np.floating)) and v != v)


def nanos(v):
    v = pd.Timestamp(v)
    return str(v.value if v.unit == "ns" else v.as_unit("ns").value) if hasattr(v, "unit") else str(v.value)


def kind_of(v):
    if isinstance(v, (bool, np.bool_)):
        return "bool"
    if isinstance(v, (int, np.integer)):
        return "int" if -(2**63) <= v < 2**63 else "string"
    if isinstance(v, (float, np.floating)):
        return "float"
    if isinstance(v, (pd.Timestamp, datetime.date, np.datetime64)):
        return "time"
    return "string"


def text_of(v, kind):
    if null(v):
        return None
    if kind == "time":
        return nanos(v)
    if kind == "bool":
        return "true" if v else "false"
    if kind == "int":
        return str(int(v))
    if kind == "float":
        return repr(float(v))
    return str(v)


def answer(name, values, dtype):
    values = list(values)
    kinds = {kind_of(v) for v in values if not null(v)}
    if isinstance(dtype, pd.CategoricalDtype):
        dtype = dtype.categories.dtype
    if str(dtype).startswith("datetime"):
        kind = "time"
    elif str(dtype) == "bool" or str(dtype) == "boolean":
        kind = "bool"
    elif str(dtype).lower().startswith(("int", "uint")):
        kind = "int" if kinds <= {"int"} else "string"
    elif str(dtype).lower().startswith("float"):
        kind = "float"
    elif not kinds:
        kind = "string"
    elif len(kinds) == 1:
        kind = kinds.pop()
    elif kinds == {"int", "float"}:
        kind = "float"
    else:
        kind = "string"
    zoned = kind == "time" and any(getattr(v, "tzinfo", None) is not None for v in values if not null(v))
    if str(dtype).startswith("datetime64[ns,"):
        zoned = True
    return {"name": str(name), "kind": kind, "zoned": zoned, "values": [text_of(v, kind) for v in values]}


def write(folder, name, df, protocol):
    path = pathlib.Path(folder) / f"{name}.pd{VERSION}.p{protocol}.pkl"
    path.write_bytes(pickle.dumps(df, protocol=protocol))
    out = {
        "index": answer("" if df.index.name is None else df.index.name, df.index, df.index.dtype),
        "columns": [answer(c, df.iloc[:, i], df.dtypes.iloc[i]) for i, c in enumerate(df.columns)],
    }
    path.with_suffix(".json").write_text(json.dumps(out, ensure_ascii=False) + "\n", encoding="utf-8")


def small_set():
    n = 5
    t = pd.Series([pd.Timestamp(s) for s in ("2019-02-10T15:21:06.89", None, "2262-04-11T23:47:16.854775807", "1677-09-21T00:12:44", "1970-01-01")])
    yield "ints", pd.DataFrame({f"{s}{w}": np.array([0, 1, 2, 126, 127], dtype=f"{s}{w}") for s in ("int", "uint") for w in (8, 16, 32, 64)})
    yield "bigints", pd.DataFrame({"min": [-(2**63), 2**63 - 1], "unsigned": np.array([2**63 - 1, 0], dtype="uint64"), "huge": [2**70, 1]})
    yield "floats", pd.DataFrame({f"f{w}": np.array([0.5, np.nan, -np.inf, np.inf, 1e4], dtype=f"float{w}") for w in (16, 32, 64)})
    yield "bools", pd.DataFrame({"b": [True, False, True], "o": pd.Series([True, None, False], dtype=object), "m": pd.array([True, None, False], dtype="boolean")})
    yield "times", pd.DataFrame({"naive": t, "utc": t.dt.tz_localize("UTC"), "object": pd.Series([pd.Timestamp("2020-01-01", tz="UTC"), None, pd.NaT], dtype=object).reindex(range(n))})
    zoned = pd.Series([pd.Timestamp(s) for s in ("2020-01-01", "2020-07-01T12:34:56.123456789", None)]).dt.tz_localize("UTC")
    yield "zones", pd.DataFrame({"pytz": zoned.dt.tz_convert("America/New_York"), "fixed": zoned.dt.tz_convert(datetime.timezone(datetime.timedelta(hours=-3)))})
    yield "texts", pd.DataFrame({"o": ["x", None, np.nan, "", "NaN"], "s": pd.array(["é\u0000\n", None, "\U0001f600", "a" * 300, ""], dtype="string")})
    yield "masked", pd.DataFrame({"i": pd.array([1, None, -3], dtype="Int64"), "u": pd.array([1, None, 3], dtype="UInt8"), "f": pd.array([1.5, None, 3], dtype="Float64")})
    yield "categories", pd.DataFrame({"c": pd.Categorical(["b", None, "a", "b"]), "i": pd.Categorical([3, 1, 3, None]), "t": pd.Categorical(pd.to_datetime(["2020-01-01", "2021-01-01", None, "2020-01-01"]))})
    yield "objects", pd.DataFrame({
        "ints": pd.Series([1, None, -5], dtype=object), "mixed": pd.Series([1, "x", None], dtype=object),
        "numpy": pd.Series([np.int64(7), np.int32(8), None], dtype=object), "widened": pd.Series([1, 2.5, None], dtype=object),
        "datetimes": pd.Series([datetime.datetime(2020, 1, 2, 3, 4, 5, 6), None, datetime.datetime(2021, 1, 1)], dtype=object),
        "aware": pd.Series([datetime.datetime(2020, 1, 2, 3, 4, 5, 6, tzinfo=UTC), None, datetime.datetime(2021, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))], dtype=object),
        "decimal": pd.Series([decimal.Decimal("1.10"), None, decimal.Decimal("2")], dtype=object),
        "uuid": pd.Series([uuid.UUID(int=5), None, uuid.UUID("12345678-1234-5678-1234-567812345678")], dtype=object),
    })
    x = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"]})
    yield "index_text", x.set_index(pd.Index(["k1", "k2", "k3"], name="key"))
    yield "index_int", x.set_index(pd.Index([7, 5, 6]))
    yield "index_range", x.set_index(pd.RangeIndex(10, 4, -2))
    yield "index_time", x.set_index(pd.date_range("2020-01-01", periods=3, freq="h" if VERSION >= "22" else "H", tz="UTC"))
    yield "index_category", x.set_index(pd.CategoricalIndex(["p", "q", "p"]))
    yield "columns_int", pd.DataFrame(np.arange(6).reshape(2, 3))
    yield "columns_twice", pd.DataFrame([[1, "x", 2.5]], columns=["a", "a", "a.1"])
    yield "empty", pd.DataFrame({"a": pd.Series([], dtype="int64"), "b": pd.Series([], dtype=object)})
    yield "nothing", pd.DataFrame()
    y = x.copy()
    y["c"] = [1.0, np.nan, 3.0]
    y.insert(0, "d", True)
    yield "unconsolidated", y.drop(columns="a")
    yield "fortran", pd.DataFrame(np.asfortranarray(np.arange(12.0).reshape(4, 3)), columns=list("xyz")).iloc[::2]
    yield "bigendian", pd.DataFrame({"i": np.array([1, -2], dtype=">i4"), "f": np.array([1.5, 2], dtype=">f8")})


def refused_set():
    """Frames that are not read; the name is in the error."""
    x = pd.DataFrame({"a": [1, 2]})
    yield "MultiIndex", x.set_index(pd.MultiIndex.from_tuples([(1, "x"), (2, "y")]))
    yield "PeriodArray", pd.DataFrame({"a": pd.period_range("2020-01", periods=2, freq="M")})
    yield "IntervalArray", pd.DataFrame({"a": pd.interval_range(0, 2)})
    yield "SparseArray", pd.DataFrame({"a": pd.arrays.SparseArray([0, 1])})
    yield "Series", x["a"]
    laughs = ["ha"]
    for _ in range(40):
        laughs = [laughs, laughs]
    yield "laughs", pd.DataFrame({"a": pd.Series([laughs], dtype=object)})
    yield "complex", pd.DataFrame({"a": [1j]})


def random_column(r, n):
    def maybe(make):
        return [None if r.random() < nulls else make() for _ in range(n)]
    nulls = r.choice([0, 0.2, 1.0])
    words = ["".join(chr(r.choice([r.randrange(32, 127), r.randrange(160, 0x2000), 0, 10])) for _ in range(r.randrange(6))) for _ in range(5)]
    stamp = lambda: pd.Timestamp(r.randrange(-2**62, 2**62))
    kind = r.randrange(14)
    if kind == 0:
        return maybe(lambda: r.choice(words))
    if kind == 1:
        return np.array([r.randrange(-128, 128) for _ in range(n)], dtype=r.choice(["int8", "int16", "int32", "int64"]))
    if kind == 2:
        return np.array([r.randrange(256) for _ in range(n)], dtype=r.choice(["uint8", "uint16", "uint32", "uint64"]))
    if kind == 3:
        return np.array([r.choice([np.nan, r.gauss(0, 1e9), np.inf]) for _ in range(n)], dtype=r.choice(["float32", "float64"]))
    if kind == 4:
        return np.array([r.random() < 0.5 for _ in range(n)])
    if kind == 5:
        return pd.Series(pd.to_datetime(maybe(stamp)), dtype="datetime64[ns]").values
    if kind == 6:
        zone = r.choice(["UTC", "Europe/Berlin", "Asia/Kolkata"])
        return pd.Series(maybe(stamp), dtype="datetime64[ns]").dt.tz_localize("UTC").dt.tz_convert(zone).array
    if kind == 7:
        return pd.Categorical(maybe(lambda: r.choice(words)))
    if kind == 8:
        return pd.array(maybe(lambda: r.randrange(-100, 100)), dtype=r.choice(["Int8", "Int64"]))
    if kind == 9:
        return pd.array(maybe(lambda: r.choice(words)), dtype="string")
    if kind == 10:
        return pd.array(maybe(lambda: r.random() < 0.5), dtype="boolean")
    if kind == 11:
        return pd.Series(maybe(stamp), dtype=object).values
    if kind == 12:
        return pd.Series(maybe(lambda: r.choice([r.randrange(-2**63, 2**63), 0, 255, 65536])), dtype=object).values
    return pd.array(maybe(lambda: r.gauss(0, 1)), dtype="Float64")


def random_frame(r):
    n = r.choice([0, 1, 2, 7, 40])
    df = pd.DataFrame(index=pd.RangeIndex(n))
    for i in range(r.randrange(1, 12)):
        df[f"c{i}"] = random_column(r, n)
    index = r.randrange(5)
    if index == 1:
        df.index = pd.Index([f"k{i}" for i in range(n)], dtype=object, name="key")
    elif index == 2:
        df.index = pd.Index([i * 3 + 5 for i in range(n)], dtype="int64")
    elif index == 3:
        df.index = pd.date_range("2020-01-01", periods=n, freq="D")
    elif index == 4:
        df = df.iloc[::-1]
    if r.random() < 0.3:
        df = df[sorted(df.columns, reverse=True)]
    if r.random() < 0.2:
        df = df.copy()
    return df


def main():
    p = argparse.ArgumentParser()
    p.add_argument("folder")
    p.add_argument("--random", type=int, default=0)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    pathlib.Path(a.folder).mkdir(parents=True, exist_ok=True)
    if a.random:
        r = random.Random(a.seed)
        for i in range(a.random):
            write(a.folder, f"random{i}", random_frame(r), r.randrange(2, 6))
        return
    for name, df in refused_set():
        (pathlib.Path(a.folder) / "refused").mkdir(exist_ok=True)
        (pathlib.Path(a.folder) / "refused" / f"{name}.pkl").write_bytes(pickle.dumps(df, protocol=4))
    for i, (name, df) in enumerate(small_set()):
        write(a.folder, name, df, 2 + i % 4)
        if VERSION.startswith("2"):
            write(a.folder, name, df, 5 - i % 4)


if __name__ == "__main__":
    sys.exit(main())
