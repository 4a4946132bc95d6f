package logs

import (
	"fmt"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// class is what a global of a pickle means to us.
type class uint8

const (
	classNone class = iota
	classDataFrame
	classBlockManager
	classBlock   // a function that makes a block of values and placement
	classPartial // functools.partial, around such a function
	classSlice   // start, stop, step
	classNDArrayBacked
	classDatetimeArray
	classTimedeltaArray
	classCategorical
	classStringArray
	classMaskedArray
	classCategoricalType
	classZonedType
	classOtherType // a column type that says nothing more than its array does
	classNewIndex
	classIndex
	classRangeIndex
	classDatetimeIndex
	classCategoricalIndex
	classTimestamp
	classTimedelta
	classNaT
	classNA
	classOffset // frequency of an index: not needed
	classNumpyType
	classNumpyArray // numpy.ndarray itself, an argument
	classReconstruct
	classFromBuffer
	classScalar
	classUTC
	classZone
	classGetattr
	classFixedZone
	classDuration
	classDatetime
	classDate
	classDecimal
	classUUID
	classOrderedDict
	classEncode
	classBytes
)

// global is a name that a pickle refers to. It is only compared, never called.
type global struct {
	name  string // module and name
	class class
}

// globals is the whole list of names that a pickle may use. They are the ones that pandas 1.0
// to 2.3 write for a DataFrame, and those of values that its cells may hold.
var globals = map[string]class{
	"pandas.core.frame.DataFrame":                      classDataFrame,
	"pandas.core.internals.managers.BlockManager":      classBlockManager,
	"pandas.core.internals.BlockManager":               classBlockManager,
	"pandas._libs.internals._unpickle_block":           classBlock,
	"pandas.core.internals.blocks.new_block":           classBlock,
	"functools.partial":                                classPartial,
	"builtins.slice":                                   classSlice,
	"pandas._libs.arrays.__pyx_unpickle_NDArrayBacked": classNDArrayBacked,
	"pandas.core.arrays.datetimes.DatetimeArray":       classDatetimeArray,
	"pandas.core.arrays.timedeltas.TimedeltaArray":     classTimedeltaArray,
	"pandas.core.arrays.categorical.Categorical":       classCategorical,
	"pandas.core.arrays.string_.StringArray":           classStringArray,
	"pandas.core.arrays.numpy_.PandasArray":            classStringArray,
	"pandas.core.arrays.integer.IntegerArray":          classMaskedArray,
	"pandas.core.arrays.floating.FloatingArray":        classMaskedArray,
	"pandas.core.arrays.boolean.BooleanArray":          classMaskedArray,
	"pandas.core.dtypes.dtypes.CategoricalDtype":       classCategoricalType,
	"pandas.core.dtypes.dtypes.DatetimeTZDtype":        classZonedType,
	"pandas.core.arrays.string_.StringDtype":           classOtherType,
	"pandas.core.arrays.boolean.BooleanDtype":          classOtherType,
	"pandas.core.arrays.integer.Int8Dtype":             classOtherType,
	"pandas.core.arrays.integer.Int16Dtype":            classOtherType,
	"pandas.core.arrays.integer.Int32Dtype":            classOtherType,
	"pandas.core.arrays.integer.Int64Dtype":            classOtherType,
	"pandas.core.arrays.integer.UInt8Dtype":            classOtherType,
	"pandas.core.arrays.integer.UInt16Dtype":           classOtherType,
	"pandas.core.arrays.integer.UInt32Dtype":           classOtherType,
	"pandas.core.arrays.integer.UInt64Dtype":           classOtherType,
	"pandas.core.arrays.floating.Float32Dtype":         classOtherType,
	"pandas.core.arrays.floating.Float64Dtype":         classOtherType,
	"pandas.core.indexes.base._new_Index":              classNewIndex,
	"pandas.core.indexes.datetimes._new_DatetimeIndex": classNewIndex,
	"pandas.core.indexes.base.Index":                   classIndex,
	"pandas.core.indexes.numeric.Int64Index":           classIndex,
	"pandas.core.indexes.numeric.UInt64Index":          classIndex,
	"pandas.core.indexes.numeric.Float64Index":         classIndex,
	"pandas.core.indexes.range.RangeIndex":             classRangeIndex,
	"pandas.core.indexes.datetimes.DatetimeIndex":      classDatetimeIndex,
	"pandas.core.indexes.timedeltas.TimedeltaIndex":    classIndex,
	"pandas.core.indexes.category.CategoricalIndex":    classCategoricalIndex,

	"pandas._libs.tslibs.timestamps._unpickle_timestamp": classTimestamp,
	"pandas._libs.tslibs.timestamps.Timestamp":           classTimestamp,
	"pandas._libs.tslibs.timedeltas._timedelta_unpickle": classTimedelta,
	"pandas._libs.tslibs.nattype._nat_unpickle":          classNaT,
	"pandas._libs.tslibs.nattype.__nat_unpickle":         classNaT,
	"pandas._libs.missing.NA":                            classNA,
	"pandas._libs.tslibs.offsets.Day":                    classOffset,
	"pandas._libs.tslibs.offsets.Hour":                   classOffset,
	"pandas._libs.tslibs.offsets.Minute":                 classOffset,
	"pandas._libs.tslibs.offsets.Second":                 classOffset,
	"pandas._libs.tslibs.offsets.Milli":                  classOffset,
	"pandas._libs.tslibs.offsets.Micro":                  classOffset,
	"pandas._libs.tslibs.offsets.Nano":                   classOffset,

	"numpy.dtype":                         classNumpyType,
	"numpy.ndarray":                       classNumpyArray,
	"numpy.core.multiarray._reconstruct":  classReconstruct,
	"numpy._core.multiarray._reconstruct": classReconstruct,
	"numpy.core.numeric._frombuffer":      classFromBuffer,
	"numpy._core.numeric._frombuffer":     classFromBuffer,
	"numpy.core.multiarray.scalar":        classScalar,
	"numpy._core.multiarray.scalar":       classScalar,

	"pytz._UTC":                   classUTC,
	"pytz._p":                     classZone,
	"zoneinfo.ZoneInfo":           classZone,
	"zoneinfo.ZoneInfo._unpickle": classZone,
	"builtins.getattr":            classGetattr, // zoneinfo.ZoneInfo._unpickle in protocols 2 and 3
	"dateutil.tz.tz.tzutc":        classUTC,
	"datetime.timezone":           classFixedZone,
	"datetime.timezone.utc":       classUTC,
	"datetime.timedelta":          classDuration,
	"datetime.datetime":           classDatetime,
	"datetime.date":               classDate,
	"decimal.Decimal":             classDecimal,
	"uuid.UUID":                   classUUID,
	"uuid.SafeUUID":               classOtherType,
	"collections.OrderedDict":     classOrderedDict,
	"_codecs.encode":              classEncode,
	"builtins.bytes":              classBytes,
	"builtins.bytearray":          classBytes,
}

// advice says what to do about pandas' types that are not read.
var advice = map[string]string{
	"MultiIndex":          "call df.reset_index() and save it again",
	"Series":              "save series.to_frame()",
	"PeriodArray":         "convert the column by .astype(str) and save it again",
	"PeriodIndex":         "convert the index by .astype(str) and save it again",
	"IntervalArray":       "convert the column by .astype(str) and save it again",
	"IntervalMixin":       "convert the column by .astype(str) and save it again",
	"IntervalIndex":       "convert the index by .astype(str) and save it again",
	"SparseArray":         "convert the column by .sparse.to_dense() and save it again",
	"ArrowStringArray":    "convert the column by .astype(object), or save the frame by to_parquet",
	"ArrowExtensionArray": "save the frame by to_parquet",
}

// lookUp finds a global on the list; any other is an error that names it.
func lookUp(module, name string) (*global, error) {
	full := strings.Replace(module, "__builtin__", "builtins", 1) + "." + name
	if c, ok := globals[full]; ok {
		return &global{full, c}, nil
	}
	name = strings.TrimPrefix(name, "__pyx_unpickle_")
	if todo, ok := advice[name]; ok && strings.HasPrefix(module, "pandas.") {
		return nil, fmt.Errorf("it holds a %s, which is not read: %s", name, todo)
	}
	return nil, fmt.Errorf("it names %s, which a pickled DataFrame does not need: nothing was run; "+
		"save the frame by to_parquet if you trust it", dataframe.Clip(full))
}
