package adanalytics.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.api.Test;

class FormatTimeTest {
  private final FormatTime function = new FormatTime();

  @Test
  void formatsAMoment() {
    assertThat(function.eval(TimestampData.fromEpochMillis(1_795_428_000_007L)))
        .isEqualTo(StringData.fromString("2026-11-23T10:00:00.007Z"));
    assertThat(function.eval(TimestampData.fromEpochMillis(-1)))
        .isEqualTo(StringData.fromString("1969-12-31T23:59:59.999Z"));
  }

  @Test
  void isNullForNull() {
    assertThat(function.eval(null)).isNull();
  }
}
