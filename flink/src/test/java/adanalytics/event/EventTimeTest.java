package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
  /** 0000-01-01 to 9999-12-31: the years that the format can represent. */
  @Property
  void agreesWithTheLibraryAndComesBack(
      @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long epochMillis) {
    String text = EventTime.format(epochMillis);

    assertThat(EventTime.parse(text)).isEqualTo(epochMillis);
    assertThat(Instant.parse(text).toEpochMilli()).isEqualTo(epochMillis);
  }

  /** Every date, and invalid dates before and after each month. */
  @Property
  void parsesTheDatesThatTheLibraryKnows(
      @ForAll @IntRange(max = 9999) int year,
      @ForAll @IntRange(max = 13) int month,
      @ForAll @IntRange(max = 32) int day,
      @ForAll @IntRange(max = 24) int hour,
      @ForAll @IntRange(max = 60) int minuteAndSecond) {
    String text =
        String.format(
            Locale.ROOT,
            "%04d-%02d-%02dT%02d:%02d:%02d.007Z",
            year,
            month,
            day,
            hour,
            minuteAndSecond,
            60 - minuteAndSecond);
    Object expected;
    try {
      expected =
          LocalDateTime.of(year, month, day, hour, minuteAndSecond, 60 - minuteAndSecond)
                      .toEpochSecond(ZoneOffset.UTC)
                  * 1_000
              + 7;
    } catch (DateTimeException e) {
      expected = e.getMessage();
    }

    assertThat(parsed(text)).as(text).isEqualTo(expected);
  }

  /** The days around the end of each February, which depend on leap years. */
  @Example
  void parsesTheEndOfEveryFebruary() {
    for (int year = 0; year <= 9999; year++) {
      for (String day : List.of("02-28", "02-29", "03-01")) {
        String text = String.format(Locale.ROOT, "%04d-%sT00:00:00.000Z", year, day);
        boolean exists = !day.equals("02-29") || Year.isLeap(year);
        Object found = parsed(text);

        if (exists) {
          assertThat(found).as(text).isEqualTo(Instant.parse(text).toEpochMilli());
        } else {
          assertThat(found).as(text).isInstanceOf(String.class);
        }
      }
    }
  }

  private static Object parsed(String text) {
    try {
      return EventTime.parse(text);
    } catch (DateTimeException e) {
      return e.getMessage();
    }
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
