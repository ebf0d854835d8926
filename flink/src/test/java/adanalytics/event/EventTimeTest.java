package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
  /** 0000-01-01 to 9999-12-31: the years that the form can say. */
  @Property
  void agreesWithTheLibraryAndComesBack(
      @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long epochMillis) {
    String text = EventTime.format(epochMillis);

    assertThat(EventTime.parse(text)).isEqualTo(epochMillis);
    assertThat(Instant.parse(text).toEpochMilli()).isEqualTo(epochMillis);
  }

  @ParameterizedTest
  @ValueSource(longs = {-62_167_219_200_001L, 253_402_300_800_000L, Long.MIN_VALUE, Long.MAX_VALUE})
  void refusesYearsThatTheFormCannotSay(long epochMillis) {
    assertThatThrownBy(() -> EventTime.format(epochMillis)).isInstanceOf(DateTimeException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-23",
        "2026-11-23T10:00:00Z",
        "2026-11-23T10:00:00.00Z",
        "2026-11-23T10:00:00.0000Z",
        "2026-11-23T10:00:00.000z",
        "2026-11-23 10:00:00.000Z",
        "2026-11-23T10:00:00,000Z",
        "2026-11-23T10:00:00.000+00:00",
        "2026-1x-23T10:00:00.000Z",
        "2026-02-30T10:00:00.000Z",
        "2025-02-29T10:00:00.000Z",
        "2026-00-01T10:00:00.000Z",
        "2026-13-01T10:00:00.000Z",
        "2026-11-23T24:00:00.000Z",
        "2026-11-23T10:60:00.000Z",
        "2026-11-23T10:00:60.000Z",
        "٢٠٢٦-11-23T10:00:00.000Z"
      })
  void refusesOtherFormsAndDatesThatDoNotExist(String text) {
    assertThatThrownBy(() -> EventTime.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
