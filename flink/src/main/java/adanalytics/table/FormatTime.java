package adanalytics.table;

import adanalytics.event.EventTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * The contract's form of a time, for SQL: {@code 2026-11-23T10:00:00.000Z}. {@code DATE_FORMAT} is
 * slower, and counts years before the year 1 by their era.
 */
@FunctionHint(
    input = @DataTypeHint(value = "TIMESTAMP(3)", bridgedTo = TimestampData.class),
    output = @DataTypeHint(value = "STRING", bridgedTo = StringData.class))
@FunctionHint(
    input = @DataTypeHint(value = "TIMESTAMP_LTZ(3)", bridgedTo = TimestampData.class),
    output = @DataTypeHint(value = "STRING", bridgedTo = StringData.class))
public final class FormatTime extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  /**
   * @param time a moment; a TIMESTAMP without time zone is one in UTC
   * @return its text; null for null
   */
  public StringData eval(TimestampData time) {
    return time == null ? null : StringData.fromBytes(EventTime.ascii(time.getMillisecond()));
  }
}
