package adanalytics.table;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * A column of a stream: its SQL name and type, and a function that returns its value in the
 * planner's internal representation.
 *
 * @param <T> the stream's class
 */
final class Column<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  final String name;
  final LogicalType type;
  final Value<T> value;

  private Column(String name, LogicalType type, Value<T> value) {
    this.name = name;
    this.type = type;
    this.value = value;
  }

  /** Reads a column from an element; null only if the column's type is nullable. */
  interface Value<T> extends Function<T, Object>, Serializable {}

  /** Reads a part of an element, which is then converted to its internal representation. */
  interface Field<T, V> extends Function<T, V>, Serializable {}

  static <T> Column<T> string(String name, Field<T, String> field) {
    return new Column<>(name, new VarCharType(false, VarCharType.MAX_LENGTH), stringOf(field));
  }

  static <T> Column<T> optionalString(String name, Field<T, String> field) {
    return new Column<>(name, new VarCharType(true, VarCharType.MAX_LENGTH), stringOf(field));
  }

  static <T> Column<T> bigint(String name, Field<T, Long> field) {
    return new Column<>(name, new BigIntType(false), field::apply);
  }

  static <T> Column<T> optionalBigint(String name, Field<T, Long> field) {
    return new Column<>(name, new BigIntType(true), field::apply);
  }

  static <T> Column<T> doubleNumber(String name, Field<T, Double> field) {
    return new Column<>(name, new DoubleType(false), field::apply);
  }

  static <T> Column<T> optionalDouble(String name, Field<T, Double> field) {
    return new Column<>(name, new DoubleType(true), field::apply);
  }

  /**
   * Milliseconds since the epoch, as TIMESTAMP(3) in UTC. The bounds of windows have this type in
   * SQL; the application sets the time zone of SQL to UTC.
   */
  static <T> Column<T> timestamp(String name, Field<T, Long> field) {
    return new Column<>(
        name,
        new TimestampType(false, 3),
        element -> TimestampData.fromEpochMillis(field.apply(element)));
  }

  /** Milliseconds since the epoch, as TIMESTAMP_LTZ(3). */
  static <T> Column<T> time(String name, Field<T, Long> field) {
    return new Column<>(
        name,
        new LocalZonedTimestampType(false, 3),
        element -> TimestampData.fromEpochMillis(field.apply(element)));
  }

  static <T> Column<T> strings(String name, Field<T, List<String>> field) {
    return new Column<>(
        name,
        new ArrayType(false, new VarCharType(true, VarCharType.MAX_LENGTH)),
        element ->
            new GenericArrayData(
                field.apply(element).stream().map(StringData::fromString).toArray()));
  }

  private static <T> Value<T> stringOf(Field<T, String> field) {
    return element -> StringData.fromString(field.apply(element));
  }
}
