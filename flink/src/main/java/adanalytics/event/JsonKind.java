package adanalytics.event;

import java.util.Locale;

/** The types of JSON values that JSON Schema distinguishes. */
enum JsonKind {
  /** The record does not have the field. */
  ABSENT,
  NULL,
  STRING,
  /** An integer up to {@link #MAX_EXACT}, which every JSON reader represents exactly. */
  INTEGER,
  /** Any other number. */
  NUMBER,
  BOOLEAN,
  OBJECT,
  ARRAY;

  /** The greatest whole number up to which every JSON reader is exact: 2^53 - 1. */
  static final long MAX_EXACT = 9_007_199_254_740_991L;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in JSON Schema. */
  String label() {
    return label;
  }

  static JsonKind ofNumber(double number) {
    boolean exact = number == Math.rint(number) && Math.abs(number) <= MAX_EXACT;
    return exact ? INTEGER : NUMBER;
  }

  boolean isNumeric() {
    return this == INTEGER || this == NUMBER;
  }
}
