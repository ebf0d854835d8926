package adanalytics.event;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;

/** Parses and formats the only time format of the contract: {@code 2026-11-23T10:00:00.000Z}. */
public final class EventTime {
  private static final int MILLIS_OF_DAY = 86_400_000;

  /** 400 years, after which the calendar repeats. */
  private static final int DAYS_OF_ERA = 146_097;

  /** From 0000-03-01 to 1970-01-01. */
  private static final int DAYS_TO_EPOCH = 719_468;

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
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    boolean exists =
        month >= 1
            && month <= 12
            && day >= 1
            && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth())
            && hour < 24
            && minute < 60
            && second < 60;
    if (!exists) {
      // Throws an exception that describes the problem.
      LocalDateTime.of(year, month, day, hour, minute, second);
    }
    long seconds = (epochDay(year, month, day) * 24 + hour) * 3_600 + minute * 60 + second;
    return seconds * 1_000 + number(text, 20, 23);
  }

  /**
   * @param epochMillis milliseconds since the epoch, in the years 0 to 9999
   * @return the time in the format of the contract
   * @throws DateTimeException when the form cannot say the year
   */
  public static String format(long epochMillis) {
    return new String(ascii(epochMillis), StandardCharsets.ISO_8859_1);
  }

  /**
   * Formats digit by digit: a result has four times, and a DateTimeFormatter costs more than the
   * rest of writing it.
   *
   * @param epochMillis as of {@link #format}
   * @return the same, one byte for each character
   * @throws DateTimeException when the form cannot say the year
   */
  public static byte[] ascii(long epochMillis) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(epochMillis, MILLIS_OF_DAY));
    int year = date.getYear();
    if (year < 0 || year > 9999) {
      throw new DateTimeException("The year " + year + " does not fit the form " + SHAPE);
    }
    int ofDay = Math.floorMod(epochMillis, MILLIS_OF_DAY);
    byte[] text = new byte[SHAPE.length()];
    put(year / 100, 0, text);
    put(year % 100, 2, text);
    text[4] = '-';
    put(date.getMonthValue(), 5, text);
    text[7] = '-';
    put(date.getDayOfMonth(), 8, text);
    text[10] = 'T';
    put(ofDay / 3_600_000, 11, text);
    text[13] = ':';
    put(ofDay / 60_000 % 60, 14, text);
    text[16] = ':';
    put(ofDay / 1_000 % 60, 17, text);
    text[19] = '.';
    put(ofDay / 10 % 100, 20, text);
    text[22] = (byte) ('0' + ofDay % 10);
    text[23] = 'Z';
    return text;
  }

  /**
   * Days since the epoch of a date that exists, in a year from 0. The year is taken to begin in
   * March, so that a leap day is its last ({@code days_from_civil} of Howard Hinnant's <a
   * href="https://howardhinnant.github.io/date_algorithms.html">date algorithms</a>).
   */
  private static long epochDay(int year, int month, int day) {
    int fromMarch = month > 2 ? year : year - 1;
    int era = Math.floorDiv(fromMarch, 400);
    int yearOfEra = fromMarch - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return (long) era * DAYS_OF_ERA + dayOfEra - DAYS_TO_EPOCH;
  }

  private static void put(int twoDigits, int at, byte[] text) {
    text[at] = (byte) ('0' + twoDigits / 10);
    text[at + 1] = (byte) ('0' + twoDigits % 10);
  }

  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return value;
  }
}
