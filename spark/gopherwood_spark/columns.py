"""How a log's columns travel through Spark without losing a digit.

Spark's times have microseconds, Windows' have tenths of one, and two processes that started within
a microsecond would become equal, which changes trees. So whatever Parquet stores as a number passes
through Spark as that number and gets its Arrow type back on the way to the gopherwood command.
"""

import pyarrow as pa
from pyspark.sql import types as spark

from .errors import InputError

_AS_THEY_ARE = {
    pa.bool_(): spark.BooleanType(),
    pa.int8(): spark.IntegerType(),
    pa.int16(): spark.IntegerType(),
    pa.int32(): spark.IntegerType(),
    pa.int64(): spark.LongType(),
    pa.uint8(): spark.IntegerType(),
    pa.uint16(): spark.IntegerType(),
    pa.uint32(): spark.LongType(),
    pa.uint64(): spark.LongType(),
    pa.float32(): spark.FloatType(),
    pa.float64(): spark.DoubleType(),
    pa.string(): spark.StringType(),
    pa.binary(): spark.BinaryType(),
    pa.date32(): spark.IntegerType(),
}


def plain(kind):
    """An Arrow type without what only saves space: dictionaries, large offsets, views."""
    if pa.types.is_dictionary(kind):
        return plain(kind.value_type)
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind):
        return pa.binary()
    return kind


def spark_type(name, kind, physical):
    """The type by which Spark reads a column; physical is Parquet's, None for a folder's key."""
    if pa.types.is_timestamp(kind):
        return spark.TimestampType() if physical == "INT96" else spark.LongType()
    if pa.types.is_decimal128(kind):
        return spark.DecimalType(kind.precision, kind.scale)
    if kind not in _AS_THEY_ARE:
        raise InputError(f"the column {name!r} holds {kind}, which this job cannot carry: leave it out of --columns or convert it")
    return _AS_THEY_ARE[kind]


def restored(values, kind):
    """An array as Spark hands it out, in the Arrow type that the log has."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if pa.types.is_uint64(kind) and pa.types.is_int64(values.type):
        return values.view(kind)
    return values.cast(kind)
