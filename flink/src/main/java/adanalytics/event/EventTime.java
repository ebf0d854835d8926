package adanalytics.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The one form of time in the contract: {@code 2026-11-23T10:00:00.000Z}. */
public final class EventTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String SHAPE = "dddd-dd-ddTdd:dd:dd.dddZ";

  private EventTime() {}

  /**
   * Parses by position: this runs for every event, and a DateTimeFormatter costs more than the rest
   * of the parsing.
   *
   * @param text ISO-8601 UTC with exactly three decimals
   * @return milliseconds since the epoch
   * @throws DateTimeException when the text has another form or names no real date (30 February)
   */
  public static long parse(String text) {
    if (text.length() != SHAPE.length()) {
      throw new DateTimeException("'" + text + "' is not of the form 2026-11-23T10:00:00.000Z");
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      char expected = SHAPE.charAt(i);
      char found = text.charAt(i);
      if (expected == 'd' ? found < '0' || found > '9' : found != expected) {
        throw new DateTimeException("'" + text + "' is not of the form 2026-11-23T10:00:00.000Z");
      }
    }
    LocalDateTime time =
        LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19));
    return time.toEpochSecond(ZoneOffset.UTC) * 1000 + number(text, 20, 23);
  }

  /**
   * @param epochMillis milliseconds since the epoch
   * @return the contract's form of it
   */
  public static String format(long epochMillis) {
    return FORMAT.format(Instant.ofEpochMilli(epochMillis));
  }

  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return value;
  }
}
